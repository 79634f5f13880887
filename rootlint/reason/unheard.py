"""Which patterns saw an event and which did not: what the proofs of missing alarms are made of."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Value
from rootlint.model.watch import EventRule, Listener, MetricFilter, Trail
from rootlint.reason.chain import nears, watches
from rootlint.reason.events import RootEvent
from rootlint.reason.forwarding import NOT_FORWARDED
from rootlint.reason.sight import Sight, Term
from rootlint.reason.watch import Watch


class Pattern(NamedTuple):
    """The pattern of a watch as written; `log` says that it is a log filter's, `state` is a rule's.

    `term` is the part of it that keeps an event away.
    """

    value: Value
    log: bool
    state: Value | None = None
    term: Term | None = None


def pattern_of(watch: Watch) -> Pattern | None:
    value = watch.thing.pattern
    log = not isinstance(watch.thing, EventRule | Listener)
    state = watch.thing.state if isinstance(watch.thing, EventRule) else None
    return None if value is None else Pattern(value, log, state)


def blind_patterns(estate: Estate, trail: Trail, event: RootEvent) -> tuple[Pattern, ...]:
    """The patterns that look at what the trail records and do not match the event."""
    found = (
        (pattern_of(watch), watch.sight(event))
        for watch in watches(estate)
        if nears(estate, trail, watch).truth is Truth.YES and _fails(watch.sight(event))
    )
    return tuple(
        pattern._replace(term=sight.term) for pattern, sight in found if pattern is not None
    )


def _fails(sight: Sight) -> bool:
    """Whether it is the pattern, or the state, that keeps the event away."""
    at_the_bus = sight.term is not None and sight.term.field == NOT_FORWARDED
    return sight.truth is Truth.NO and not at_the_bus


def first_seen(watch: Watch) -> RootEvent | None:
    """The most telling event that a watch sees for certain."""
    for event in watch.events:
        if watch.sight(event).truth is Truth.YES:
            return event
    return None


def metric_name(metric_filter: MetricFilter) -> str:
    """The metric of a filter as people write it: `Security/RootUsage`."""
    names = (text(value) or "…" for value in (metric_filter.namespace, metric_filter.metric))
    return "/".join(names)
