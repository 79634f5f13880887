"""Chains over units and Regions."""

from __future__ import annotations

from dataclasses import replace

from rootlint.model.estate import Estate
from rootlint.model.resource import Door, Scope
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Reference
from rootlint.model.watch import (
    MetricFilter,
)
from rootlint.reason.chain import watches
from rootlint.reason.reach import Link
from rootlint.reason.watch import Watch
from tests.reason.making import (
    alarm,
    estate,
    group,
    metric_filter,
    refers,
    resource,
    subscription,
    topic,
    trail,
    unit,
    unknown,
    value,
)

LOGS = (trail(), group())
WHOLE: tuple[Declared, ...] = (*LOGS, metric_filter(), alarm(), topic(), subscription())


def without(*kinds: type) -> list[Declared]:
    return [thing for thing in WHOLE if not isinstance(thing, kinds)]


def with_instead(*things: Declared) -> Estate:
    """The whole chain, with these things in the place of those of their kind."""
    return estate(*without(*(type(thing) for thing in things)), *things)


def of_filter(found: Estate) -> Watch:
    return next(watch for watch in watches(found) if isinstance(watch.thing, MetricFilter))


def test_an_alarm_in_another_region_does_not_see_the_metric() -> None:
    here = Scope("a", region=value("us-east-1"))
    there = Scope("b", region=value("eu-west-1"))
    found = with_instead(
        replace(metric_filter(), resource=resource("filter", scope=here)),
        replace(alarm(), resource=resource("alarm", scope=there)),
    )
    assert of_filter(found).reach.link is Link.ALARM


def test_an_export_of_another_unit_is_followed() -> None:
    exported = Door("topic", refers("topic", "arn", unit="topics"), value("alerts-topic"))
    topics = unit(
        replace(topic(), resource=resource("topic", unit="topics")),
        subscription(topic=refers("topic", "arn", unit="topics")),
        name="topics",
        doors=(exported,),
    )
    action = replace(unknown(), refers=Reference("", "export", "alerts-topic"))
    found = Estate([unit(*LOGS, metric_filter(), alarm(actions=[action])), topics])
    assert of_filter(found).reach.truth is Truth.YES
