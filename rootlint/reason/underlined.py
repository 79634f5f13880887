"""A pattern in one line of text, with the term that failed underlined."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from rootlint.model.value import Known, Piece, Text, Unknown, Value

ROOM = 60
"""The widest that a line is: with the margins of a report it fits into 80 columns."""

_ESCAPES = frozenset({2, 6})  # `\\"` and `\\u0022`, in characters for each one that they stand for
_CUT = "…"


class Underlined(NamedTuple):
    """The text of a pattern, and which characters of it are to be underlined."""

    text: str
    start: int
    end: int

    @property
    def lines(self) -> tuple[str, str]:
        """The text, or a window of it around the term, and below it the line under the term."""
        text, start, end = self.text, self.start, self.end
        if len(text) > ROOM:
            left = 0 if end < ROOM else max(0, min(start - ROOM // 3, len(text) - ROOM))
            shown = text[left : left + ROOM]
            head = _CUT if left else ""
            tail = _CUT if left + ROOM < len(text) else ""
            text = f"{head}{shown[len(head) : ROOM - len(tail)]}{tail}"
            start, end = start - left, min(end - left, ROOM)
        return text, f"{' ' * start}{'^' * max(1, end - start)}"


def underlined(pattern: Value, start: int, end: int) -> Underlined | None:
    """The text of a pattern as one line: line breaks and runs of blanks are one blank, a hole is `…`."""
    text = _text(pattern)
    if text is None or not start < end:
        return None
    before, term, after = map(_one_line, (text[:start], text[start:end], text[end:]))
    before = before.lstrip()
    return Underlined(f"{before}{term}{after.rstrip()}", len(before), len(before) + len(term))


def in_one_line(pattern: Value) -> bool:
    """Whether the pattern is written in one line of a file, as it is or with escapes and holes.

    An excerpt of that line shows the pattern. One that is put together of several texts, or that
    goes over several lines, is seen nowhere as a whole. Without pieces nobody knows.
    """
    text = _text(pattern)
    if text is None or not isinstance(pattern, Known | Text) or not pattern.pieces:
        return text is None
    ends = [*(piece.at for piece in pattern.pieces[1:]), len(text)]
    ways = zip(pattern.pieces, ends, strict=True)
    as_it_is = "\n" not in text and all(
        _as_it_is(piece, text[piece.at : end]) for piece, end in ways
    )
    return as_it_is and _in_a_row(pattern.pieces)


def _text(pattern: Value) -> str | None:
    match pattern:
        case Known(value=str() as text):
            return text
        case Text(parts=parts):
            return "".join(_CUT if isinstance(part, Unknown) else part for part in parts)
        case _:
            return None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _as_it_is(piece: Piece, text: str) -> bool:
    """Whether a piece stands for itself, is an escape, or a hole; holes behind it count for nothing."""
    own = len(text.rstrip(_CUT))
    wide = piece.span.end - piece.span.start
    return piece.exact or not own or (wide % own == 0 and wide // own in _ESCAPES)


def _in_a_row(pieces: tuple[Piece, ...]) -> bool:
    """Whether each piece is written behind the last, in one file."""
    pairs = pairwise(pieces)
    return all(
        one.span.path == other.span.path and one.span.end <= other.span.start
        for one, other in pairs
    )
