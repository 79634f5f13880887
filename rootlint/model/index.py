"""Which of many values may name a thing, without asking each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from rootlint.model.read import text
from rootlint.model.same import text_of
from rootlint.model.value import Choice, Known, Reference, Value

Place = tuple[str, str]


class Name(NamedTuple):
    """What a thing is named by: its unit, its address, and its name, if it has one."""

    unit: str
    address: str
    name: Value | None


class Index:
    """Values by what they refer to and what they say. They are told by their numbers.

    INVARIANT: a value that is left out for a thing does not denote it, whatever is unknown.
    """

    def __init__(
        self,
        values: Iterable[Value | None],
        followed: Callable[[Reference | None], Reference | None],
        declared: Collection[Place],
        names_in: Callable[[str], Iterable[str]],
    ) -> None:
        """`followed` resolves a reference, `names_in` gives what a text names: itself, an ARN's end."""
        self._by_place: dict[Place, list[int]] = {}
        self._by_unit: dict[Place, list[int]] = {}
        self._by_text: dict[str, list[int]] = {}
        self._texts: list[int] = []
        self._referring_texts: dict[str, list[int]] = {}
        self._open: list[int] = []
        for number, value in enumerate(values):
            if value is not None:
                refers = None if isinstance(value, Choice) else followed(value.refers)
                place = (refers.unit, refers.address) if refers is not None else None
                self._add(number, value, place if place in declared else None, names_in)

    def _add(
        self,
        number: int,
        value: Value,
        place: Place | None,
        names_in: Callable[[str], Iterable[str]],
    ) -> None:
        if place is not None:
            self._by_place.setdefault(place, []).append(number)
            if isinstance(value, Known):
                # A reference that comes out as a name may mean its namesake in the same unit.
                self._by_unit.setdefault((place[0], text_of(value.value)), []).append(number)
                self._referring_texts.setdefault(place[0], []).append(number)
        elif isinstance(value, Known):
            self._texts.append(number)
            for name in set(names_in(text_of(value.value))):
                self._by_text.setdefault(name, []).append(number)
        else:
            self._open.append(number)

    def near(self, thing: Name) -> tuple[int, ...]:
        """The values that may name a thing, in their order."""
        return tuple(sorted({*self._open, *self._near(thing)}))

    def _near(self, thing: Name) -> Iterator[int]:
        yield from self._by_place.get((thing.unit, thing.address), ())
        written = text(thing.name)
        if written is not None:
            yield from self._by_unit.get((thing.unit, written), ())
            yield from self._by_text.get(written, ())
        elif thing.name is not None:
            yield from self._referring_texts.get(thing.unit, ())
            yield from self._texts
