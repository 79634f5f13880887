"""Bodies that take notes of what a vocabulary asks them for, and the tables of what it has to ask."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rootlint.model.value import Map, Value
from rootlint.source import Span

HERE = Span("", 0, 0)
DEPTHS = (0, 1, 9)


class Noting(Mapping[str, Value]):
    """A body that has everything down to a depth: what is asked for is noted, nested names behind a dot."""

    def __init__(self, asked: set[str], depth: int, within: str = "") -> None:
        self.asked, self.depth, self.within = asked, depth, within

    def __getitem__(self, name: str) -> Value:
        path = f"{self.within}.{name}".lstrip(".")
        self.asked.add(path)
        if not self.depth:
            raise KeyError(name)
        return Map(Noting(self.asked, self.depth - 1, path), HERE)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def asked(read: Callable[[Noting], object]) -> set[str]:
    """What is asked for by something that reads a body that has everything, and one that has little."""
    found: set[str] = set()
    for depth in DEPTHS:
        read(Noting(found, depth))
    return found


class Table(NamedTuple):
    """`wanted` are the names by kind, `left_out` the reasons by kind or by kind and name."""

    wanted: Mapping[str, frozenset[str]]
    left_out: Mapping[str, str]


def table(path: Path) -> Table:
    """A line is `kind name name.nested`, or `kind: reason` and `kind.name: reason` of what is left out."""
    wanted: dict[str, set[str]] = {}
    left_out: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, colon, reason = line.partition(": ")
        if colon:
            left_out[name] = reason
        elif line:
            kind, *names = line.split()
            wanted.setdefault(kind, set()).update(names)
    return Table({kind: frozenset(names) for kind, names in wanted.items()}, left_out)
