"""Whether a filter or rule is meant for the root user.

It is if some event of root that it matches stops matching once an IAM user makes the same call, or
if it compares a field of the identity with `Root` or an ARN of root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, List, Map, Text, Unknown, Value
from rootlint.model.watch import EventRule, Listener, LogSubscription, MetricFilter
from rootlint.reason.event_pattern import envelope, hears
from rootlint.reason.event_rule import pattern_tree
from rootlint.reason.events import as_user, by_root
from rootlint.reason.logs_pattern import LONGEST, Fault, conditions, parse, read_pattern, sees
from rootlint.reason.logs_syntax import Compare, Pattern

_IDENTITY = "useridentity"
_DEEPEST = 40


def root_filter(found: MetricFilter | LogSubscription) -> Truth:
    """Whether a metric or subscription filter looks for the root user."""
    if found.pattern is None:
        return Truth.NO
    written = text(found.pattern)
    if written is not None and len(written) <= LONGEST:
        return _root_text(written, named=_named_root(found))
    pattern = read_pattern(found.pattern)
    if written is not None and isinstance(pattern, Fault):
        return Truth.of(_mentions_root(written))
    if isinstance(pattern, Unknown | Fault):
        return Truth.UNKNOWN
    return _root_pattern(pattern, named=_named_root(found))


@lru_cache(maxsize=1024)
def _root_text(written: str, *, named: bool) -> Truth:
    pattern = parse(written)
    if isinstance(pattern, Fault):
        return Truth.of(_mentions_root(written))
    return _root_pattern(pattern, named=named)


def _root_pattern(pattern: Pattern, *, named: bool) -> Truth:
    literal = _compares_root(pattern, named=named)
    return Truth.of(literal or _needs_root(lambda record: sees(pattern, record).truth))


def root_rule(rule: EventRule | Listener) -> Truth:
    """Whether an event rule, or a rule of User Notifications, looks for the root user."""
    tree = pattern_tree(rule.pattern)
    if tree is None:
        return Truth.NO
    if isinstance(tree, Unknown):
        return Truth.UNKNOWN
    if isinstance(tree, Known):
        return Truth.of(_mentions_root(str(tree.value)))
    wanted = tuple(_identity_values(tree))
    if any(isinstance(x, str) and _says_root(x) for x in wanted) or _hears_root_only(tree):
        return Truth.YES
    return Truth.UNKNOWN if any(isinstance(x, Unknown) for x in wanted) else Truth.NO


def _needs_root(see: Callable[[Mapping[str, Any]], Truth]) -> bool:
    """Whether the identity is what is looked for: an IAM user, in a session of root or not, is not seen."""
    return any(
        see(event.record) is Truth.YES
        and see(as_user(event, keep=True)) is Truth.NO
        and see(as_user(event, keep=False)) is Truth.NO
        for event in by_root()
    )


def _hears_root_only(tree: Value) -> bool:
    for event in by_root():
        message = envelope(event)
        kept = {**message, "detail": as_user(event, keep=True)}
        bare = {**message, "detail": as_user(event, keep=False)}
        if hears(tree, message).truth is Truth.YES:
            seen = (hears(tree, kept).truth, hears(tree, bare).truth)
            if seen == (Truth.NO, Truth.NO):
                return True
    return False


def _compares_root(pattern: Pattern, *, named: bool) -> bool:
    return any(
        _says_root(condition.operand.text)
        and (condition.operator == "=" or named)
        and any(str(step).lower() == _IDENTITY for step in condition.selector.steps)
        for condition in conditions(pattern)
        if isinstance(condition, Compare)
    )


def _says_root(operand: str) -> bool:
    return operand.strip("*").lower() == "root" or ":root" in operand


def _mentions_root(pattern: str) -> bool:
    """Of a pattern that cannot be parsed: whether it speaks of the identity and of root."""
    folded = pattern.lower()
    return _IDENTITY in folded and "root" in folded


def _named_root(found: MetricFilter | LogSubscription) -> bool:
    names = [getattr(found, field, None) for field in ("name", "metric")]
    return any("root" in (text(name) or "").lower() for name in names)


def _identity_values(tree: Value) -> Iterator[str | Unknown]:
    """What the pattern wants in fields below `userIdentity`, negated ones left out."""
    stack: list[tuple[Value, bool, int]] = [(tree, False, 0)]
    while stack:
        value, inside, depth = stack.pop()
        match value:
            case Map(entries=entries) if depth < _DEEPEST:
                stack.extend(
                    (entry, inside or name.lower() == _IDENTITY, depth + 1)
                    for name, entry in entries.items()
                    if name != "anything-but"
                )
            case List(items=items, rest=rest):
                stack.extend((item, inside, depth + 1) for item in items)
                if inside and rest is not None:
                    yield rest
            case Known(value=str() as wanted) if inside:
                yield wanted
            case Unknown(refers=None) if inside:
                yield value
            case Text(parts=parts) if inside:
                yield "".join(part for part in parts if isinstance(part, str))
            case _:
                pass
