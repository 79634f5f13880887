"""A text with holes, cut at a delimiter: holes that may hold it themselves leave the rest open."""

from __future__ import annotations

from dataclasses import replace

from rootlint.cloudformation.assembly import Assembly
from rootlint.model.place import spot
from rootlint.model.same import text_of
from rootlint.model.value import Known, List, Text, Unknown, Value, Why

# What is known of such a hole is that it holds no colon and no slash.
_SHAPED = frozenset({"name", "account", "region", "partition"})
MOST_ELEMENTS = 20_000


def split(value: Known | Text, delimiter: str) -> List | Unknown:
    """The parts of a text between the delimiters."""
    cutter = _Cutter(value, delimiter)
    parts = value.parts if isinstance(value, Text) else (text_of(value.value),)
    for part in parts:
        if isinstance(part, str):
            cutter.text(part)
        elif part.shape in _SHAPED and set(delimiter) & {":", "/"}:
            cutter.hole(part)
        else:
            return List(tuple(cutter.items), value.span, rest=part)
    cutter.cut()
    if len(cutter.items) > MOST_ELEMENTS:
        return Unknown(Why.LIMIT, "a list that grows too long", value.span)
    return List(tuple(cutter.items), value.span)


class _Cutter:
    def __init__(self, value: Known | Text, delimiter: str) -> None:
        self.items: list[Value] = []
        self._value = value
        self._delimiter = delimiter
        self._all = _flat(value)
        self._at = 0
        self._next = Assembly(value.span)

    def text(self, part: str) -> None:
        pieces = part.split(self._delimiter) if self._delimiter else [part]
        for number, piece in enumerate(pieces):
            if number:
                self.cut()
                self._at += len(self._delimiter)
            self._next.slice(self._all, self._value.pieces, self._at, self._at + len(piece))
            self._at += len(piece)

    def hole(self, hole: Unknown) -> None:
        self._next.hole(hole, hole.span)
        self._at += 1

    def cut(self) -> None:
        """The element ends here."""
        found = self._next.value()
        if isinstance(found, Known) and isinstance(self._value, Known):
            place = spot(found, 0, len(text_of(found.value))) if found.value else found.span
            found = replace(found, note=self._value.note, span=place)
        self.items.append(found)
        self._next = Assembly(self._value.span)


def _flat(value: Known | Text) -> str:
    """The text with each hole as one character, as pieces count."""
    if isinstance(value, Known):
        return text_of(value.value)
    return "".join(part if isinstance(part, str) else "\ufffc" for part in value.parts)
