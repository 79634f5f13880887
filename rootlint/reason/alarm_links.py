"""From a metric filter to a person: the alarms on its metric, and what they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import elements, flag, text
from rootlint.model.remember import remembered
from rootlint.model.resource import Resource
from rootlint.model.same import refers_to, same, unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Map, Reference, Unknown, Value, Why
from rootlint.model.watch import Alarm, CompositeAlarm, EventRule, MetricFilter
from rootlint.reason.alarm import Course
from rootlint.reason.alarm_rule import fires
from rootlint.reason.alarm_settings import simulate, watches
from rootlint.reason.event_rule import hears_alarms
from rootlint.reason.mute import muted
from rootlint.reason.people import reaches_person
from rootlint.reason.reach import (
    THROUGH,
    Link,
    Reach,
    best,
    if_holds,
    joined,
    unless_hidden,
    unsure,
)


class Watching(NamedTuple):
    """An alarm that watches a filter's metric, or may, and what one event does to it."""

    alarm: Alarm
    holds: Truth
    course: Course


def together(one: Resource, other: Resource) -> Truth:
    """Whether two resources are in the same account and Region, as a metric and its alarm must be."""
    if one.unit != other.unit:
        return Truth.UNKNOWN
    if one.scope.provider == other.scope.provider:
        return Truth.YES
    here, there = text(one.scope.region), text(other.scope.region)
    return Truth.NO if here is not None and there is not None and here != there else Truth.UNKNOWN


def alarms_on(estate: Estate, metric_filter: MetricFilter) -> tuple[Watching, ...]:
    """The alarms on the filter's metric, also those that may be."""
    found = []
    for alarm in _candidates(estate, metric_filter):
        holds = watches(alarm, metric_filter)
        if holds is not Truth.NO:
            holds &= together(alarm.resource, metric_filter.resource) & alarm.resource.exists
        if holds is not Truth.NO:
            found.append(
                Watching(alarm, holds, simulate(metric_filter, alarm, estate.every(MetricFilter)))
            )
    return tuple(found)


def _candidates(estate: Estate, metric_filter: MetricFilter) -> Iterator[Alarm]:
    """The alarms of the metric's name, and those whose name or metrics have to be looked at.

    An alarm of another unit that has a filter for the same metric itself is that unit's own.
    """
    name = text(metric_filter.metric)
    if name is None:
        yield from estate.every(Alarm)
        return
    by_name, published = _by_metric(estate), _published(estate)
    unit = metric_filter.resource.unit
    for alarm in by_name.get(name, ()):
        if alarm.resource.unit == unit or (alarm.resource.unit, name) not in published:
            yield alarm
    yield from by_name.get(None, ())


@remembered
def _by_metric(estate: Estate) -> dict[str | None, list[Alarm]]:
    """The alarms by the name of their metric, None where that is not a plain name."""
    found: dict[str | None, list[Alarm]] = {}
    for alarm in estate.every(Alarm):
        plain = isinstance(alarm.metric, Known) and not elements(alarm.metrics)[0]
        found.setdefault(text(alarm.metric) if plain else None, []).append(alarm)
    return found


@remembered
def _published(estate: Estate) -> frozenset[tuple[str, str | None]]:
    """The units with the names of the metrics that their filters publish."""
    filters = estate.every(MetricFilter)
    return frozenset((found.resource.unit, text(found.metric)) for found in filters)


def filter_reaches(estate: Estate, metric_filter: MetricFilter) -> Reach:
    """Whether a person hears of an event that the filter matches."""
    nobody = Reach(Truth.NO, Link.ALARM, metric_filter, "no alarm watches the metric")
    paths = (_through(estate, metric_filter, found) for found in alarms_on(estate, metric_filter))
    return unless_hidden(best(paths, nobody), estate.hidden(metric_filter.resource))


def _through(estate: Estate, metric_filter: MetricFilter, found: Watching) -> Reach:
    course = found.course
    hides = course.hides(found.alarm)
    goes = Reach(course.truth, Link.STATE, found.alarm, course.why, hides)
    path = joined(goes, alarm_reaches(estate, found.alarm))
    return if_holds(found.holds, path, hides_metric(found.alarm, metric_filter))


def hides_metric(alarm: Alarm, metric_filter: MetricFilter) -> tuple[Unknown, ...]:
    """What hides whether an alarm watches a filter's metric."""
    names = (alarm.metric, alarm.namespace, alarm.metrics)
    ours = (metric_filter.metric, metric_filter.namespace)
    return unsure(
        alarm.resource, *(found for value in (*names, *ours) for found in unknowns(value))
    )


def alarm_reaches(estate: Estate, alarm: Alarm) -> Reach:
    """Whether an alarm that goes into ALARM tells a person: itself, or what listens to it."""
    found = _reaches(estate).get(alarm.resource.reference)
    return found if found is not None else _alarm_reaches(estate, alarm)


@remembered
def _reaches(estate: Estate) -> Mapping[Reference, Reach]:
    """Each alarm followed once: many filters may feed one."""
    return {x.resource.reference: _alarm_reaches(estate, x) for x in estate.every(Alarm)}


def _alarm_reaches(estate: Estate, alarm: Alarm) -> Reach:
    own = acts(estate, alarm)
    others = (*_composites(estate, alarm), *_rules_on_alarms(estate, alarm))
    return unless_hidden(best((own, *others), own), estate.hidden(alarm.resource))


