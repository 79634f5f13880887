"""Where the characters of a text are written in its file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from rootlint.model.value import Known, Piece, Text, Value
from rootlint.source import Span


def spot(value: Known | Text, start: int, end: int) -> Span:
    """The span in the file of the characters `start` to `end` of a text, each hole one character.

    Without a better answer it is the span of the whole value. Where the characters come from several
    places that do not follow one another in one file, it is the place of the first of them.
    """
    pieces = value.pieces
    if not pieces:
        return value.span
    first = _begin(pieces, start)
    last = _finish(pieces, max(start, end - 1), end)
    if first.path == last.path and first.start <= last.end:
        return Span(first.path, first.start, last.end)
    return first


def _begin(pieces: tuple[Piece, ...], at: int) -> Span:
    piece = pieces[_covering(pieces, at)]
    if not piece.exact:
        return piece.span
    return Span(piece.span.path, piece.span.start + at - piece.at, piece.span.end)


def _finish(pieces: tuple[Piece, ...], at: int, end: int) -> Span:
    piece = pieces[_covering(pieces, at)]
    if not piece.exact:
        return piece.span
    return Span(piece.span.path, piece.span.start, piece.span.start + max(end, at) - piece.at)


def _covering(pieces: tuple[Piece, ...], at: int) -> int:
    return max(0, bisect_right(pieces, at, key=lambda piece: piece.at) - 1)


def cut(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces of the characters `start` to `end`, counted anew from 0."""
    if not pieces or start >= end:
        return ()
    kept = []
    for piece in pieces[_covering(pieces, start) :]:
        if piece.at >= end:
            break
        span = piece.span
        if piece.exact:
            first = span.start + max(0, start - piece.at)
            span = Span(span.path, first, min(span.end, span.start + end - piece.at))
        kept.append(Piece(max(0, piece.at - start), span, piece.exact))
    return tuple(kept)


def shift(pieces: Iterable[Piece], by: int) -> tuple[Piece, ...]:
    """The same pieces, further on in a longer text."""
    return tuple(Piece(piece.at + by, piece.span, piece.exact) for piece in pieces)


def spot_of(value: Value, start: int, end: int) -> Span:
    """The same for any value: what is no text has only its own place."""
    return spot(value, start, end) if isinstance(value, Known | Text) else value.span
