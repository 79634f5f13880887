"""Wildcard patterns on texts: every place of the text that a prefix of the pattern can reach, as bits of a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache


class Wild(Enum):
    """A part of a pattern that stands for more than itself.

    The last five are holes: texts that are there and not known, with what is known of them.
    """

    ONE = "?"
    ANY = "*"
    HOLE = ""
    NAME = "name"
    ACCOUNT = "account"
    REGION = "region"
    PARTITION = "partition"


Units = tuple[str | Wild, ...]

HOLES = frozenset({Wild.HOLE, Wild.NAME, Wild.ACCOUNT, Wild.REGION, Wild.PARTITION})
_WRITTEN = re.compile(r"\?|\*+")
_DIGITS = frozenset("0123456789")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz-")
_ACCOUNT_LENGTH = 12
# Longer texts are none of ours: they are not kept.
_CACHED = 300


def wildcards(text: str) -> Iterator[str | Wild]:
    """The parts of a text in which `*` and `?` are wildcards; of several `*` in a row one is enough."""
    at = 0
    for found in _WRITTEN.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        yield Wild(found.group()[0])
        at = found.end()
    if at < len(text):
        yield text[at:]


def reaches(units: Units, text: str) -> bool:
    """Whether a pattern can match a whole text; a hole matches whatever it may turn out to be.

    The time is the product of the two lengths, divided by the width of a machine word: texts are
    those of our own requests and short.
    """
    first, *others = units or ("",)
    if isinstance(first, str):
        if not others:
            return text == first
        if not text.startswith(first):
            return False
    elif first is Wild.ANY and not others:
        return True
    last = units[-1]
    if isinstance(last, str) and not text.endswith(last):
        return False
    board = _board(text) if len(text) <= _CACHED else _Board(text)
    places = 1
    for unit in units:
        places = board.after(unit, places)
        if not places:
            return False
    return bool(places & board.end)


def folded(units: Units) -> Units:
    """A pattern for texts in lower case."""
    return tuple(unit.lower() if isinstance(unit, str) else unit for unit in units)


@lru_cache(maxsize=1024)
def _board(text: str) -> _Board:
    return _Board(text)


class _Board:
    """The places between the characters of a text, as bits: bit 0 before the first."""

    def __init__(self, text: str) -> None:
        self.end = 1 << len(text)
        self.all = (self.end << 1) - 1
        self.of: dict[str, int] = {}
        for at, char in enumerate(text):
            self.of[char] = self.of.get(char, 0) | 1 << at

    def after(self, unit: str | Wild, places: int) -> int:
        """The places that can be reached from `places` by one part of a pattern."""
        if isinstance(unit, str):
            for char in unit:
                places = (places & self.of.get(char, 0)) << 1
            return places
        if unit is Wild.ANY or unit is Wild.HOLE:
            return self.all & -(places & -places)
        if unit is Wild.ONE:
            return places << 1 & self.all
        if unit is Wild.ACCOUNT:
            return self._steps(places, self._on(_DIGITS), _ACCOUNT_LENGTH)
        return self._spread(places, self._allowed(unit))

    def _allowed(self, unit: Wild) -> int:
        """The characters that a hole of a shape may hold."""
        if unit is Wild.NAME:
            return self.all & ~self._on(":/")
        return self._on(_LETTERS if unit is Wild.PARTITION else _LETTERS | _DIGITS)

    def _on(self, chars: Iterable[str]) -> int:
        on = 0
        for char in chars:
            on |= self.of.get(char, 0)
        return on

    def _steps(self, places: int, on: int, count: int) -> int:
        for _ in range(count):
            places = (places & on) << 1
        return places

    def _spread(self, places: int, on: int) -> int:
        """Any number of steps, none included, over characters that `on` allows."""
        found = places
        while places:
            places = (places & on) << 1 & self.all & ~found
            found |= places
        return found
