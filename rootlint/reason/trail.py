"""Which events a CloudTrail trail records.

Selectors: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html and
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rootlint.model.read import elements, flag, text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Choice, Map, Unknown, Value, Why
from rootlint.model.watch import Trail
from rootlint.reason.events import RootEvent
from rootlint.source import Span


class Answer(NamedTuple):
    """Whether something holds, the reason in a few words, where that is written, and what hides it."""

    truth: Truth
    reason: str = ""
    span: Span | None = None
    because: tuple[Unknown, ...] = ()


_RECORDED = Answer(Truth.YES)


def records(trail: Trail, event: RootEvent) -> Answer:
    """Whether the trail records the event: the first thing that forbids it, else what is not known."""
    answers = (
        logs(trail),
        records_region(trail, event),
        records_global(trail, event),
        selects(trail, event),
    )
    truth = all_of(answer.truth for answer in answers)
    return next(answer for answer in answers if answer.truth is truth)


def logs(trail: Trail) -> Answer:
    """Whether the trail is switched on; it is where the code does not say."""
    truth = flag(trail.logging, default=True)
    return _answer(truth, "the trail does not log", trail.logging)


def records_region(trail: Trail, event: RootEvent) -> Answer:
    """Whether the trail covers the Region in which the event is recorded.

    Since November 2021 a trail of one other Region receives no events of global services:
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
    """
    everywhere = flag(trail.multi_region, default=False)
    here = text(trail.resource.scope.region)
    if everywhere is Truth.YES or here == event.region:
        return _RECORDED
    if here is not None:
        only = f"the trail covers `{here}` only, the event is in `{event.region}`"
        return _answer(everywhere, only, trail.multi_region)
    only = f"the trail covers one Region only, the event is in `{event.region}`"
    region = trail.resource.scope.region or trail.multi_region
    own = Unknown(Why.PSEUDO, "the Region of the trail", trail.resource.span)
    found = _answer(Truth.UNKNOWN, only, region)
    return found if any(True for _ in unknowns(region)) else found._replace(because=(own,))


def records_global(trail: Trail, event: RootEvent) -> Answer:
    """Whether the trail includes the events of global services, as it does unless told otherwise."""
    if not event.global_service:
        return _RECORDED
    truth = flag(trail.global_events, default=True)
    return _answer(truth, "the trail leaves out the events of global services", trail.global_events)


def selects(trail: Trail, event: RootEvent) -> Answer:
    """Whether one of the trail's selectors takes the event. Without any, management events are."""
    basic = _selected(trail.event_selectors, event, takes)
    advanced = _selected(trail.advanced_event_selectors, event, takes_advanced)
    given = [answer for answer in (basic, advanced) if answer is not None]
    if not given:
        management = Truth.of(event.record["eventCategory"] == "Management")
        return Answer(management, "without a selector only management events are recorded")
    truth = any_of(answer.truth for answer in given)
    return next(answer for answer in given if answer.truth is truth)


def takes(selector: Map, event: RootEvent) -> Truth:
    """Whether a basic event selector takes the event."""
    record = event.record
    if record["eventCategory"] != "Management":
        resources = selector.get("DataResources")
        return Truth.NO if resources is None and selector.rest is None else Truth.UNKNOWN
    return all_of(
        (
            flag(selector.get("IncludeManagementEvents"), default=True),
            _read_or_write(selector.get("ReadWriteType"), read_only=record["readOnly"]),
            ~_excluded(selector.get("ExcludeManagementEventSources"), record["eventSource"]),
            Truth.YES if selector.rest is None else Truth.UNKNOWN,
        )
    )


def takes_advanced(selector: Map, event: RootEvent) -> Truth:
    """Whether an advanced event selector takes the event: all its field selectors do."""
    fields, hidden = elements(selector.get("FieldSelectors"))
    truths = [takes_field(field, event.record) for field in fields]
    if hidden is not None or selector.rest is not None or not truths:
        truths.append(Truth.UNKNOWN)
    return all_of(truths)


