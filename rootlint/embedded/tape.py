"""A text with holes as one string to scan, and the way back from its characters to the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from rootlint.model.place import spot
from rootlint.model.same import text_of
from rootlint.model.value import Known, Piece, Text, Unknown, Value
from rootlint.source import Span

HOLE = "\ufffc"


class Tape:
    """The characters of a text; each hole is one `HOLE`, and `holes` says which one it is."""

    __slots__ = ("_places", "holes", "source", "text")

    def __init__(self, source: Known | Text) -> None:
        self.source = source
        self.holes: dict[int, Unknown] = {}
        parts = source.parts if isinstance(source, Text) else (text_of(source.value),)
        written = []
        at = 0
        for part in parts:
            if isinstance(part, str):
                written.append(part)
                at += len(part)
            else:
                self.holes[at] = part
                written.append(HOLE)
                at += 1
        self.text = "".join(written)
        self._places = list(self.holes)

    def holes_in(self, start: int, end: int) -> list[int]:
        """The places of the holes between two characters."""
        return self._places[bisect_left(self._places, start) : bisect_left(self._places, end)]

    def span(self, start: int, end: int) -> Span:
        return spot(self.source, start, end)

    def pieces(self, start: int, end: int, at: int) -> list[Piece]:
        """Where the characters `start` to `end` are written, for a text in which they begin at `at`."""
        pieces = self.source.pieces
        found = []
        index = max(0, bisect_right(pieces, start, key=lambda piece: piece.at) - 1)
        while index < len(pieces) and pieces[index].at < end:
            begin = max(pieces[index].at, start)
            stop = pieces[index + 1].at if index + 1 < len(pieces) else end
            place = self.span(begin, max(begin, min(stop, end)))
            found.append(Piece(at + begin - start, place, pieces[index].exact))
            index += 1
        return found

    def cut(self, text: str, holes: dict[int, Unknown], pieces: list[Piece], span: Span) -> Value:
        """A string that was read off this tape: known, with holes, or all one hole."""
        if not holes:
            return Known(text, span, pieces=tuple(pieces))
        parts: list[str | Unknown] = []
        at = 0
        for place, hole in holes.items():
            if place > at:
                parts.append(text[at:place])
            parts.append(hole)
            at = place + 1
        if at < len(text):
            parts.append(text[at:])
        if len(parts) == 1 and isinstance(parts[0], Unknown):
            return parts[0]
        return Text(tuple(parts), span, pieces=tuple(pieces))
