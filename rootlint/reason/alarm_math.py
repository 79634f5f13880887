"""Metric mathematics as far as root alarms use it: sums, fills and comparisons of a filter's metrics.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z]\w*)|(?P<sign>[<>=!]=|[-+*/(),\[\]<>]))"
)
_DEEPEST = 20
_LONGEST = 2048

Point = float | None
Series = Point | list[Point]
_Operation = Callable[[float, float], float]
_SUMS: Mapping[str, _Operation] = {"+": operator.add, "-": operator.sub}
_PRODUCTS: Mapping[str, _Operation] = {"*": operator.mul, "/": operator.truediv}
_COMPARISONS: Mapping[str, _Operation] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}
_COMBINED: Mapping[str, Callable[[list[float]], float]] = {"SUM": sum, "MAX": max, "MIN": min}


class NotSimple(Exception):  # noqa: N818 - it says what the expression is
    """The expression uses more than this evaluates."""


def evaluate(expression: str, values: Mapping[str, Point]) -> Point:
    """The value in one period, None where there is no datapoint. Raises `NotSimple`.

    `values` are the metrics by id; `METRICS()` is all of them.
    """
    reader = _Reader(expression, values)
    found = _one(reader.comparison())
    reader.take("")
    return found


class _Reader:
    """A parser that evaluates as it reads."""

    def __init__(self, expression: str, values: Mapping[str, Point]) -> None:
        self._tokens = _tokens(expression)
        self._values = values
        self._at = 0
        self._depth = 0

    def comparison(self) -> Series:
        """A sum, or two compared: 1 where that holds, 0 where it does not."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotSimple
        found = self._sum()
        compare = _COMPARISONS.get(self._tokens[self._at])
        if compare is not None:
            self._at += 1
            found = float(compare(_there(found), _there(self._sum())))
        self._depth -= 1
        return found

    def take(self, wanted: str) -> None:
        if self._next() != wanted:
            raise NotSimple

    def _sum(self) -> Series:
        return self._joined(_SUMS, self._product)

    def _product(self) -> Series:
        return self._joined(_PRODUCTS, self._term)

    def _joined(self, operations: Mapping[str, _Operation], part: Callable[[], Series]) -> Series:
        """Parts joined by operators: a period without one of them has no value."""
        found = part()
        while self._tokens[self._at] in operations:
            operation = operations[self._next()]
            found = _joined(operation, _one(found), _one(part()))
        return found

    def _next(self) -> str:
        word = self._tokens[self._at]
        self._at += 1
        return word

    def _term(self) -> Series:
        word = self._next()
        if word == "(":
            found = self.comparison()
            self.take(")")
            return found
        if word == "[":
            return self._list("]")
        if word[:1].isdigit():
            return float(word)
        if word in self._values:
            return self._values[word]
        return self._call(word.upper())

    def _list(self, closing: str) -> list[Point]:
        found = [_one(self.comparison())]
        while self._tokens[self._at] == ",":
            self._at += 1
            found.append(_one(self.comparison()))
        self.take(closing)
        return found

    def _call(self, name: str) -> Series:
        self.take("(")
        if name == "METRICS":
            self.take(")")
            return list(self._values.values())
        if name == "IF":
            return _if(self._list(")"))
        first = self.comparison()
        if name == "FILL":
            self.take(",")
            return self._filled(first)
        self.take(")")
        if name not in _COMBINED or not isinstance(first, list):
            raise NotSimple
        # Of a list of metrics those without a datapoint are passed over.
        known = [value for value in first if value is not None]
        return float(_COMBINED[name](known)) if known else None

    def _filled(self, found: Series) -> Series:
        filler = self._next()
        if not filler[:1].isdigit():
            raise NotSimple
        self.take(")")
        if isinstance(found, list):
            return [float(filler) if value is None else value for value in found]
        return float(filler) if found is None else found


def _if(parts: list[Point]) -> Point:
    if len(parts) != 3:
        raise NotSimple
    return parts[1] if _there(parts[0]) else parts[2]


def _joined(operation: _Operation, one: Point, other: Point) -> Point:
    if one is None or other is None:
        return None
    if operation is operator.truediv and not other:
        raise NotSimple
    return operation(one, other)


def _one(found: Series) -> Point:
    if isinstance(found, list):
        raise NotSimple
    return found


def _there(found: Series) -> float:
    """A value to compare; what a comparison makes of a period without data is not described."""
    value = _one(found)
    if value is None:
        raise NotSimple
    return value


def _tokens(expression: str) -> list[str]:
    """The tokens, and empty ones at the end."""
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
