"""What a terminal shows of a text: no control characters, nothing it cannot encode, columns counted."""

from __future__ import annotations

import unicodedata
from itertools import accumulate

from rootlint.record import dataclass
from rootlint.report.secret import mask, secrets

WIDTH = 80
TAB = 4
LONGEST = 4000  # what a text may have before its rest is left out
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_BOX = "\u250c\u2500\u2502\u2192\u2026"
_PLAIN = {
    "\u2192": "->",
    "\u2026": "...",
    "\u2013": "-",
    "\u2014": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
}
_HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_WIDE = {"W", "F"}


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a report is shown. `encoding` is what the stream can write."""

    encoding: str = "utf-8"
    color: bool = False

    @property
    def boxes(self) -> bool:
        """Whether lines can be drawn."""
        return self._encodes(_BOX)

    def clean(self, text: str) -> str:
        """A text as it can be shown in one line: masked, harmless, and encodable."""
        text = mask(text)
        if text.isascii() and text.isprintable():
            return text
        return "".join(" " if char in "\t\r\n" else self._shown(char) for char in text)

    def cells(self, line: str) -> list[str]:
        """What is shown for each character of a source line; together they are the line."""
        hidden: dict[int, str] = {}
        for start, end in secrets(line):
            hidden.update(dict.fromkeys(range(start, end), ""))
            hidden[start] = self._shown(ELLIPSIS)
        column = 0
        cells = []
        for number, char in enumerate(line):
            tab = " " * (TAB - column % TAB) if char == "\t" else None
            cells.append(hidden.get(number, tab or self._shown(char)))
            column += width(cells[-1])
        return cells

    def wrap(self, text: str, room: int) -> list[str]:
        """A clean text in lines of at most `room` columns; words that are longer are cut."""
        text = self.clean(text if len(text) <= LONGEST else f"{text[:LONGEST]}{ELLIPSIS}")
        if width(text) <= room:
            return [text]
        lines = [""]
        used = 0
        for word in _words(text, room):
            needed = width(word)
            if used and used + 1 + needed > room:
                lines.append(word)
                used = needed
            else:
                lines[-1] += f" {word}" if used else word
                used += needed + (1 if used else 0)
        return lines

    def under(self, above: str, marks: str) -> str:
        """The line of carets below a text, moved to where the characters that they mark are shown.

        "" where the line is no such one.
        """
        start, end = len(marks) - len(marks.lstrip(" ")), min(len(marks), len(above))
        if not above or set(marks[start:]) != {"^"}:
            return ""
        columns = [0, *accumulate(width(cell) for cell in self.cells(above))]
        return f"{' ' * columns[start]}{'^' * (columns[end] - columns[start])}"

    def _shown(self, char: str) -> str:
        if " " <= char <= "~":
            return char
        if unicodedata.category(char) in _HARMFUL:
            return _escape(char)
        if self._encodes(char):
            return char
        return _PLAIN.get(char) or _escape(char)

    def _encodes(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """How many columns a text takes: two for a wide character, none for one that combines."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def _words(text: str, room: int) -> list[str]:
    """The words of a text; the blanks that it begins with stay with the first."""
    indent = min(len(text) - len(text.lstrip(" ")), room // 2)
    words = text.split()
    words[0] = " " * indent + words[0]
    return [piece for word in words for piece in _cut(word, room)]


def _cut(word: str, room: int) -> list[str]:
    """A word in pieces that fit, behind a slash where there is one."""
    pieces = []
    while width(word) > room:
        fits = _fitting(word, room)
        at = word.rfind("/", 0, fits) + 1 or fits
        pieces.append(word[:at])
        word = word[at:]
    return [*pieces, word]


def _fitting(word: str, room: int) -> int:
    """How many characters of a word fit, at least one."""
    used = 0
    for number, char in enumerate(word):
        used += _columns(char)
        if used > room:
            return max(1, number)
    return len(word)
