"""Whether an EventBridge rule hears of an event: its pattern, its state and its Region, three-valued.

Patterns: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and
https://github.com/aws/event-ruler. Which events a rule receives:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rootlint.embedded import parse_json
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Encoded, Known, List, Map, Unknown, Value, Why
from rootlint.reason.event_matchers import MATCHERS, matches, written
from rootlint.reason.events import RootEvent
from rootlint.reason.sight import Sight, Term, shown, strongest

_DEEPEST = 40
_UNSURE = Sight(Truth.UNKNOWN)
WHOLE = "the pattern"
"""The field of a term that is about the whole pattern."""
ALL_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def envelope(event: RootEvent) -> Mapping[str, Any]:
    """The event as it appears on the bus."""
    bus = event.eventbridge
    return {
        "version": "0",
        "id": event.record["eventID"],
        "detail-type": bus.detail_type,
        "source": bus.source,
        "account": bus.account,
        "time": event.record["eventTime"],
        "region": bus.region,
        "resources": [],
        "detail": event.record,
    }


def hears(pattern: Value, message: Mapping[str, Any]) -> Sight:
    """Whether a pattern matches a message, and the field that decided.

    The pattern is a tree of values, or a JSON text. A known text that is no JSON is no pattern that
    EventBridge would take: no such rule ever matches.
    """
    tree = parse_json(pattern)
    if isinstance(tree, Unknown) and tree.why is Why.SYNTAX and isinstance(pattern, Known):
        return Sight(Truth.NO, Term(WHOLE, "a JSON object", "", span=tree.span, refused=True))
    return _object(tree, message, ())


def delivered(event: RootEvent, state: Value | None, region: Value | None) -> Truth:
    """Whether the default bus of a Region gives the event to a rule in that state.

    Not written, the state is ENABLED. Rules in that state do not receive read-only management
    events. An event appears on the bus of its own Region only.
    """
    here = text(region)
    near = Truth.UNKNOWN if here is None else Truth.of(here == event.eventbridge.region)
    return delivered_to_state(event, state) & near


def delivered_to_state(event: RootEvent, state: Value | None) -> Truth:
    """Whether a rule in that state receives the event, whatever its Region."""
    if isinstance(state, Choice):
        return agreed([delivered_to_state(event, option.value) for option in state.options])
    bus = event.eventbridge
    match "ENABLED" if state is None else (text(state) or "").upper():
        case "ENABLED":
            return Truth.of(bus.enabled)
        case "DISABLED":
            return Truth.NO
        case name if name == ALL_EVENTS:
            return Truth.of(bus.enabled_with_all)
        case _:
            return Truth.UNKNOWN if bus.enabled_with_all else Truth.NO


def agreed(answers: list[Truth]) -> Truth:
    """What all alternatives say, else UNKNOWN."""
    return answers[0] if len(set(answers)) == 1 else Truth.UNKNOWN


def _object(pattern: Value, node: object, path: tuple[str, ...]) -> Sight:
    """Fields are joined by and. `node` is the part of the event, or `None` where it is not there."""
    if len(path) > _DEEPEST:
        return _UNSURE
    match pattern:
        case Map():
            return _fields(pattern, node, path)
        case Encoded(value=inner):
            return _object(inner, node, path)
        case Choice():
            return _either(pattern, lambda value: _object(value, node, path))
        case Unknown():
            return _UNSURE
        case _:
            return _refused(pattern, path, "an object")


def _fields(pattern: Map, node: object, path: tuple[str, ...]) -> Sight:
    sights = [_field(name, value, node, path) for name, value in pattern.entries.items()]
    if pattern.rest is not None:
        sights.append(_UNSURE)
    if not sights:
        return _UNSURE
    return strongest(tuple(sights), Truth(min(sight.truth.value for sight in sights)))


def _field(name: str, value: Value, node: object, path: tuple[str, ...]) -> Sight:
    if name == "$or" and _is_or(value):
        assert isinstance(value, List)
        sights = tuple(_object(option, node, (*path, name)) for option in value.items)
        return strongest(sights, Truth(max(sight.truth.value for sight in sights)))
    inner = node.get(name, _GONE) if isinstance(node, Mapping) else _GONE
    return _below(value, inner, (*path, name))


def _is_or(value: Value) -> bool:
    """`$or` is an operator before two objects or more that are no matchers, else a field's name."""
    return (
        isinstance(value, List)
        and value.rest is None
        and len(value.items) >= 2
        and all(isinstance(item, Map) and not MATCHERS & set(item.entries) for item in value.items)
    )


class _Gone:
    """A field that the event does not have."""


_GONE = _Gone()


def _below(value: Value, node: object, path: tuple[str, ...]) -> Sight:
    """A field's pattern: an object for what lies below it, or the list of what it may be."""
    match value:
        case Map():
            return _inside(value, node, path)
        case List():
            return _leaf(value, node, path)
        case Encoded(value=inner):
            return _below(inner, node, path)
        case Choice():
            return _either(value, lambda chosen: _below(chosen, node, path))
        case Unknown():
            return _UNSURE
        case _:
            return _refused(value, path, "a list")


def _inside(value: Map, node: object, path: tuple[str, ...]) -> Sight:
    """All fields below must match within one element of a list."""
    if not isinstance(node, list) or not node:
        return _object(value, node, path)
    sights = tuple(_object(value, element, path) for element in node)
    return strongest(sights, Truth(max(sight.truth.value for sight in sights)))


def _leaf(value: List, node: object, path: tuple[str, ...]) -> Sight:
    values = _values(node)
    truths = [matches(candidate, values, node) for candidate in value.items]
    if value.rest is not None:
        truths.append(Truth.UNKNOWN)
    truth = Truth(max((found.value for found in truths), default=Truth.NO.value))
    if truth is Truth.YES:
        return Sight(truth)
    found = "no such field" if isinstance(node, _Gone) else shown(node)
    return Sight(truth, Term(_dotted(path), written(value), found, span=value.span))


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(name for name in path if name != "$or")


def _values(node: object) -> tuple[object, ...]:
    """The scalars that a field holds: each element of a list for itself."""
    found: list[object] = []
    stack = [node]
    while stack:
        match stack.pop():
            case list() as elements:
                stack.extend(reversed(elements))
            case dict() | _Gone():
                pass
            case scalar:
                found.append(scalar)
    return tuple(found)


def _either(choice: Choice, answer: Callable[[Value], Sight]) -> Sight:
    sights = [_UNSURE if x.value is None else answer(x.value) for x in choice.options]
    truth = agreed([sight.truth for sight in sights])
    return strongest(tuple(sights), truth)


def _refused(value: Value, path: tuple[str, ...], wanted: str) -> Sight:
    """EventBridge takes no such pattern, so no such rule ever matches."""
    found = shown(value.value) if isinstance(value, Known) else "a text"
    field = _dotted(path) or WHOLE
    return Sight(Truth.NO, Term(field, wanted, found, span=value.span, refused=True))
