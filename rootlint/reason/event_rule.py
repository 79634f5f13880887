"""What an EventBridge rule of the code hears: its pattern, its state, its bus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rootlint.embedded import parse_json
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Map, Value
from rootlint.model.watch import EventRule
from rootlint.reason.event_pattern import delivered_to_state, envelope, hears
from rootlint.reason.events import RootEvent
from rootlint.reason.sight import Sight

_STATE_CHANGE: Mapping[str, Any] = {
    "source": "aws.cloudwatch",
    "detail-type": "CloudWatch Alarm State Change",
}


def pattern_tree(pattern: Value | None) -> Value | None:
    """The pattern as a tree of values, wherever it was written: a map, or a JSON text."""
    return None if pattern is None else parse_json(pattern)


def rule_sees(rule: EventRule, event: RootEvent) -> Sight:
    """Whether the rule matches the event where it appears on its bus; the Region does not count here."""
    tree = pattern_tree(rule.pattern)
    if tree is None:
        return Sight(Truth.NO)
    sight = hears(tree, envelope(event))
    truth = sight.truth & delivered_to_state(event, rule.state) & on_default_bus(rule)
    return Sight(truth, sight.term if sight.truth is truth else None)


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
