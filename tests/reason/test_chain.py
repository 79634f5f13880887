"""From the trail to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rootlint.model.estate import Estate
from rootlint.model.resource import BlindSpot, Door, Scope
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Choice, Known, Option, Reference, Text, Unknown, Why
from rootlint.model.watch import (
    Alarm,
    CompositeAlarm,
    Listener,
    LogSubscription,
    MetricFilter,
    Subscription,
    Topic,
    Trail,
)
from rootlint.reason.chain import fed, feeds, watches
from rootlint.reason.events import RootEvent, event, must_alarm
from rootlint.reason.heard import heard as heard_events
from rootlint.reason.people import accepts, topic_reaches
from rootlint.reason.reach import Link, Reach
from rootlint.reason.watch import Watch
from tests.reason.making import (
    CIS,
    CONSOLE_ONLY,
    ROOT_RULE,
    SPAN,
    alarm,
    estate,
    group,
    metric_filter,
    refers,
    resource,
    rule,
    subscription,
    target,
    topic,
    topic_policy,
    trail,
    unknown,
    value,
)


def unknown_arn() -> Unknown:
    return replace(unknown(), refers=Reference("main", "group", "arn"))


LOGS = (trail(), group())
WHOLE: tuple[Declared, ...] = (*LOGS, metric_filter(), alarm(), topic(), subscription())


def without(*kinds: type) -> list[Declared]:
    return [thing for thing in WHOLE if not isinstance(thing, kinds)]


def with_instead(*things: Declared) -> Estate:
    """The whole chain, with these things in the place of those of their kind."""
    return estate(*without(*(type(thing) for thing in things)), *things)


def heard(found: Estate, by: Trail, wanted: RootEvent) -> Reach:
    return next(reach for tried, reach in heard_events(found, by) if tried.id == wanted.id)


def of_filter(found: Estate) -> Watch:
    return next(watch for watch in watches(found) if isinstance(watch.thing, MetricFilter))


def test_a_whole_chain_holds() -> None:
    found = estate(*WHOLE)
    for wanted in must_alarm():
        assert heard(found, trail(), wanted).truth is Truth.YES
    assert of_filter(found).reach.truth is Truth.YES
    assert of_filter(found).root is Truth.YES


@pytest.mark.parametrize(
    ("found", "link"),
    [
        (estate(*without(Alarm)), Link.ALARM),
        (with_instead(alarm(namespace="Other")), Link.ALARM),
        (with_instead(alarm(comparison="GreaterThanThreshold")), Link.STATE),
        (with_instead(alarm(actions=[])), Link.ACTION),
        (with_instead(alarm(actions=None)), Link.ACTION),
        (with_instead(alarm(actions_enabled=False)), Link.ACTION),
        (estate(*WHOLE[:-1]), Link.SUBSCRIBER),
        (with_instead(subscription(endpoint="")), Link.SUBSCRIBER),
        (with_instead(subscription(filter_policy='{"level": ["high"]}')), Link.SUBSCRIBER),
        (
            with_instead(
                group(),
                group("app", "app"),
                metric_filter(log_group=refers("app", "name", text="app")),
            ),
            Link.FEED,
        ),
    ],
)
def test_a_chain_breaks_at_its_first_broken_link(found: Estate, link: Link) -> None:
    reach = of_filter(found).reach
    assert reach.truth is Truth.NO
    assert reach.link is link
    assert heard(found, trail(), event("E06")).truth is Truth.NO


@pytest.mark.parametrize(
    "found",
    [
        with_instead(alarm(namespace=unknown())),
        with_instead(alarm(threshold=unknown())),
        with_instead(alarm(actions=unknown())),
        with_instead(alarm(actions=[unknown()])),
        with_instead(alarm(actions=["arn:aws:sns:us-east-1:111122223333:elsewhere"])),
        with_instead(alarm(actions=[refers("data.topic", "arn")])),
        with_instead(alarm(actions_enabled=unknown())),
        with_instead(subscription(filter_policy=unknown())),
        with_instead(subscription(topic=unknown())),
        with_instead(replace(alarm(), resource=resource("alarm", exists=Truth.UNKNOWN))),
        estate(*without(Alarm), blind_spots=(BlindSpot(unknown(), frozenset({"filter"})),)),
        estate(*WHOLE[:-1], blind_spots=(BlindSpot(unknown(), frozenset({"topic"})),)),
        estate(*WHOLE[:-1], doors=(Door("arn", refers("topic", "arn")),)),
        with_instead(metric_filter(unknown())),
        with_instead(replace(metric_filter(), resource=resource("filter", exists=Truth.UNKNOWN))),
        with_instead(metric_filter(narrowed_by="x")),
        with_instead(metric_filter(log_group=unknown())),
    ],
)
def test_a_chain_that_may_hold_is_not_decided(found: Estate) -> None:
    assert heard(found, trail(), event("E06")).truth is Truth.UNKNOWN


@pytest.mark.parametrize("received", ["trail", "group"])
def test_a_module_that_receives_the_trail_may_watch_it(received: str) -> None:
    found = estate(*LOGS, blind_spots=(BlindSpot(unknown(), frozenset({received})),))
    assert heard(found, trail(), event("E06")).truth is Truth.UNKNOWN


def test_of_broken_chains_the_one_that_gets_furthest_is_told() -> None:
    narrow = metric_filter(CONSOLE_ONLY, "narrow")
    found = estate(narrow, *WHOLE[:-1])
    reach = heard(found, trail(), event("E06"))
    assert (reach.truth, reach.link) == (Truth.NO, Link.SUBSCRIBER)


HOLE = unknown("var.x is the one that hides it")


@pytest.mark.parametrize(
    "found",
    [
        with_instead(alarm(actions=HOLE)),
        with_instead(alarm(namespace=HOLE)),
        with_instead(alarm(threshold=HOLE)),
        with_instead(metric_filter(HOLE)),
        with_instead(trail(logging=HOLE)),
        with_instead(
            replace(
                subscription(), resource=replace(resource("s", exists=Truth.UNKNOWN), because=HOLE)
            )
        ),
    ],
)
def test_what_hides_the_answer_is_named(found: Estate) -> None:
    made = found.every(Trail)[0]
    assert heard(found, made, event("E06")).because == (HOLE,)


def test_what_aws_leaves_open_is_named() -> None:
    text = '{ $.userIdentity.type = "Root" && $.errorCode != "AccessDenied" }'
    (doubt,) = heard(with_instead(metric_filter(text)), trail(), event("E06")).because
    assert doubt.why is Why.UNSPECIFIED
    assert "$.errorCode" in doubt.detail


TOLD = [thing for thing in WHOLE if not isinstance(thing, Topic | Subscription)]


@pytest.mark.parametrize(
    "things",
    [
        [topic(), Listener(resource("chatbot"), source=refers("topic", "arn"))],
        [topic(inline=[{"Protocol": "email", "Endpoint": "a@example.com"}])],
        [topic(), subscription(filter_policy="{}")],
        [topic(), subscription(filter_policy='{"level": [{"exists": false}]}')],
        [topic(), subscription(endpoint=""), subscription("second")],
    ],
)
def test_somebody_subscribes(things: list[Declared]) -> None:
    found = estate(*TOLD, *things)
    assert topic_reaches(found, found.every(Topic)[0]).truth is Truth.YES


def test_a_policy_on_the_body_is_not_executed() -> None:
    found = subscription(filter_policy='{"AlarmName": ["root"]}', filter_scope="MessageBody")
    assert accepts(found) is Truth.UNKNOWN


def test_a_function_as_action_hears() -> None:
    found = with_instead(alarm(actions=["arn:aws:lambda:us-east-1:111122223333:function:page"]))
    assert heard(found, trail(), event("E06")).truth is Truth.YES


def test_a_subscription_filter_hears() -> None:
    given = LogSubscription(
        resource("stream"),
        refers("group", "name", text="cloudtrail"),
        value(""),
        value("arn:aws:lambda:us-east-1:111122223333:function:page"),
    )
    assert heard(estate(*LOGS, given), trail(), event("E06")).truth is Truth.YES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('ALARM("root-usage") OR ALARM("other")', Truth.YES),
        ('ALARM("root-usage") AND ALARM("other")', Truth.UNKNOWN),
        ('ALARM("other")', Truth.NO),
    ],
)
def test_a_composite_alarm_may_act_for_an_alarm(text: str, expected: Truth) -> None:
    composite = CompositeAlarm(
        resource("composite"), rule=value(text), actions=value([refers("topic", "arn")])
    )
    found = estate(*without(Alarm), alarm(actions=[]), composite)
    assert of_filter(found).reach.truth is expected


def test_a_rule_on_alarms_may_tell_somebody() -> None:
    heard_alarms = rule({"source": ["aws.cloudwatch"]}, name="alarms")
    found = estate(*without(Alarm), alarm(actions=[]), heard_alarms)
    assert of_filter(found).reach.truth is Truth.UNKNOWN


BUCKET_TRAIL = trail(log_group=None)
MAY = topic_policy("events", "cloudwatch")
RULE: tuple[Declared, ...] = (BUCKET_TRAIL, rule(), target(), topic(), subscription(), MAY)


def test_a_rule_reaches_a_person() -> None:
    found = estate(*RULE)
    assert heard(found, BUCKET_TRAIL, event("E06")).truth is Truth.YES


@pytest.mark.parametrize(
    ("things", "link"),
    [
        ([rule(), topic(), subscription()], Link.TARGET),
        ([rule(), target(), topic()], Link.PUBLISH),
        ([rule(), target(), topic(), MAY], Link.SUBSCRIBER),
    ],
)
def test_a_rule_breaks_at_its_first_broken_link(things: list[Declared], link: Link) -> None:
    watch = watches(estate(*things))[0]
    assert (watch.reach.truth, watch.reach.link) == (Truth.NO, link)


def test_a_disabled_rule_sees_nothing() -> None:
    watch = watches(estate(rule(state="DISABLED")))[0]
    assert {sight.truth for sight in watch.sights.values()} == {Truth.NO}


def test_a_rule_on_another_bus_may_be_fed() -> None:
    watch = watches(estate(rule(bus="security")))[0]
    assert watch.sight(event("E06")).truth is Truth.UNKNOWN


def test_an_alarm_on_the_count_of_a_rule_stands_in_for_a_target() -> None:
    counting = alarm(
        metric="TriggeredRules",
        namespace="AWS/Events",
        dimensions={"RuleName": refers("rule", "name", text="root")},
    )
    watch = watches(estate(rule(), counting, topic(), subscription()))[0]
    assert watch.reach.truth is Truth.YES


def test_a_listener_with_a_pattern_hears() -> None:
    own = Listener(resource("notifications"), pattern=value(ROOT_RULE))
    found = estate(trail(log_group=None), own)
    assert heard(found, trail(log_group=None), event("E06")).truth is Truth.YES


def test_an_event_that_no_trail_records_is_not_heard() -> None:
    off = trail(logging=False)
    reach = heard(estate(off, *WHOLE[1:]), off, event("E06"))
    assert (reach.truth, reach.link) == (Truth.NO, Link.FEED)


@pytest.mark.parametrize(
    ("group_value", "expected"),
    [
        (refers("group", "arn"), Truth.YES),
        (Text((unknown_arn(), ":*"), SPAN), Truth.YES),
        (Known("arn:aws:logs:us-east-1:111122223333:log-group:cloudtrail:*", SPAN), Truth.YES),
        (Known("arn:aws:logs:us-east-1:111122223333:log-group:other:*", SPAN), Truth.NO),
        (unknown(), Truth.UNKNOWN),
        (None, Truth.NO),
    ],
)
def test_what_feeds_a_log_group(group_value: Any, expected: Truth) -> None:
    made = trail(log_group=group_value)
    found = estate(made, group(), metric_filter())
    assert feeds(found, made, of_filter(found)) is expected


def test_two_literal_names_are_one_group() -> None:
    made = trail(log_group="arn:aws:logs:us-east-1:111122223333:log-group:shared:*")
    found = estate(made, metric_filter(log_group="shared"))
    assert feeds(found, made, of_filter(found)) is Truth.YES


@pytest.mark.parametrize(
    "found",
    [
        estate(group(), metric_filter()),
        estate(trail(log_group=None), metric_filter(log_group="elsewhere")),
    ],
)
def test_a_group_may_be_fed_from_elsewhere(found: Estate) -> None:
    assert fed(found, of_filter(found)) is Truth.UNKNOWN


def test_a_rule_gets_the_events_of_its_own_region() -> None:
    there = resource("rule", scope=Scope(region=value("eu-west-1")))
    watch = watches(
        estate(replace(rule(), resource=there), target(), topic(), subscription(), MAY)
    )[0]
    assert watch.heard(event("E01")) is Truth.NO
    assert watch.heard(event("E07")) is Truth.YES


def test_a_pattern_that_depends_on_a_scenario_is_decided_where_all_agree() -> None:
    options = (Option("prod", value(CIS)), Option("dev", value(CONSOLE_ONLY)))
    found = with_instead(metric_filter(Choice(options, unknown(), SPAN)))
    assert of_filter(found).sight(event("E01")).truth is Truth.YES
    assert of_filter(found).sight(event("E06")).truth is Truth.UNKNOWN


def test_a_pattern_that_is_too_large_is_not_worked_out() -> None:
    many = rule({"detail": {"userIdentity": {"type": ["Root"] * 5000}}})
    assert watches(estate(many))[0].sight(event("E06")).truth is Truth.UNKNOWN
