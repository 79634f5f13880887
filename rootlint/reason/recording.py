"""What root does that no trail of the code records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rootlint.embedded import parse_json
from rootlint.model.estate import Estate
from rootlint.model.read import flag, text
from rootlint.model.resource import Resource, Scope
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Known, Map, Unknown, Value, Why
from rootlint.model.watch import EventStore, Trail
from rootlint.reason.accounts import same_account
from rootlint.reason.events import RootEvent
from rootlint.reason.trail import Answer, logs, records, records_global, records_region, selects
from rootlint.source import Span

NOWHERE = "it is recorded nowhere, and nobody hears of it"
_FIELDS = (
    "logging",
    "organization",
    "multi_region",
    "global_events",
    "event_selectors",
    "advanced_event_selectors",
)


class Lost(NamedTuple):
    """An event that a trail does not record, why, and whether no other trail does either."""

    event: RootEvent
    answer: Answer
    alone: Truth


def lost_by_region(trail: Trail, events: Iterable[RootEvent], estate: Estate) -> tuple[Lost, ...]:
    """The events in Regions that a trail does not cover, or (its own not known) may not cover."""
    answers = ((event, records_region(trail, event)) for event in events if _meant(trail, event))
    return _lost(trail, answers, estate)


def lost_by_selection(
    trail: Trail, events: Iterable[RootEvent], estate: Estate
) -> tuple[Lost, ...]:
    """The events that a trail's selectors leave out, or its setting for global services."""
    on = [event for event in events if logs(trail).truth is not Truth.NO]
    answers = ((event, _first(selects(trail, event), records_global(trail, event))) for event in on)
    return _lost(trail, answers, estate)


def otherwise_recorded(trail: Trail, event: RootEvent, estate: Estate) -> Truth:
    """Whether another trail of the account records the event."""
    others = (other for other in estate.every(Trail) if other is not trail)
    return any_of(
        all_of((records(x, event).truth, x.resource.exists, _same(trail, x))) for x in others
    )


def verdict_of(events: Iterable[RootEvent], estate: Estate, *, member: bool = False) -> str:
    """What becomes of events that no trail records; with `member` they are those of a member account.

    An event data store of CloudTrail Lake may keep one; it tells nobody, and feeds neither log groups
    nor EventBridge: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-lake.html
    """
    kept = any_of(
        store.resource.exists & (records_member if member else _records)(_as_trail(store), event)
        for store in estate.every(EventStore)
        for event in events
    )
    return NOWHERE if kept is Truth.NO else "no trail records it, and nobody hears of it"


def _records(trail: Trail, event: RootEvent) -> Truth:
    return records(trail, event).truth


def _as_trail(store: EventStore) -> Trail:
    return Trail(
        store.resource,
        logging=store.logging,
        multi_region=store.multi_region,
        organization=store.organization,
        advanced_event_selectors=store.advanced_event_selectors,
    )


def hidden_in_others(trail: Trail, estate: Estate) -> tuple[Unknown, ...]:
    """What is not known of the other trails: their settings, else whose they are, and where."""
    others = [other for other in estate.every(Trail) if other is not trail]
    written = (getattr(other, name) for other in others for name in _FIELDS)
    hidden = tuple(hole for value in written for hole in unknowns(value))
    return hidden or tuple(hole for other in others for hole in _place(trail, other))


def _place(trail: Trail, other: Trail) -> Iterator[Unknown]:
    resource = other.resource
    if resource.because is not None:
        yield resource.because
    if _same(trail, other) is Truth.UNKNOWN:
        yield Unknown(Why.PSEUDO, "the account of the other trail", resource.span)
    if text(resource.scope.region) is None:
        yield Unknown(Why.PSEUDO, "the Region of the other trail", resource.span)


def _same(trail: Trail, other: Trail) -> Truth:
    """An organization's trail records every account; which one it is made in says nothing."""
    if text(other.organization) == "true":
        return Truth.YES
    return same_account(trail.resource, other.resource)


def _meant(trail: Trail, event: RootEvent) -> bool:
    """Whether the trail would record the event if it covered its Region."""
    answers = (logs(trail), selects(trail, event), records_global(trail, event))
    return all_of(answer.truth for answer in answers) is Truth.YES


def _first(*answers: Answer) -> Answer:
    return min(answers, key=lambda answer: answer.truth.value)


def _lost(
    trail: Trail, answers: Iterable[tuple[RootEvent, Answer]], estate: Estate
) -> tuple[Lost, ...]:
    return tuple(
        Lost(event, answer, ~otherwise_recorded(trail, event, estate))
        for event, answer in answers
        if answer.truth is not Truth.YES
    )


def settings_of(trail: Trail) -> Map:
    """What decides which events a trail records, as written; a Region that is not known may be any."""
    span = trail.resource.span
    region = trail.resource.scope.region
    anywhere = Unknown(Why.PSEUDO, "the Region of the trail", span, shape="region")
    entries: dict[str, Value] = {"region": anywhere if region is None else region}
    for name in _FIELDS:
        value = getattr(trail, name)
        if value is not None:
            entries[name] = value
    return Map(entries, span)


def records_member(trail: Trail, event: RootEvent) -> Truth:
    """Whether a trail of the management account records the event in a member account.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
    """
    return flag(trail.organization, default=False) & records(trail, event).truth


def never_records(settings: str, events: Iterable[RootEvent], *, member: bool = False) -> Truth:
    """Whether a trail with these settings, as JSON, leaves one of the events out; for replays.

    With `member` the events are those of a member account.
    """
    trail = _trail(settings)
    kept = (records_member(trail, event) if member else _records(trail, event) for event in events)
    return any_of(~truth for truth in kept)


def _trail(settings: str) -> Trail:
    nowhere = Span("", 0, 0)
    found = parse_json(Known(settings, nowhere))
    entries = found.entries if isinstance(found, Map) else {}
    scope = Scope(region=entries.get("region"))
    resource = Resource("", "", "", Map({}, nowhere), nowhere, nowhere, scope=scope)
    return Trail(resource, **{name: entries.get(name) for name in _FIELDS})
