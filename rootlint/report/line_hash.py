"""The hash by which GitHub recognises the line of an alert when it has moved.

`primaryLocationLineHash` of github/codeql-action: a hash of the 100 UTF-16 units that follow the
start of a line, blanks left out, and how often it has occurred so far.
"""

from __future__ import annotations

import re
from array import array

_BLOCK = 100
_FACTOR = 37
_END = "\uffff"
_ALL_BITS = (1 << 64) - 1
_LINE_BREAK = re.compile(r"\r\n|\r")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLANKS = {ord(" "): None, ord("\t"): None}


class LineHashes:
    """The hashes of the lines of one text, counted from 1."""

    def __init__(self, text: str) -> None:
        units = _ASTRAL.sub(_pair, _LINE_BREAK.sub("\n", text)).translate(_BLANKS)
        self._units = units + _END
        self._starts = [0, *(found.end() for found in re.finditer("\n", units))]
        self._occurrences = self._count()

    def of(self, line: int) -> str:
        """`hash:occurrence`, in hexadecimal and decimal; past the end, that of the last line."""
        index = min(line, len(self._starts)) - 1
        start = self._starts[index]
        number = 0
        for unit in self._units[start : start + _BLOCK].ljust(_BLOCK, "\0"):
            number = (number * _FACTOR + ord(unit)) & _ALL_BITS
        return f"{number:x}:{self._occurrences[index]}"

    def _count(self) -> array[int]:
        """How often what follows each line start has followed one so far."""
        seen: dict[str, int] = {}
        occurrences = array("L")
        for start in self._starts:
            block = self._units[start : start + _BLOCK]
            seen[block] = seen.get(block, 0) + 1
            occurrences.append(seen[block])
        return occurrences


def _pair(found: re.Match[str]) -> str:
    """The two units that UTF-16 has for a character beyond the first 65,536."""
    code = ord(found.group()) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))
