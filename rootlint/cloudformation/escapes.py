"""The escapes of double-quoted YAML and JSON strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SIMPLE = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "'": "'", "/": "/", "\\": "\\", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_DIGITS = {"x": 2, "u": 4, "U": 8}
_HEX = re.compile(r"[0-9a-fA-F]+")
_LOW_SURROGATE = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})")


class Escaped(NamedTuple):
    """What an escape stands for, and where the text goes on behind it."""

    text: str
    end: int


def escape(text: str, at: int) -> Escaped | None:
    """The escape that begins with the backslash at an offset; None where it is none."""
    kind = text[at + 1 : at + 2]
    if kind in _SIMPLE:
        return Escaped(_SIMPLE[kind], at + 2)
    digits = _DIGITS.get(kind, 0)
    found = _HEX.match(text, at + 2, at + 2 + digits) if digits else None
    if found is None or len(found.group()) < digits:
        return None
    code = int(found.group(), 16)
    return _code_point(text, code, found.end()) if code <= 0x10FFFF else None


def _code_point(text: str, code: int, end: int) -> Escaped:
    """A character, two escapes of which make one outside the first plane; a lone half is U+FFFD."""
    if not 0xD800 <= code < 0xE000:
        return Escaped(chr(code), end)
    low = _LOW_SURROGATE.match(text, end)
    if code >= 0xDC00 or low is None:
        return Escaped("\ufffd", end)
    whole = 0x10000 + ((code - 0xD800) << 10) + int(low.group(1), 16) - 0xDC00
    return Escaped(chr(whole), low.end())


def unescape(text: str, start: int, end: int) -> str:
    """The string between two offsets, its quotes left out; what is no escape stays as it is."""
    if text.find("\\", start, end) < 0:
        return text[start:end]
    return "".join(_runs(text, start, end))


def _runs(text: str, start: int, end: int) -> Iterator[str]:
    at = start
    while True:
        found = text.find("\\", at, end)
        if found < 0:
            yield text[at:end]
            return
        yield text[at:found]
        escaped = escape(text, found) or Escaped(text[found : found + 2], found + 2)
        yield escaped.text
        at = escaped.end
