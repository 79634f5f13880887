"""Protection that is written and absent under the values in force: then its absence is no oversight."""

from __future__ import annotations

from collections.abc import Iterable

from rootlint.model.estate import Estate
from rootlint.model.organization import (
    OrganizationPolicy,
    OrganizationPolicyAttachment,
    RootFeatures,
)
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Unknown, Why
from rootlint.model.watch import (
    Alarm,
    EventRule,
    EventTarget,
    Listener,
    LogSubscription,
    MetricFilter,
    Trail,
)
from rootlint.reason.alarm_settings import watches
from rootlint.reason.root_watch import root_filter, root_rule


def off_attachments(policy: OrganizationPolicy, estate: Estate) -> tuple[Unknown, ...]:
    """Attachments of a policy for which the values in force name no target."""
    return _said(
        found
        for found in estate.switched_off(OrganizationPolicyAttachment)
        if estate.denotes(found.policy, policy, by=found.resource) is not Truth.NO
    )


def off_features(estate: Estate, unit: str) -> tuple[Unknown, ...]:
    """Centralized root access that a unit has written and switched off."""
    return _said(x for x in estate.switched_off(RootFeatures) if x.resource.unit == unit)


def off_alarms(metric_filter: MetricFilter, estate: Estate) -> tuple[Unknown, ...]:
    """Alarms on a filter's metric that are switched off."""
    unit = metric_filter.resource.unit
    return _said(
        found
        for found in estate.switched_off(Alarm)
        if found.resource.unit == unit and watches(found, metric_filter) is not Truth.NO
    )


def off_trails(near: Resource, estate: Estate) -> tuple[Unknown, ...]:
    """Trails of a unit that are switched off."""
    return _said(x for x in estate.switched_off(Trail) if x.resource.unit == near.unit)


def off_targets(rule: EventRule, estate: Estate) -> tuple[Unknown, ...]:
    """Targets of a rule that are switched off."""
    return _said(
        found
        for found in estate.switched_off(EventTarget)
        if found.resource.unit == rule.resource.unit
        and estate.denotes(found.rule, rule, by=found.resource) is not Truth.NO
    )


def off_watches(trail: Trail, estate: Estate) -> tuple[Unknown, ...]:
    """What looks for root in the trail's unit, itself or its alarms, and is switched off."""
    unit = trail.resource.unit
    filters: list[MetricFilter | LogSubscription] = [
        *estate.switched_off(MetricFilter),
        *estate.switched_off(LogSubscription),
    ]
    rules = estate.switched_off(EventRule)
    off: list[Declared] = [
        *(found for found in filters if root_filter(found) is not Truth.NO),
        *(found for found in rules if root_rule(found) is not Truth.NO),
        *estate.switched_off(Listener),
    ]
    alarms = (
        hole
        for found in estate.every(MetricFilter)
        if found.resource.unit == unit and root_filter(found) is not Truth.NO
        for hole in off_alarms(found, estate)
    )
    return (*_said(found for found in off if found.resource.unit == unit), *alarms)


def _said(things: Iterable[Declared]) -> tuple[Unknown, ...]:
    return tuple(dict.fromkeys(_because(thing.resource) for thing in things))


def _because(resource: Resource) -> Unknown:
    switch = resource.switch
    at = switch.span if switch else resource.span
    told = f": {switch.text}" if switch else ""
    return Unknown(Why.SWITCHED_OFF, f"`{resource.address}`{told}", at)
