"""Which of many things a value may name, without comparing it with each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rootlint.model.index import Name, Place
from rootlint.model.read import text
from rootlint.model.same import text_of
from rootlint.model.value import Known, Value


class Named:
    """Things by their address and by their name. They are told by their numbers.

    INVARIANT: a thing that is left out for a value is not denoted by it, whatever is unknown.
    """

    def __init__(self, names: Iterable[Name], names_in: Callable[[str], Iterable[str]]) -> None:
        """`names_in` gives what a text names: itself, an ARN's end."""
        self._names_in = names_in
        self._by_place: dict[Place, list[int]] = {}
        self._by_text: dict[str, list[int]] = {}
        self._open: list[int] = []
        self._count = 0
        for number, name in enumerate(names):
            self._count += 1
            self._by_place.setdefault((name.unit, name.address), []).append(number)
            plain = text(name.name)
            if plain is not None:
                self._by_text.setdefault(plain, []).append(number)
            elif name.name is not None:
                self._open.append(number)

    def near(self, value: Value, refers: Place | None) -> Iterable[int]:
        """The things that a value may name, in their order; `refers` is the declared thing it refers to."""
        if isinstance(value, Known):
            return sorted({*self._near(text_of(value.value), refers), *self._open})
        if refers is None:
            return range(self._count)
        return self._by_place.get(refers, ())

    def _near(self, written: str, refers: Place | None) -> Iterator[int]:
        if refers is not None:
            yield from self._by_place.get(refers, ())
        for name in {written, *self._names_in(written)}:
            yield from self._by_text.get(name, ())
