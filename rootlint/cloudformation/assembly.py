"""A string that is put together: known parts and holes, and where each is written."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from rootlint.model.same import text_of
from rootlint.model.value import Known, Piece, Reference, Text, Unknown, Value, Why
from rootlint.source import Span

LONGEST = 1_000_000
MOST_PARTS = 20_000


class Assembly:
    """Takes the parts from left to right; `value` is the whole: known, with holes, or the one hole.

    What is longer than `LONGEST` is cut off, and unknown as a whole.
    """

    __slots__ = ("added", "chunks", "length", "only", "parts", "pieces", "span")

    def __init__(self, span: Span) -> None:
        self.span = span
        self.parts: list[str | Unknown] = []
        self.chunks: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0
        self.added = 0
        self.only: Known | Text | None = None

    def slice(self, text: str, pieces: tuple[Piece, ...], start: int, end: int) -> None:
        """A part of a text, from one character to another, with the pieces of the whole text."""
        if end > start:
            self.added += 1
            self._slice(text, pieces, start, end)

    def _slice(self, text: str, pieces: tuple[Piece, ...], start: int, end: int) -> None:
        index = max(0, bisect_right(pieces, start, key=_at) - 1)
        while index < len(pieces) and pieces[index].at < end:
            self.pieces.append(_shifted(pieces[index], start, end, self.length))
            index += 1
        self._text(text[start:end])

    def add(self, value: Value, place: Span | None = None) -> None:
        """A whole value. `place` is where it is called for; without it, its own place counts."""
        self.added += 1
        match value:
            case Known():
                self._known(value, place)
            case Text():
                self._parts_of(value, place)
            case Unknown():
                self._placed_hole(value, place or value.span)
            case _:
                detail = "a list or a map stands within a string"
                hole = Unknown(Why.FUNCTION, detail, value.span)
                self._placed_hole(hole, place or value.span)

    def hole(self, hole: Unknown, place: Span) -> None:
        self.added += 1
        self._placed_hole(hole, place)

    def value(self, refers: Reference | None = None) -> Value:
        """The whole. One value alone stays what it is, and keeps what it refers to."""
        self._flush()
        if self.length > LONGEST or len(self.parts) > MOST_PARTS:
            return Unknown(Why.LIMIT, "a string that grows too long", self.span)
        if self.added == 1 and self.only is not None and refers is None:
            return self.only
        if len(self.parts) > 1:
            return Text(tuple(self.parts), self.span, refers, tuple(self.pieces))
        first = self.parts[0] if self.parts else ""
        if isinstance(first, str):
            return Known(first, self.span, refers, tuple(self.pieces))
        return first

    def _known(self, value: Known, place: Span | None) -> None:
        text = text_of(value.value)
        self.only = replace(value, value=text)
        if place is None and value.pieces:
            self._slice(text, value.pieces, 0, len(text))
        else:
            if text:
                self.pieces.append(Piece(self.length, place or value.span, exact=False))
            self._text(text)

    def _parts_of(self, value: Text, place: Span | None) -> None:
        self.only = value
        if place is None and value.pieces:
            end = sum(len(part) if isinstance(part, str) else 1 for part in value.parts)
            self.pieces += (_shifted(piece, 0, end, self.length) for piece in value.pieces)
        else:
            self.pieces.append(Piece(self.length, place or value.span, exact=False))
        for part in value.parts:
            if isinstance(part, str):
                self._text(part)
            else:
                self._hole(part)

    def _placed_hole(self, hole: Unknown, place: Span) -> None:
        self.pieces.append(Piece(self.length, place, exact=False))
        self._hole(hole)

    def _hole(self, hole: Unknown) -> None:
        self.length += 1
        self._flush()
        self.parts.append(hole)

    def _text(self, text: str) -> None:
        if self.length <= LONGEST:
            self.chunks.append(text)
        self.length += len(text)

    def _flush(self) -> None:
        text = "".join(self.chunks)
        if text:
            self.parts.append(text)
        self.chunks = []


def _at(piece: Piece) -> int:
    return piece.at


def _shifted(piece: Piece, start: int, end: int, length: int) -> Piece:
    """A piece of a text that is cut at `start` and `end` and goes on at `length` of another one."""
    span = piece.span
    if piece.exact:
        first = span.start + max(0, start - piece.at)
        span = Span(span.path, first, max(first, min(span.end, span.start + end - piece.at)))
    return Piece(length + max(0, piece.at - start), span, piece.exact)