def _selected(
    selectors: Value | None, event: RootEvent, take: Callable[[Map, RootEvent], Truth]
) -> Answer | None:
    """The answer of a list of selectors, of which one must take the event; None where there is none."""
    items, hidden = elements(selectors)
    if selectors is None or (not items and hidden is None):
        return None
    truths = [take(item, event) if isinstance(item, Map) else Truth.UNKNOWN for item in items]
    if hidden is not None:
        truths.append(Truth.UNKNOWN)
    return _answer(any_of(truths), "no selector of the trail takes the event", selectors)


def _read_or_write(value: Value | None, *, read_only: bool) -> Truth:
    if isinstance(value, Choice):
        answers = {_read_or_write(option.value, read_only=read_only) for option in value.options}
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    match "All" if value is None else text(value):
        case "All":
            return Truth.YES
        case "ReadOnly":
            return Truth.of(read_only)
        case "WriteOnly":
            return Truth.of(not read_only)
        case _:
            return Truth.UNKNOWN


def _excluded(sources: Value | None, source: str) -> Truth:
    items, hidden = elements(sources)
    found = any_of(_is(item, source) for item in items)
    return found if hidden is None else found | Truth.UNKNOWN


def _is(value: Value, wanted: str) -> Truth:
    known = text(value)
    return Truth.UNKNOWN if known is None else Truth.of(known == wanted)


_Compare = Callable[[str, str], bool]
_OPERATORS: Mapping[str, tuple[_Compare, bool]] = {
    "Equals": (str.__eq__, False),
    "NotEquals": (str.__eq__, True),
    "StartsWith": (str.startswith, False),
    "NotStartsWith": (str.startswith, True),
    "EndsWith": (str.endswith, False),
    "NotEndsWith": (str.endswith, True),
}


def takes_field(selector: Value, record: Mapping[str, Any]) -> Truth:
    """A field selector: the values of one operator are alternatives, its operators are joined by and."""
    if not isinstance(selector, Map) or selector.rest is not None:
        return Truth.UNKNOWN
    name = text(selector.get("Field"))
    if name is None:
        return Truth.UNKNOWN
    value = field_of(record, name)
    truths = [
        _holds(operator, written, value)
        for operator, written in selector.entries.items()
        if operator in _OPERATORS
    ]
    return all_of(truths) if truths else Truth.UNKNOWN


def _holds(operator: str, written: Value, value: str | None) -> Truth:
    compare, negated = _OPERATORS[operator]
    items, hidden = elements(written)
    if not items and hidden is None:
        # An operator without values is one that the provider writes for every selector.
        return Truth.YES
    if value is None:
        return Truth.UNKNOWN if negated else Truth.NO
    truths = [_compared(compare, value, text(item)) for item in items]
    found = any_of([*truths, *([Truth.UNKNOWN] if hidden is not None else [])])
    return ~found if negated else found


def _compared(compare: _Compare, value: str, wanted: str | None) -> Truth:
    return Truth.UNKNOWN if wanted is None else Truth.of(compare(value, wanted))


def field_of(record: Mapping[str, Any], name: str) -> str | None:
    """A field of the record as text, `userIdentity.arn`; None where it is not there."""
    node: Any = record
    for part in name.split("."):
        node = node.get(part) if isinstance(node, Mapping) else None
    match node:
        case bool():
            return "true" if node else "false"
        case str():
            return node
        case _:
            return None


def _answer(truth: Truth, reason: str, value: Value | None) -> Answer:
    span = value.span if value is not None else None
    if truth is Truth.YES:
        return _RECORDED
    because = tuple(unknowns(value)) if truth is Truth.UNKNOWN else ()
    if truth is Truth.UNKNOWN and not because and span is not None:
        because = (Unknown(Why.LIMIT, reason, span),)
    return Answer(truth, reason, span, because)
