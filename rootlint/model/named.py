"""Which of many things a value may name, without comparing it with each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootlint.model.index import Name, Near, Place, hole_of
from rootlint.model.read import text
from rootlint.model.spelling import is_open_arn, spelled
from rootlint.model.value import Known, Text, Unknown, Value


class Named:
    """Things by their address and by their name. They are told by their numbers.

    INVARIANT: a thing that is left out for a value is not denoted by it, whatever is unknown.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_place: dict[Place, list[int]] = {}
        self._by_text: dict[str, list[int]] = {}
        self._by_hole: dict[tuple[object, ...], list[int]] = {}
        self._literal: list[int] = []
        # Names that have to be asked: of which parts are known, or that may be several.
        self._open: list[int] = []
        blank: list[int] = []
        unnamed: list[int] = []
        self._count = 0
        for number, (unit, address, name) in enumerate(names):
            self._count += 1
            self._by_place.setdefault((unit, address), []).append(number)
            plain = text(name)
            if plain is not None:
                self._literal.append(number)
                self._by_text.setdefault(plain, []).append(number)
            elif name is None:
                unnamed.append(number)
            elif isinstance(name, Unknown):
                blank.append(number)
                self._by_hole.setdefault(hole_of(name), []).append(number)
            else:
                self._open.append(number)
        self._blank = tuple(blank)
        self._vague = tuple(sorted((*blank, *unnamed)))
        self._all = tuple(range(self._count))

    def near(self, value: Value, refers: Place | None, *, declared: bool) -> Near:
        """The things that a value names or may, in their order.

        `refers` is the place that it refers to, and `declared` whether something is declared there.
        """
        own = self._by_place.get(refers, ()) if refers is not None else ()
        match value:
            case Known():
                asked = {*own, *self._open, *self._spelled(spelled(value) or ())}
                # What is declared is none but itself, or its namesake in the same unit.
                return Near(sorted(asked), () if declared else self._blank)
            case _ if declared:
                return Near(own)
            case Unknown():
                # What is not known at all may be whatever it does not refer to.
                asked = {*own, *self._open, *self._by_hole.get(hole_of(value), ())}
                return Near(sorted(asked), self._all)
            case Text():
                return self._near_text(value, own)
            case _:
                return Near(self._all)

    def _near_text(self, value: Text, own: Iterable[int]) -> Near:
        alike = {*own, *self._open, *self._by_hole.get(hole_of(value), ())}
        if is_open_arn(value):
            return Near(sorted(alike), self._all)
        names = spelled(value)
        plain = self._literal if names is None else self._spelled(names)
        return Near(sorted({*alike, *plain}), self._vague)

    def _spelled(self, names: Iterable[str]) -> Iterator[int]:
        for name in names:
            yield from self._by_text.get(name, ())
