"""Strings of a JSON text, with holes, and each part of them placed in the file."""

from __future__ import annotations

import re

from rootlint.embedded.tape import Tape
from rootlint.model.value import Piece, Unknown, Value

_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_SIMPLE_ESCAPES = re.compile(r'(?:\\["\\/bfnrt])+')
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


class NotJson(Exception):  # noqa: N818 - named for what happened
    """A text is no JSON: what is wrong, from character `start` to `end`."""

    def __init__(self, detail: str, start: int, end: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.start = start
        self.end = end


def read_string(tape: Tape, start: int) -> tuple[Value, int]:
    """The string that begins at a quote, and where the text goes on behind it."""
    text = tape.text
    at = start + 1
    chunks: list[str] = []
    holes: dict[int, Unknown] = {}
    pieces: list[Piece] = []
    length = 0
    while True:
        found = _PLAIN.match(text, at)
        stop = found.end() if found else at
        if stop > at:
            pieces += tape.pieces(at, stop, length)
            for place in tape.holes_in(at, stop):
                holes[length + place - at] = tape.holes[place]
            chunks.append(text[at:stop])
            length += stop - at
        if text[stop : stop + 1] == '"':
            break
        chars, at = _escape(text, start, stop)
        pieces.append(Piece(length, tape.span(stop, at), exact=False))
        chunks.append(chars)
        length += len(chars)
    return tape.cut("".join(chunks), holes, pieces, tape.span(start, stop + 1)), stop + 1


def _escape(text: str, start: int, at: int) -> tuple[str, int]:
    """The characters of an escape or of simple ones in a row, and where the text goes on."""
    if at >= len(text):
        raise NotJson("the JSON text ends within a string", start, start + 1)
    if text[at] != "\\":
        raise NotJson("no JSON: a control character within a string", at, at + 1)
    simple = _SIMPLE_ESCAPES.match(text, at)
    if simple:
        return "".join(_ESCAPES[kind] for kind in simple.group()[1::2]), simple.end()
    kind = text[at + 1 : at + 2]
    first = _HEX.match(text, at + 2) if kind == "u" else None
    if first is None:
        raise NotJson(f"no JSON: the escape `\\{kind}` within a string", at, at + 2)
    return _code_point(text, int(first.group(), 16), at + 6)


def _code_point(text: str, code: int, at: int) -> tuple[str, int]:
    """The character of a code unit, with the second half of its pair; `\ufffd` for half a pair."""
    low = _HEX.match(text, at + 2) if text[at : at + 2] == "\\u" else None
    if 0xD800 <= code < 0xDC00 and low and 0xDC00 <= int(low.group(), 16) < 0xE000:
        return chr(0x10000 + ((code - 0xD800) << 10) + int(low.group(), 16) - 0xDC00), at + 6
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code), at
