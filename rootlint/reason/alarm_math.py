"""Metric mathematics as far as root alarms use it: sums and fills of one metric.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z]\w*)|(?P<sign>[-+(),\[\]]))")
_DEEPEST = 20
_LONGEST = 2048


class NotSimple(Exception):  # noqa: N818 - it says what the expression is
    """The expression uses more than this evaluates."""


def evaluate(expression: str, values: Mapping[str, float | None]) -> float | None:
    """The value in one period, None where there is no datapoint. Raises `NotSimple`.

    `values` are the metrics by id; `METRICS()` is all of them.
    """
    reader = _Reader(expression, values)
    found = reader.sum()
    reader.take("")
    return found


class _Reader:
    """A parser that evaluates as it reads."""

    def __init__(self, expression: str, values: Mapping[str, float | None]) -> None:
        self._tokens = _tokens(expression)
        self._values = values
        self._at = 0
        self._depth = 0

    def sum(self) -> float | None:
        """Terms joined by `+`: a period without one of them has no value."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotSimple
        terms = [self._term()]
        while self._tokens[self._at] == "+":
            self._at += 1
            terms.append(self._term())
        self._depth -= 1
        known = [term for term in terms if term is not None]
        return sum(known) if len(known) == len(terms) else None

    def take(self, wanted: str) -> None:
        if self._next() != wanted:
            raise NotSimple

    def _next(self) -> str:
        word = self._tokens[self._at]
        self._at += 1
        return word

    def _term(self) -> float | None:
        word = self._next()
        if word == "(":
            found = self.sum()
            self.take(")")
            return found
        if word[:1].isdigit():
            return float(word)
        if word in self._values:
            return self._values[word]
        return self._call(word.upper())

    def _call(self, name: str) -> float | None:
        if name not in {"SUM", "MAX", "FILL"}:
            raise NotSimple
        self.take("(")
        found = self._fill() if name == "FILL" else self._over(sum if name == "SUM" else max)
        self.take(")")
        return found

    def _fill(self) -> float | None:
        found = self.sum()
        self.take(",")
        filler = self._next()
        if not filler[:1].isdigit():
            raise NotSimple
        return float(filler) if found is None else found

    def _over(self, combine: object) -> float | None:
        """A list of metrics: those without a datapoint are passed over."""
        assert callable(combine)
        known = [value for value in self._list() if value is not None]
        return float(combine(known)) if known else None

    def _list(self) -> list[float | None]:
        word = self._next()
        if word.upper() == "METRICS":
            self.take("(")
            self.take(")")
            return list(self._values.values())
        if word != "[":
            raise NotSimple
        found = [self.sum()]
        while self._tokens[self._at] == ",":
            self._at += 1
            found.append(self.sum())
        self.take("]")
        return found


def _tokens(expression: str) -> list[str]:
    """The tokens, and an empty one at the end."""
    found: list[str] = []
    text = expression.strip()
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(text) > _LONGEST:
            raise NotSimple
        found.append(match.group().strip())
        at = match.end()
    return [*found, "", ""]