def acts(estate: Estate, alarm: Alarm | CompositeAlarm) -> Reach:
    """Whether the alarm's own actions reach a person."""
    items, hidden = elements(alarm.actions)
    paths = [reaches_person(estate, item, alarm, alarm.resource) for item in items]
    if hidden is not None:
        paths.append(Reach(Truth.UNKNOWN, Link.ACTION, alarm, "actions are not known", (hidden,)))
    return joined(acting(estate, alarm), best(paths, THROUGH))


def acting(estate: Estate, alarm: Alarm | CompositeAlarm) -> Reach:
    """Whether the alarm does anything at all when it goes into ALARM, wherever that leads."""
    enabled = flag(alarm.actions_enabled, default=True)
    hides = tuple(unknowns(alarm.actions_enabled))
    silent = muted(estate, alarm)
    items, hidden = elements(alarm.actions)
    some = Truth.of(any(text(item) != "" for item in items))
    if hidden is not None:
        some |= Truth.UNKNOWN
    return joined(
        Reach(enabled, Link.ACTION, alarm, "its actions are disabled", hides),
        Reach(~silent.truth, Link.ACTION, silent.by, "its actions are muted at all times"),
        Reach(some, Link.ACTION, alarm, "it has no action", () if hidden is None else (hidden,)),
    )


def _composites(estate: Estate, alarm: Alarm) -> Iterator[Reach]:
    """The composite alarms that the alarm alone brings to ALARM, or may."""
    for composite in estate.every(CompositeAlarm):
        holds = _in_rule(estate, composite, alarm)
        if holds is not Truth.NO:
            alone = Unknown(Why.LIMIT, "states of the other alarms", composite.resource.span)
            hides = unsure(composite.resource, *unknowns(composite.rule), alone)
            yield if_holds(holds, acts(estate, composite), hides)


def _in_rule(estate: Estate, composite: CompositeAlarm, alarm: Alarm) -> Truth:
    def names(name: str, hole: Unknown | None) -> Truth:
        written: Value = hole or Known(name.rpartition(":alarm:")[2], composite.resource.span)
        return estate.denotes(written, alarm, by=composite.resource)

    named = refers_to(composite.rule, alarm.resource.address)
    rule, name = text(composite.rule), text(alarm.name)
    if rule is not None and not named and (name is None or name not in rule):
        return Truth.NO
    return fires(composite.rule, names) & _not_suppressed(estate, composite, alarm)


def _not_suppressed(estate: Estate, composite: CompositeAlarm, alarm: Alarm) -> Truth:
    """An alarm that suppresses the composite alarm keeps it silent: never so on a quiet day, but by itself."""
    if composite.suppressor is None:
        return Truth.YES
    by = composite.suppressor
    if isinstance(by, Map):
        by = by.get("alarm") or by.rest or by
    itself = estate.denotes(by, alarm, by=composite.resource)
    return Truth.NO if itself is Truth.YES else Truth.UNKNOWN


def _rules_on_alarms(estate: Estate, alarm: Alarm) -> Iterator[Reach]:
    """Rules on state changes of alarms: such a rule may tell somebody in the alarm's place.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
    """
    rule = _hearing_alarms(estate).get(alarm.resource.unit)
    if rule is not None:
        told = "a rule hears of alarms"
        hides = (Unknown(Why.LIMIT, "which alarms a rule hears of", rule.resource.span),)
        yield Reach(Truth.UNKNOWN, Link.ACTION, alarm, told, hides)


@remembered
def _hearing_alarms(estate: Estate) -> Mapping[str, EventRule]:
    """By its unit a rule that may hear of alarms."""
    rules = estate.every(EventRule)
    return {x.resource.unit: x for x in rules if hears_alarms(x) is not Truth.NO}


@remembered
def _on_rules(estate: Estate) -> tuple[Alarm, ...]:
    """The alarms on EventBridge's own metrics, or perhaps."""
    every = estate.every(Alarm)
    return tuple(x for x in every if text(x.namespace) in {None, "AWS/Events"})


def triggered(estate: Estate, rule: EventRule) -> Iterator[Reach]:
    """Alarms on the count of a rule's matches, which stand in for a target.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """
    for alarm in _on_rules(estate):
        spaced = same(alarm.namespace, Known("AWS/Events", rule.resource.span))
        named = _dimension(alarm.dimensions, "RuleName")
        holds = spaced & estate.denotes(named, rule, by=alarm.resource)
        if holds is not Truth.NO:
            goes = simulate(_matches(rule, alarm), replace(alarm, dimensions=None))
            counted = Reach(goes.truth, Link.STATE, alarm, goes.why, goes.hides(alarm))
            hides = unsure(alarm.resource, *unknowns(alarm.namespace), *unknowns(named))
            yield if_holds(holds, joined(counted, alarm_reaches(estate, alarm)), hides)


def _dimension(value: Value | None, name: str) -> Value | None:
    """The value of a dimension; what may hold it where it is not known which there are."""
    if isinstance(value, Map):
        return value.get(name) or value.rest
    items, hidden = elements(value)
    named = (item for item in items if isinstance(item, Map) and text(item.get("Name")) == name)
    return next((item.get("Value") for item in named), hidden)


def _matches(rule: EventRule, alarm: Alarm) -> MetricFilter:
    """The metric that EventBridge publishes, as if a filter did: one for each match."""
    one = Known(1, rule.resource.span)
    return MetricFilter(rule.resource, metric=alarm.metric, namespace=alarm.namespace, value=one)
