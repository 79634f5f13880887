"""The alarms and topics that serve root: what a root filter feeds, and who publishes to a topic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import elements, text
from rootlint.model.truth import Truth
from rootlint.model.watch import Alarm, EventRule, EventTarget, MetricFilter, Topic
from rootlint.reason.alarm_links import Watching, alarms_on
from rootlint.reason.chain import Watch, watches


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


@lru_cache(maxsize=4)
def root_alarms(estate: Estate) -> tuple[RootAlarm, ...]:
    """The alarms on the metrics of the filters that are meant for root, for certain or perhaps."""
    return tuple(
        RootAlarm(watch, watch.thing, watching)
        for watch in watches(estate)
        if watch.root is not Truth.NO and isinstance(watch.thing, MetricFilter)
        for watching in alarms_on(estate, watch.thing)
    )


def publishers(estate: Estate, topic: Topic) -> tuple[Publisher, ...]:
    """The root watches that publish to a topic, or may."""
    return (*_alarming(estate, topic), *_targeting(estate, topic))


def _alarming(estate: Estate, topic: Topic) -> Iterator[Publisher]:
    for watch, _, (alarm, watched, _) in root_alarms(estate):
        actions, hidden = elements(alarm.actions)
        named = Truth.NO if hidden is None else Truth.UNKNOWN
        for action in actions:
            named |= estate.denotes(action, topic, by=alarm.resource)
        holds = named & watched & watch.root
        if holds is not Truth.NO:
            yield Publisher(watch, alarm, holds)


def _targeting(estate: Estate, topic: Topic) -> Iterator[Publisher]:
    targets = estate.linked(EventTarget, "target", topic)
    for watch in watches(estate):
        rule = watch.thing
        if not targets or watch.root is Truth.NO or not isinstance(rule, EventRule):
            continue
        for found in targets:
            target = found.thing
            holds = found.holds & watch.root
            holds &= estate.denotes(target.rule, rule, by=target.resource)
            if holds is not Truth.NO:
                yield Publisher(watch, rule, holds)


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
