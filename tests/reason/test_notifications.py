"""From a rule of User Notifications to a person."""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.estate import Estate
from rootlint.model.resource import BlindSpot, Door
from rootlint.model.truth import Truth
from rootlint.model.value import Known, List
from rootlint.model.watch import Channel, Listener, NotificationConfiguration
from rootlint.reason.chain import watches
from rootlint.reason.events import event
from rootlint.reason.notifications import notifies, regions_of
from tests.reason.making import ROOT_RULE, SPAN, estate, refers, resource, unknown, value

OWN = NotificationConfiguration(resource("configuration"))
ARN = refers("configuration", "arn")
ELSEWHERE = Known("arn:aws:notifications::111122223333:configuration/a01", SPAN)


def notified(configuration: Any = ARN, regions: Any = None) -> Listener:
    return Listener(
        resource("rule"),
        pattern=value(ROOT_RULE),
        regions=regions,
        configuration=configuration,
    )


def channel(configuration: Any = ARN, exists: Truth = Truth.YES) -> Channel:
    return Channel(resource("channel", exists=exists), configuration)


def test_a_configuration_without_a_channel_tells_nobody() -> None:
    reach = notifies(estate(OWN, notified()), notified())
    assert (reach.truth, reach.reason) == (
        Truth.NO,
        "the notification configuration has no channel",
    )


def test_a_channel_of_the_configuration_tells() -> None:
    assert notifies(estate(OWN, notified(), channel()), notified()).truth is Truth.YES


def test_a_channel_of_another_configuration_does_not_tell() -> None:
    other = NotificationConfiguration(resource("other"))
    found = estate(OWN, other, notified(), channel(refers("other", "arn")))
    assert notifies(found, notified()).truth is Truth.NO


@pytest.mark.parametrize(
    "found",
    [
        estate(OWN, channel(exists=Truth.UNKNOWN)),
        estate(OWN, channel(unknown())),
        estate(OWN, doors=(Door("arn", ARN),)),
        estate(OWN, blind_spots=(BlindSpot(unknown(), frozenset({"configuration"})),)),
    ],
)
def test_a_channel_may_be_out_of_sight(found: Estate) -> None:
    assert notifies(found, notified()).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("channels", "expected"),
    [((), Truth.UNKNOWN), ((channel(ELSEWHERE),), Truth.YES), ((channel(),), Truth.UNKNOWN)],
)
def test_a_configuration_that_is_declared_elsewhere(
    channels: tuple[Channel, ...], expected: Truth
) -> None:
    assert notifies(estate(*channels), notified(ELSEWHERE)).truth is expected


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        (None, frozenset()),
        (value(["us-east-1", "eu-west-1"]), frozenset({"us-east-1", "eu-west-1"})),
        (unknown(), frozenset()),
        (List((value("eu-west-1"), unknown()), SPAN), frozenset()),
        (List((value("eu-west-1"),), SPAN, unknown()), frozenset()),
    ],
)
def test_regions_count_where_all_are_known(regions: Any, expected: frozenset[str]) -> None:
    assert regions_of(notified(regions=regions)) == expected


@pytest.mark.parametrize(
    ("regions", "expected"),
    [(["eu-west-1"], Truth.NO), (["eu-west-1", "us-east-1"], Truth.YES)],
)
def test_a_rule_gets_the_events_of_its_regions(regions: list[str], expected: Truth) -> None:
    (watch,) = watches(estate(OWN, channel(), notified(regions=value(regions))))
    assert watch.heard(event("E01")) is expected
