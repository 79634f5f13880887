"""Sets of characters of a regular expression."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

Range = tuple[str, str]


class Charset(NamedTuple):
    """Ranges and Unicode categories (`L`, `Lu`); all but these where `negated`."""

    ranges: tuple[Range, ...] = ()
    categories: tuple[tuple[str, bool], ...] = ()
    negated: bool = False
    fold: bool = False

    def takes(self, letter: str) -> bool:
        """Whether the set holds a character; with `fold` in either case."""
        found = self._holds(letter)
        if not found and self.fold:
            found = self._holds(letter.lower()[:1]) or self._holds(letter.upper()[:1])
        return found is not self.negated

    def _holds(self, letter: str) -> bool:
        if any(low <= letter <= high for low, high in self.ranges):
            return True
        if not self.categories:
            return False
        category = unicodedata.category(letter)
        return any(category.startswith(name) is not negated for name, negated in self.categories)


DIGIT: tuple[Range, ...] = (("0", "9"),)
WORD: tuple[Range, ...] = (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z"))
SPACE: tuple[Range, ...] = (("\t", "\n"), ("\f", "\r"), (" ", " "))
NEWLINE: tuple[Range, ...] = (("\n", "\n"),)
PERL = {"d": DIGIT, "w": WORD, "s": SPACE}
POSIX: dict[str, tuple[Range, ...]] = {
    "alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "alpha": (("A", "Z"), ("a", "z")),
    "ascii": (("\x00", "\x7f"),),
    "blank": (("\t", "\t"), (" ", " ")),
    "cntrl": (("\x00", "\x1f"), ("\x7f", "\x7f")),
    "digit": DIGIT,
    "graph": (("!", "~"),),
    "lower": (("a", "z"),),
    "print": ((" ", "~"),),
    "punct": (("!", "/"), (":", "@"), ("[", "`"), ("{", "~")),
    "space": (("\t", "\r"), (" ", " ")),
    "upper": (("A", "Z"),),
    "word": WORD,
    "xdigit": (("0", "9"), ("A", "F"), ("a", "f")),
}
_LAST = "\U0010ffff"


def complement(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """All characters that are in none of the ranges."""
    found = []
    start = 0
    for low, high in sorted(ranges):
        if ord(low) > start:
            found.append((chr(start), chr(ord(low) - 1)))
        start = max(start, ord(high) + 1)
    if start <= ord(_LAST):
        found.append((chr(start), _LAST))
    return tuple(found)
