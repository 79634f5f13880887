"""Which of many values may name a thing, without asking each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from rootlint.model.read import text
from rootlint.model.same import text_of
from rootlint.model.spelling import is_open_arn, spelled
from rootlint.model.value import Choice, Known, Reference, Text, Unknown, Value

Place = tuple[str, str]


class Name(NamedTuple):
    """What a thing is named by: its unit, its address, and its name, if it has one."""

    unit: str
    address: str
    name: Value | None


class Near(NamedTuple):
    """Who is to be asked, and who may be meant, whatever they say: `asked` counts for who is in both."""

    asked: Iterable[int]
    perhaps: tuple[int, ...] = ()


class Index:
    """Values by what they refer to and what they say. They are told by their numbers.

    INVARIANT: a value that is left out for a thing does not denote it, whatever is unknown.
    """

    def __init__(
        self,
        values: Iterable[Value | None],
        followed: Callable[[Reference | None], Reference | None],
        declared: Collection[Place],
    ) -> None:
        """`followed` resolves a reference; `declared` are the places of what is declared."""
        self._followed = followed
        self._declared = declared
        self._by_place: dict[Place, list[int]] = {}
        self._by_unit: dict[Place, list[int]] = {}
        self._by_text: dict[str, list[int]] = {}
        self._by_hole: dict[tuple[object, ...], list[int]] = {}
        self._referring_texts: dict[str, list[int]] = {}
        # Texts of which all names are known, those of these with holes, and what has to be asked.
        self._texts: list[int] = []
        self._holed: list[int] = []
        self._open: list[int] = []
        self._arns: list[int] = []
        self._choices: list[int] = []
        self._holes: list[int] = []
        for number, value in enumerate(values):
            if value is not None:
                self._add(number, value)
        self._blank = tuple(self._holes)
        self._plain = tuple(sorted((*self._holes, *self._arns)))
        # What is not known as a whole may be the name that AWS makes up for a thing without one.
        self._unnamed = tuple(sorted((*self._plain, *self._holed, *self._open)))

    def _add(self, number: int, value: Value) -> None:
        refers = None if isinstance(value, Choice) else self._followed(value.refers)
        place = (refers.unit, refers.address) if refers is not None else None
        if place is not None:
            self._by_place.setdefault(place, []).append(number)
            if place in self._declared:
                self._add_referring(number, value, place)
                return
        if isinstance(value, Choice):
            self._choices.append(number)
        elif isinstance(value, Unknown):
            self._holes.append(number)
            self._by_hole.setdefault(hole_of(value), []).append(number)
        else:
            self._add_text(number, value)

    def _add_referring(self, number: int, value: Value, place: Place) -> None:
        if isinstance(value, Known):
            # A reference that comes out as a name may mean its namesake in the same unit.
            self._by_unit.setdefault((place[0], text_of(value.value)), []).append(number)
            self._referring_texts.setdefault(place[0], []).append(number)

    def _add_text(self, number: int, value: Value) -> None:
        names = spelled(value) if isinstance(value, Known | Text) else None
        if names is None:
            (self._arns if is_open_arn(value) else self._open).append(number)
            return
        self._texts.append(number)
        if not isinstance(value, Known):
            self._holed.append(number)
        for name in set(names):
            self._by_text.setdefault(name, []).append(number)

    def near(self, thing: Name) -> Near:
        """The values that name a thing or may, in their order."""
        asked = sorted({*self._choices, *self._near(thing)})
        match thing.name:
            case None:
                return Near(asked, self._unnamed)
            case Known() | Unknown():
                return Near(asked, self._plain)
            case Choice():
                return Near(sorted({*asked, *self._plain}))
            case _:
                return Near(sorted({*asked, *self._arns}), self._blank)

    def _near(self, thing: Name) -> Iterator[int]:
        yield from self._by_place.get((thing.unit, thing.address), ())
        name = thing.name
        if name is None:
            return
        yield from self._open
        written = text(name)
        if written is not None:
            yield from self._by_unit.get((thing.unit, written), ())
            yield from self._by_text.get(written, ())
        else:
            yield from self._referring_texts.get(thing.unit, ())
            yield from self._texts
            yield from self._by_hole.get(hole_of(name), ())


def hole_of(value: Value) -> tuple[object, ...]:
    """What tells an unknown from another; empty of what is no single one."""
    match value:
        case Unknown():
            return (value.why, value.detail, value.refers)
        case Text(parts=(Unknown() as hole,)):
            return hole_of(hole)
        case _:
            return ()
