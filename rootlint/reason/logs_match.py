"""Whether a CloudWatch Logs filter pattern matches a CloudTrail record, three-valued.

UNKNOWN stands for what AWS does not document: `!=` on a field that is not there, `*` in the middle
of a text, a number compared with a text. It stands for unknown parts of the pattern, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from rootlint.model.truth import Truth, any_of
from rootlint.reason.logs_columns import sees_columns
from rootlint.reason.logs_regex import finds
from rootlint.reason.logs_syntax import (
    HOLE,
    AllOf,
    AnyOf,
    ColumnPattern,
    Compare,
    Every,
    JsonPattern,
    Kind,
    Node,
    Operand,
    Pattern,
    Phrase,
    Selector,
    Step,
    TermPattern,
    Test,
    show_operand,
    show_selector,
)
from rootlint.reason.sight import Sight, Term, short, shown, strongest
from rootlint.reason.starred import fits

_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_TESTS: Mapping[str, object] = {"IS NULL": None, "IS TRUE": True, "IS FALSE": False}
# A phrase that reaches from one member of the record into the next depends on their order.
_SPANS_MEMBERS = re.compile(r'["\d}\]],\s?"|[{}\[\]]')


def sees(pattern: Pattern, record: Mapping[str, Any]) -> Sight:
    """Whether the pattern matches the record, and the condition that decided."""
    match pattern:
        case JsonPattern(root):
            return _judge(root, record)
        case TermPattern(phrases):
            return _find(phrases, record)
        case ColumnPattern():
            return sees_columns(pattern, _line(record))


def _judge(node: Node, record: Mapping[str, Any]) -> Sight:
    match node:
        case AllOf(parts):
            sights = tuple(_judge(part, record) for part in parts)
            return strongest(sights, Truth(min(sight.truth.value for sight in sights)))
        case AnyOf(parts):
            sights = tuple(_judge(part, record) for part in parts)
            return strongest(sights, Truth(max(sight.truth.value for sight in sights)))
        case Compare():
            values = tuple(_select(node.selector, record))
            truth = _compare(node, values)
            wanted = f"{node.operator} {show_operand(node.operand)}"
            return Sight(truth, _term(node, wanted, values))
        case Test():
            values = tuple(_select(node.selector, record))
            return Sight(_test(node.asks, values), _term(node, node.asks, values))


def _term(node: Compare | Test, wanted: str, values: tuple[object, ...]) -> Term:
    found = "no such field" if not values else shown(values[0])
    return Term(
        short(show_selector(node.selector)),
        short(wanted.replace(HOLE, "…")),
        found,
        node.start,
        node.end,
    )


def _select(selector: Selector, record: object) -> Iterator[object]:
    """The values that a selector reaches: none where the field is not there."""
    reached = [record]
    for step in selector.steps:
        reached = [value for node in reached for value in _walk(node, step)]
    yield from reached


def _walk(node: object, step: Step) -> Iterator[object]:
    match step:
        case Every():
            if isinstance(node, dict) and step is Every.MEMBER:
                yield from node.values()
            elif isinstance(node, list):
                yield from node
        case int():
            if isinstance(node, list) and step < len(node):
                yield node[step]
        case _:
            if isinstance(node, dict) and step in node:
                yield node[step]


def _test(asks: str, values: tuple[object, ...]) -> Truth:
    if asks == "NOT EXISTS":
        if not values:
            return Truth.YES
        # Whether a field that holds null exists is not documented.
        return Truth.UNKNOWN if all(value is None for value in values) else Truth.NO
    return Truth.of(any(value is _TESTS[asks] for value in values))


def _compare(node: Compare, values: tuple[object, ...]) -> Truth:
    if node.operator == "=":
        return any_of(_equals(node.operand, value) for value in values)
    if node.operator == "!=":
        answers = {_differs(node.operand, value) for value in values}
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    return any_of(_orders(node.operator, node.operand, value) for value in values)


def _equals(operand: Operand, value: object) -> Truth:
    """A selector that reaches an object or a list matches nothing."""
    match value:
        case bool():
            return _perhaps(fits(operand.text, "true" if value else "false"))
        case int() | float():
            return _equals_number(operand, value)
        case str():
            return _equals_text(operand, value)
        case None:
            return _perhaps(fits(operand.text, "null"))
        case _:
            return Truth.NO


def _perhaps(fitting: bool) -> Truth:  # noqa: FBT001 - it takes one fact and weakens it
    """Documented for `IS` only: a text that fits may match, one that does not fit never."""
    return Truth.UNKNOWN if fitting else Truth.NO


def _equals_number(operand: Operand, value: float) -> Truth:
    if operand.kind is Kind.WORD and _NUMBER.fullmatch(operand.text):
        return Truth.of(float(operand.text) == value)
    fitting = fits(operand.text.replace(HOLE, "*"), shown(value))
    if operand.kind is Kind.WORD and HOLE not in operand.text:
        return Truth.of(fitting)
    return _perhaps(fitting)


def _equals_text(operand: Operand, value: str) -> Truth:
    if operand.kind is Kind.REGEX:
        return Truth.UNKNOWN if HOLE in operand.text else finds(operand.text, value)
    if HOLE in operand.text:
        return _perhaps(fits(operand.text.replace(HOLE, "*"), value))
    if operand.kind is Kind.WORD and _NUMBER.fullmatch(operand.text):
        return _perhaps(operand.text == value)
    everywhere = fits(operand.text, value)
    at_the_ends = _fits_at_ends(operand.text, value)
    return Truth.of(everywhere) if everywhere is at_the_ends else Truth.UNKNOWN


def _fits_at_ends(pattern: str, value: str) -> bool:
    """The other reading: `*` is a wildcard at the beginning and the end only."""
    core = pattern.strip("*")
    if not core:
        return fits(pattern, value)
    before, after = pattern.startswith("*"), pattern.endswith("*")
    if before and after:
        return core in value
    if before:
        return value.endswith(core)
    return value.startswith(core) if after else value == core


def _differs(operand: Operand, value: object) -> Truth:
    """`!=`. An object or a list is not compared, as AWS says; what it makes of null is not documented."""
    if isinstance(value, dict | list):
        return Truth.NO
    if value is None:
        return Truth.UNKNOWN
    return ~_equals(operand, value)


def _orders(operator: str, operand: Operand, value: object) -> Truth:
    if not _NUMBER.fullmatch(operand.text):
        return Truth.UNKNOWN
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Truth.UNKNOWN
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Truth.NO
    limit = float(operand.text)
    orders = {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}
    return Truth.of(orders[operator])


def _find(phrases: tuple[Phrase, ...], record: Mapping[str, Any]) -> Sight:
    """Terms are looked for in the text of the record, which CloudTrail writes without blanks."""
    text = _line(record)
    occurs = [(phrase, _occurs(phrase.operand, text)) for phrase in phrases]
    required = [
        _spot(phrase, found if phrase.sign == "" else ~found)
        for phrase, found in occurs
        if phrase.sign != "?"
    ]
    optional = [_spot(phrase, found) for phrase, found in occurs if phrase.sign == "?"]
    if optional:
        required.append(_one_of(optional, alone=not required))
    truth = Truth(min((sight.truth.value for sight in required), default=Truth.YES.value))
    return strongest(tuple(required), truth)


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _one_of(optional: list[Sight], *, alone: bool) -> Sight:
    """`?a ?b`: one must occur. Beside other terms AWS ignores the question mark, as it says itself."""
    truth = any_of(sight.truth for sight in optional)
    if not alone and truth is Truth.NO:
        truth = Truth.UNKNOWN
    return strongest(tuple(optional), truth)


def _spot(phrase: Phrase, truth: Truth) -> Sight:
    wanted = short(f"{phrase.sign}{show_operand(phrase.operand)}")
    found = "in the record" if (truth is Truth.YES) is (phrase.sign != "-") else "not in the record"
    return Sight(truth, Term("the text of the record", wanted, found, phrase.start, phrase.end))


def _occurs(operand: Operand, text: str) -> Truth:
    if HOLE in operand.text:
        return Truth.UNKNOWN
    if operand.kind is Kind.REGEX:
        return finds(operand.text, text)
    if operand.text.strip() == "" or operand.text in text:
        return Truth.YES
    return _perhaps(bool(_SPANS_MEMBERS.search(operand.text)))
