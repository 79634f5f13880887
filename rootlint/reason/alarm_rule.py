"""The rule of a composite alarm: whether one alarm alone brings it to ALARM.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Known, Text, Unknown, Value

_LONGEST = 10_240
_DEEPEST = 50
_TOKEN = re.compile(r'\s*(?:(?P<quoted>"[^"]*"|\'[^\']*\')|(?P<sign>[(),])|(?P<word>[^\s(),"\']+))')
_STATES = frozenset({"ALARM", "OK", "INSUFFICIENT_DATA"})
_HOLE = "\ufffc"

Names = Callable[[str, Unknown | None], Truth]
"""Whether a name in a rule, a text or a hole, is that of the alarm."""


class _Odd(Exception):  # noqa: N818 - it says what the rule is
    """More than this reads: the answer is not known."""


def fires(rule: Value | None, names: Names) -> Truth:
    """Whether the rule holds while the alarm is in ALARM; of the others no state is known."""
    match rule:
        case Known(value=str() as text):
            holes: list[Unknown] = []
        case Text(parts=parts):
            holes = [part for part in parts if isinstance(part, Unknown)]
            text = "".join(part if isinstance(part, str) else _HOLE for part in parts)
        case _:
            return Truth.UNKNOWN
    if len(text) > _LONGEST:
        return Truth.UNKNOWN
    try:
        return _Reader(text, holes, names).whole()
    except _Odd:
        return Truth.UNKNOWN


class _Reader:
    """A parser that evaluates as it reads: NOT before AND before OR."""

    def __init__(self, text: str, holes: list[Unknown], names: Names) -> None:
        self._tokens = [found.group().strip() for found in _TOKEN.finditer(text)]
        self._holes = iter(holes)
        self._names = names
        self._at = 0
        self._depth = 0

    def whole(self) -> Truth:
        found = self._either()
        if self._at != len(self._tokens):
            raise _Odd
        return found

    def _either(self) -> Truth:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Odd
        found = [self._both()]
        while self._is("OR"):
            found.append(self._both())
        self._depth -= 1
        return any_of(found)

    def _both(self) -> Truth:
        found = [self._term()]
        while self._is("AND"):
            found.append(self._term())
        return all_of(found)

    def _term(self) -> Truth:
        negated = False
        while self._is("NOT"):
            negated = not negated
        found = self._plain(self._next().upper())
        return ~found if negated else found

    def _plain(self, word: str) -> Truth:
        if word == "(":
            found = self._either()
            self._take(")")
            return found
        if word in {"TRUE", "FALSE"}:
            return Truth.of(word == "TRUE")
        if word not in _STATES:
            raise _Odd
        return self._state(word)

    def _state(self, word: str) -> Truth:
        """`ALARM("name")` of the alarm is true, another state of it false; of others it is not known."""
        self._take("(")
        name = self._next().strip("\"'")
        self._take(")")
        hole = next(self._holes, None) if _HOLE in name else None
        named = self._names(name, hole if name == _HOLE else None)
        if _HOLE in name and name != _HOLE:
            named = Truth.UNKNOWN
        return Truth.of(word == "ALARM") if named is Truth.YES else Truth.UNKNOWN

    def _is(self, word: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at].upper() == word
        self._at += found
        return found

    def _take(self, wanted: str) -> None:
        if self._next() != wanted:
            raise _Odd

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise _Odd
        self._at += 1
        return self._tokens[self._at - 1]
