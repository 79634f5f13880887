"""The alarms and topics that serve root."""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.root_alarms import near_misses, publishers, root_alarms
from tests.reason.making import (
    alarm,
    estate,
    metric_filter,
    refers,
    rule,
    target,
    topic,
    unknown,
)

OTHER = metric_filter('{ $.errorCode = "AccessDenied*" }', "denied", name="denied", metric="Denied")


def test_the_alarms_of_root_filters_are_found() -> None:
    found = estate(metric_filter(), OTHER, alarm(), alarm("second", metric="Denied"))
    assert [x.watching.alarm.resource.address for x in root_alarms(found)] == ["alarm"]
    assert root_alarms(found)[0].watching.course.truth is Truth.YES


def test_an_alarm_publishes_to_its_topic() -> None:
    found = publishers(estate(metric_filter(), alarm(), topic()), topic())
    assert [(x.by.resource.address, x.holds) for x in found] == [("alarm", Truth.YES)]


def test_a_rule_publishes_to_its_target() -> None:
    found = publishers(estate(rule(), target(), topic()), topic())
    assert [(x.by.resource.address, x.holds) for x in found] == [("rule", Truth.YES)]


@pytest.mark.parametrize("actions", [unknown(), [unknown()]])
def test_an_alarm_with_unknown_actions_may_publish(actions: Any) -> None:
    found = publishers(estate(metric_filter(), alarm(actions=actions), topic()), topic())
    assert [x.holds for x in found] == [Truth.UNKNOWN]


def test_an_alarm_for_something_else_is_no_publisher() -> None:
    assert publishers(estate(OTHER, alarm(metric="Denied"), topic()), topic()) == ()


def test_another_topic_has_no_publisher() -> None:
    other = topic("other", name="others")
    assert publishers(estate(metric_filter(), alarm(), topic(), other), other) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"namespace": "LogMetrics"}, "namespace is `LogMetrics`, not `CIS`"),
        ({"metric": "rootusage"}, "metric is `rootusage`, not `RootUsage`"),
        ({"metric": "root-filter"}, "names the filter, `root-filter`"),
    ],
)
def test_what_nearly_watches_a_metric_is_named(changed: dict[str, Any], told: str) -> None:
    found = metric_filter(name="root-filter")
    (near,) = near_misses(estate(found, alarm(**changed)), found)
    assert told in near.reason


@pytest.mark.parametrize("changed", [{}, {"metric": "CPU"}, {"metric": refers("x", "y")}])
def test_other_alarms_are_no_near_miss(changed: dict[str, Any]) -> None:
    assert near_misses(estate(metric_filter(), alarm(**changed)), metric_filter()) == ()
