"""What an EventBridge rule of the code hears: its pattern, its state, its bus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rootlint.embedded import parse_json
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Encoded, Known, List, Map, Unknown, Value, Why
from rootlint.model.watch import EventRule
from rootlint.reason.event_pattern import ALL_EVENTS, delivered_to_state, envelope, hears
from rootlint.reason.events import RootEvent
from rootlint.reason.sight import Sight, Term

_LONGEST = 4096
STATE = "state"
"""The field of a term that says that the state of the rule decides."""
_STATE_CHANGE: Mapping[str, Any] = {
    "source": "aws.cloudwatch",
    "detail-type": "CloudWatch Alarm State Change",
}


def pattern_tree(pattern: Value | None) -> Value | None:
    """The pattern as a tree of values, wherever it was written: a map, or a JSON text.

    A known text that is no JSON stays what it is: EventBridge takes no such pattern.

    A pattern has at most 4,096 characters; of a much larger one nothing is worked out:
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    """
    if pattern is None:
        return None
    if isinstance(pattern, Known) and len(str(pattern.value)) > 4 * _LONGEST:
        return Unknown(Why.LIMIT, "the pattern is too long", pattern.span)
    tree = parse_json(pattern)
    if isinstance(tree, Unknown) and tree.why is Why.SYNTAX and isinstance(pattern, Known):
        return pattern
    return Unknown(Why.LIMIT, "the pattern is too large", pattern.span) if _large(tree) else tree


def _large(tree: Value) -> bool:
    stack: list[Value | None] = [tree]
    count = 0
    while stack and count <= _LONGEST:
        count += 1
        match stack.pop():
            case List(items=items):
                stack.extend(items)
            case Map(entries=entries):
                stack.extend(entries.values())
            case Choice(options=options):
                stack.extend(option.value for option in options)
            case Encoded(value=inner):
                stack.append(inner)
            case _:
                pass
    return count > _LONGEST


def rule_sees(rule: EventRule, tree: Value, event: RootEvent) -> Sight:
    """Whether a rule with this pattern matches the event once it comes to its bus.

    The term is that of the pattern, else the rule's state where that is what keeps the event away.
    """
    sight = hears(tree, envelope(event))
    state = delivered_to_state(event, rule.state)
    truth = sight.truth & state
    if sight.truth is truth:
        return sight
    if state is truth and rule.state is not None:
        written = text(rule.state) or "…"
        return Sight(truth, Term(STATE, ALL_EVENTS, written, span=rule.state.span))
    return Sight(truth)


def on_default_bus(rule: EventRule) -> Truth:
    """Whether the rule is on the bus on which AWS services put their events; another may be fed."""
    name = text(rule.bus)
    if rule.bus is None or name == "default" or (name or "").endswith(":event-bus/default"):
        return Truth.YES
    return Truth.UNKNOWN


def hears_alarms(rule: EventRule) -> Truth:
    """Whether the rule may hear of an alarm that changes its state: NO or UNKNOWN.

    Of the pattern only the kind of event counts: which alarms it names is another matter.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
    """
    tree = pattern_tree(rule.pattern)
    if tree is None:
        return Truth.NO
    if isinstance(tree, Map):
        kept = {name: value for name, value in tree.entries.items() if name in _STATE_CHANGE}
        tree = replace(tree, entries=kept)
    return hears(tree, _STATE_CHANGE).truth & Truth.UNKNOWN
