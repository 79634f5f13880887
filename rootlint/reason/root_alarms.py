"""The alarms and topics that serve root: what a root filter feeds, and who publishes to a topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import elements, text
from rootlint.model.remember import remembered
from rootlint.model.truth import Truth
from rootlint.model.value import Reference
from rootlint.model.watch import Alarm, EventRule, EventTarget, MetricFilter, Topic
from rootlint.reason.alarm_links import Watching, alarms_on
from rootlint.reason.chain import watch_of, watches
from rootlint.reason.watch import Watch


class RootAlarm(NamedTuple):
    """An alarm on the metric of a root filter, and what one event does to it."""

    watch: Watch
    metric_filter: MetricFilter
    watching: Watching


class Publisher(NamedTuple):
    """A root watch that publishes to a topic, through an alarm or as a rule; `holds` if it does."""

    watch: Watch
    by: Alarm | EventRule
    holds: Truth


class NearMiss(NamedTuple):
    """An alarm that nearly watches a metric, and what differs."""

    alarm: Alarm
    reason: str


@remembered
def root_alarms(estate: Estate) -> tuple[RootAlarm, ...]:
    """The alarms on the metrics of the filters that are meant for root, for certain or perhaps."""
    return tuple(
        RootAlarm(watch, watch.thing, watching)
        for watch in watches(estate)
        if watch.root is not Truth.NO and isinstance(watch.thing, MetricFilter)
        for watching in alarms_on(estate, watch.thing)
    )


def alarms_of(estate: Estate, alarm: Alarm) -> tuple[RootAlarm, ...]:
    """What an alarm is on the metrics of root filters, for certain or perhaps."""
    return _by_alarm(estate).get(alarm.resource.reference, ())


@remembered
def _by_alarm(estate: Estate) -> Mapping[Reference, tuple[RootAlarm, ...]]:
    found: dict[Reference, list[RootAlarm]] = {}
    for one in root_alarms(estate):
        found.setdefault(one.watching.alarm.resource.reference, []).append(one)
    return {own: tuple(alarms) for own, alarms in found.items()}


def publishers(estate: Estate, topic: Topic) -> tuple[Publisher, ...]:
    """The root watches that publish to a topic, or may."""
    if not _alarming(estate) and not _by_target(estate):
        return ()
    return (*_alarming(estate).get(topic.resource.reference, ()), *_targeting(estate, topic))


@remembered
def _alarming(estate: Estate) -> Mapping[Reference, list[Publisher]]:
    """The alarms of root, by the topics that they publish to."""
    found: dict[Reference, list[Publisher]] = {}
    for watch, _, (alarm, watched, _) in root_alarms(estate):
        for topic, named in _topics_of(estate, alarm):
            holds = named & watched & watch.root
            if holds is not Truth.NO:
                publisher = Publisher(watch, alarm, holds)
                found.setdefault(topic.resource.reference, []).append(publisher)
    return found


def _topics_of(estate: Estate, alarm: Alarm) -> Iterator[tuple[Topic, Truth]]:
    """The topics that an alarm's actions name; all of them, perhaps, where these are not known."""
    actions, hidden = elements(alarm.actions)
    named: dict[Reference, tuple[Topic, Truth]] = {}
    if hidden is not None:
        named = {x.resource.reference: (x, Truth.UNKNOWN) for x in estate.every(Topic)}
    for action in actions:
        for link in estate.target(action, Topic, alarm.resource):
            own = link.thing.resource.reference
            _, before = named.get(own, (link.thing, Truth.NO))
            named[own] = (link.thing, before | link.holds)
    yield from named.values()


def _targeting(estate: Estate, topic: Topic) -> Iterator[Publisher]:
    by_target = _by_target(estate)
    for found in estate.linked(EventTarget, "target", topic):
        for publisher in by_target.get(id(found.thing), ()):
            yield publisher._replace(holds=publisher.holds & found.holds)


@remembered
def _by_target(estate: Estate) -> Mapping[int, tuple[Publisher, ...]]:
    """The rules for root whose targets these are, or may be."""
    every = ((id(x), tuple(_rules_of(estate, x))) for x in estate.every(EventTarget))
    return {target: rules for target, rules in every if rules}


def _rules_of(estate: Estate, target: EventTarget) -> Iterator[Publisher]:
    for rule in estate.target(target.rule, EventRule, target.resource):
        if rule.thing.pattern is not None:
            watch = watch_of(estate, rule.thing)
            holds = watch.root & rule.holds
            if holds is not Truth.NO:
                yield Publisher(watch, rule.thing, holds)


def near_misses(estate: Estate, metric_filter: MetricFilter) -> tuple[NearMiss, ...]:
    """The alarms of the filter's unit that seem to be meant for its metric, and do not watch it."""
    found = []
    for alarm in estate.every(Alarm):
        if alarm.resource.unit == metric_filter.resource.unit:
            reason = _nearly(alarm, metric_filter)
            if reason:
                found.append(NearMiss(alarm, reason))
    return tuple(found)


def _nearly(alarm: Alarm, metric_filter: MetricFilter) -> str:
    ours, theirs = text(metric_filter.metric), text(alarm.metric)
    if ours is None or theirs is None:
        return ""
    space, other = text(metric_filter.namespace), text(alarm.namespace)
    if ours == theirs and space is not None and other is not None and space != other:
        return f"its namespace is `{other}`, not `{space}`"
    if ours == theirs:
        return ""
    if ours.lower() == theirs.lower():
        return f"its metric is `{theirs}`, not `{ours}`"
    if theirs == text(metric_filter.name):
        return f"it names the filter, `{theirs}`, not the metric `{ours}`"
    return ""
