"""A second reader of log filter patterns, written from the user guide's grammar alone.

It shares nothing with the reader that it judges: it goes through the text letter by letter, tries
every way to place a wildcard, and answers with the set of outcomes that the guide leaves open.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

Outcomes = frozenset[bool]
YES, NO, OPEN = frozenset({True}), frozenset({False}), frozenset({True, False})


def outcomes(pattern: str, record: Any) -> Outcomes:
    """What the pattern `{ … }` may make of the record."""
    reader = _Reader(pattern.strip()[1:-1], record)
    found = reader.either()
    assert reader.rest.strip() == "", reader.rest
    return found


class _Reader:
    def __init__(self, text: str, record: Any) -> None:
        self.rest = text
        self.record = record

    def word(self, *wanted: str) -> str:
        self.rest = self.rest.lstrip()
        for text in wanted:
            if self.rest.startswith(text):
                self.rest = self.rest[len(text) :]
                return text
        return ""

    def either(self) -> Outcomes:
        found = self.every()
        while self.word("||"):
            found = _combined(found, self.every(), any)
        return found

    def every(self) -> Outcomes:
        found = self.atom()
        while self.word("&&"):
            found = _combined(found, self.atom(), all)
        return found

    def atom(self) -> Outcomes:
        if self.word("("):
            found = self.either()
            assert self.word(")")
            return found
        values = list(self.selected())
        if self.word("NOT"):
            assert self.word("EXISTS")
            if not values:
                return YES
            return OPEN if all(value is None for value in values) else NO
        if self.word("IS"):
            wanted = {"NULL": None, "TRUE": True, "FALSE": False}[
                self.word("NULL", "TRUE", "FALSE")
            ]
            return frozenset({any(value is wanted for value in values)})
        sign = self.word("!=", "<=", ">=", "=", "<", ">")
        return self.compared(sign, self.operand(), values)

    def selected(self) -> Iterator[Any]:
        assert self.word("$")
        nodes = [self.record]
        while self.rest[:1] in {".", "["}:
            if self.rest.startswith("["):
                index, self.rest = self.rest[1:].split("]", 1)
                lists = [node for node in nodes if isinstance(node, list)]
                picked = [list(enumerate(node)) for node in lists]
                nodes = [x for node in picked for i, x in node if index in {"*", str(i)}]
                continue
            name = ""
            self.rest = self.rest[1:]
            while self.rest and (self.rest[0].isalnum() or self.rest[0] in "_*"):
                name, self.rest = name + self.rest[0], self.rest[1:]
            maps = [node for node in nodes if isinstance(node, dict)]
            nodes = [x for node in maps for key, x in node.items() if name in {"*", key}]
        yield from nodes

    def operand(self) -> tuple[str, str]:
        self.rest = self.rest.lstrip()
        kind = self.rest[0] if self.rest[0] in '"%' else ""
        text = ""
        if kind:
            self.rest = self.rest[1:]
            while not self.rest.startswith(kind):
                text, self.rest = text + self.rest[0], self.rest[1:]
            self.rest = self.rest[1:]
            return kind, text
        while self.rest and self.rest[0] not in " )&|":
            text, self.rest = text + self.rest[0], self.rest[1:]
        return kind, text

    def compared(self, sign: str, operand: tuple[str, str], values: list[Any]) -> Outcomes:
        if sign == "!=":
            if not values:
                return OPEN  # the guide is silent on a field that is not there
            each = {_differs(operand, value) for value in values}
            return each.pop() if len(each) == 1 else OPEN
        compare = _equal if sign == "=" else _ordering(sign)
        found: Outcomes = NO
        for value in values:
            found = _combined(found, compare(operand, value), any)
        return found


def _combined(one: Outcomes, other: Outcomes, how: Callable[[tuple[bool, bool]], bool]) -> Outcomes:
    return frozenset(how(pair) for pair in itertools.product(one, other))


def _differs(operand: tuple[str, str], value: Any) -> Outcomes:
    if isinstance(value, dict | list):
        return NO
    return OPEN if value is None else frozenset(not x for x in _equal(operand, value))


def _equal(operand: tuple[str, str], value: Any) -> Outcomes:
    kind, text = operand
    if isinstance(value, dict | list):
        return NO
    if value is None or isinstance(value, bool):
        # Written of IS alone: a text that reads as the value may match it.
        literal = {None: "null", True: "true", False: "false"}[value]
        return OPEN if _wild(text, literal) else NO
    if isinstance(value, int | float):
        return _equal_number(kind, text, value)
    if kind == "%":
        return frozenset({re.search(text, value) is not None})
    if not kind and _is_number(text):
        return OPEN if text == value else NO
    readings = {_wild(text, value)}
    if "*" in text.strip("*"):
        readings.add(_at_ends(text, value))
    return frozenset(readings)


def _equal_number(kind: str, text: str, value: float) -> Outcomes:
    if not kind and _is_number(text):
        return frozenset({float(text) == value})
    literal = repr(value)
    if kind:
        return OPEN if _wild(text, literal) else NO
    return frozenset({_wild(text, literal)})


def _ordering(sign: str) -> Callable[[tuple[str, str], Any], Outcomes]:
    def compare(operand: tuple[str, str], value: Any) -> Outcomes:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return OPEN if isinstance(value, str) and _is_number(value) else NO
        limit = float(operand[1])
        strict = value < limit if sign[0] == "<" else value > limit
        return frozenset({strict or (sign.endswith("=") and value == limit)})

    return compare


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", text) is not None


def _wild(pattern: str, value: str) -> bool:
    """Every way to let a `*` stand for some letters is tried."""
    if not pattern:
        return not value
    if pattern[0] == "*":
        return any(_wild(pattern[1:], value[cut:]) for cut in range(len(value) + 1))
    return value[:1] == pattern[0] and _wild(pattern[1:], value[1:])


def _at_ends(pattern: str, value: str) -> bool:
    """A `*` in the middle is a star: `Ev*ent` matches that text alone."""
    core = pattern.strip("*")
    befores = range(len(value) + 1) if pattern.startswith("*") else [0]
    return any(
        value[cut : cut + len(core)] == core
        and (pattern.endswith("*") or cut + len(core) == len(value))
        for cut in befores
    )
