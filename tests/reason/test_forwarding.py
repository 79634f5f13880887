"""What a rule puts on another bus, and whom the rules there tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rootlint.embedded import policy
from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.resource import Door, Scope
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Text, Unknown, Why
from rootlint.model.watch import EventBus, EventRule, EventTarget
from rootlint.reason.chain import watch_of
from rootlint.reason.events import event
from rootlint.reason.reach import Link
from rootlint.reason.unheard import blind_patterns
from rootlint.reason.watch import sees
from tests.reason.making import (
    ROOT_RULE,
    SPAN,
    estate,
    refers,
    resource,
    rule,
    target,
    trail,
    unit,
    unknown,
    value,
)

HOME = Scope("us", region=value("us-east-1"), account=value("111122223333"))
ABROAD = Scope("eu", region=value("eu-west-1"), account=value("111122223333"))
OTHER = Scope("security", region=value("us-east-1"), account=value("444455556666"))
SIGN_INS = {"source": ["aws.signin"]}
LAMBDA = "arn:aws:lambda:us-east-1:111122223333:function:page"


def bus(scope: Scope = HOME) -> EventBus:
    return EventBus(resource("bus", scope=scope), value("security"))


def forwarder(pattern: Any = None, **fields: Any) -> tuple[EventRule, Declared]:
    """A rule on the default bus, and its target: the bus `security`."""
    scope = fields.pop("scope", HOME)
    to = {"target": refers("bus", "arn"), "role": "arn:aws:iam::111122223333:role/put", **fields}
    found = rule(pattern, "forward", name="forward")
    at = target("to_bus", rule=refers("forward", "name", text="forward"), **to)
    return (
        replace(found, resource=resource("forward", scope=scope)),
        replace(at, resource=resource("to_bus", scope=scope)),
    )


def receiver(pattern: Any = None, scope: Scope = HOME, **fields: Any) -> tuple[EventRule, Declared]:
    """A rule on the bus `security`, and its target, a function."""
    on = {"bus": refers("bus", "name", text="security"), **fields}
    found = rule(pattern, "receive", name="receive", **on)
    at = target("to_page", rule=refers("receive", "name", text="receive"), target=LAMBDA)
    return replace(found, resource=resource("receive", scope=scope)), at


def bus_policy(**statement: Any) -> AccessPolicy:
    given = {
        "Effect": "Allow",
        "Principal": {"AWS": "111122223333"},
        "Action": "events:PutEvents",
        "Resource": "*",
        **statement,
    }
    document = policy(value({"Version": "2012-10-17", "Statement": [given]}))
    assert isinstance(document, Policy)
    return AccessPolicy(
        resource("bus_policy"),
        PolicyKind.RESOURCE,
        document,
        target=refers("bus", "name", text="security"),
        service="events",
    )


def heard(found: Estate, by: EventRule, number: str = "E01") -> Truth:
    return watch_of(found, by).heard(event(number))


def test_services_put_nothing_on_a_bus_of_ones_own() -> None:
    receive = receiver()
    found = estate(bus(), *receive)
    assert heard(found, receive[0]) is Truth.UNKNOWN
    assert watch_of(found, receive[0]).supply.because


def test_what_is_forwarded_is_heard_by_the_rules_of_the_other_bus() -> None:
    forward, receive = forwarder(), receiver()
    found = estate(bus(), *forward, *receive)
    for number in ("E01", "E06", "E07"):
        assert heard(found, receive[0], number) is (
            Truth.YES if event(number).eventbridge.region == "us-east-1" else Truth.NO
        )
    reach = watch_of(found, forward[0]).reach
    assert (reach.truth, reach.link) == (Truth.NO, Link.FORWARD)


def test_what_is_not_forwarded_is_not_heard() -> None:
    forward, receive = forwarder(SIGN_INS), receiver()
    found = estate(bus(), *forward, *receive)
    assert heard(found, receive[0], "E01") is Truth.YES
    assert heard(found, receive[0], "E06") is Truth.NO


def test_what_the_rule_of_the_other_bus_does_not_match_is_not_heard() -> None:
    forward, receive = forwarder(), receiver(SIGN_INS)
    found = estate(bus(), *forward, *receive)
    assert heard(found, receive[0], "E06") is Truth.NO


def test_others_may_put_events_on_a_bus_that_lets_them_in_or_is_handed_out() -> None:
    forward, receive = forwarder(SIGN_INS), receiver()
    open_bus = estate(bus(), *forward, *receive, bus_policy(Principal="*"))
    assert heard(open_bus, receive[0], "E06") is Truth.UNKNOWN
    handed_out = estate(bus(), *forward, *receive, doors=(Door("bus", refers("bus", "arn")),))
    assert heard(handed_out, receive[0], "E06") is Truth.UNKNOWN


def test_a_bus_without_a_rule_tells_nobody() -> None:
    forward = forwarder()
    reach = watch_of(estate(bus(), *forward), forward[0]).reach
    assert (reach.truth, reach.link, reach.thing) == (Truth.NO, Link.TARGET, bus())


@pytest.mark.parametrize(
    "where",
    ["arn:aws:events:us-east-1:444455556666:event-bus/security", unknown()],
)
def test_a_bus_that_the_code_does_not_show_may_tell_anybody(where: Any) -> None:
    forward = forwarder(target=where)
    reach = watch_of(estate(*forward), forward[0]).reach
    assert reach.truth is Truth.UNKNOWN
    assert reach.because


def test_a_bus_of_the_account_may_deny_it() -> None:
    forward, receive = forwarder(), receiver()
    denied = bus_policy(Effect="Deny", Principal="*")
    assert heard(estate(bus(), *forward, *receive, denied), receive[0]) is Truth.NO


def test_a_target_without_a_role_needs_the_policy() -> None:
    forward, receive = forwarder(role=None), receiver()
    assert heard(estate(bus(), *forward, *receive), receive[0]) is Truth.UNKNOWN
    assert heard(estate(bus(), *forward, *receive, bus_policy()), receive[0]) is Truth.YES


def two_accounts(*more: Declared) -> tuple[Estate, EventRule]:
    """A rule of one account forwards to the bus of another, which is a unit of its own."""
    forward = forwarder(target="arn:aws:events:us-east-1:444455556666:event-bus/security")
    there = replace(resource("receive", scope=OTHER), unit="security")
    receive = EventRule(there, value("receive"), value(ROOT_RULE), bus=value("security"))
    page = EventTarget(replace(there, address="page"), value("receive"), value(LAMBDA))
    at = EventBus(replace(there, address="bus"), value("security"))
    return Estate([unit(*forward), unit(receive, page, at, *more, name="security")]), receive


def let_in(**statement: Any) -> AccessPolicy:
    """The policy of the bus of the other account."""
    found = bus_policy(**statement)
    return replace(
        found, resource=replace(found.resource, unit="security"), target=value("security")
    )


def test_another_account_has_to_be_let_in() -> None:
    stranger = let_in(Principal={"AWS": "999900001111"})
    for more, answer in (((let_in(),), Truth.YES), ((stranger,), Truth.UNKNOWN), ((), Truth.NO)):
        found, receive = two_accounts(*more)
        assert heard(found, receive) is answer


def test_an_organization_may_be_let_in() -> None:
    condition = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    found, receive = two_accounts(let_in(Principal="*", Condition=condition))
    assert heard(found, receive) is Truth.UNKNOWN


def abroad(where: Any, scope: Scope = ABROAD) -> tuple[Estate, EventRule]:
    """A rule on the default bus of one Region, and one of another Region that forwards there."""
    forward = forwarder(scope=scope, target=where)
    receive = receiver(bus="default")
    return estate(*forward, *receive), receive[0]


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("arn:aws:events:us-east-1:111122223333:event-bus/default", Truth.YES),
        ("arn:aws:events:us-east-1:444455556666:event-bus/default", Truth.NO),
        ("arn:aws:events:us-west-2:111122223333:event-bus/default", Truth.NO),
        ("arn:aws:events:us-east-1:111122223333:event-bus/security", Truth.NO),
        (unknown(), Truth.UNKNOWN),
    ],
)
def test_what_another_region_forwards_comes_to_the_default_bus(where: Any, answer: Truth) -> None:
    found, receive = abroad(where)
    assert watch_of(found, receive).gets(event("E01")) is Truth.YES
    assert event("E07").eventbridge.region == "eu-west-1"
    assert watch_of(found, receive).gets(event("E07")) is answer


def test_the_account_of_an_arn_may_be_the_own_one() -> None:
    own = Unknown(Why.PSEUDO, "the account's id", SPAN, shape="account")
    arn = Text(("arn:aws:events:us-east-1:", own, ":event-bus/default"), SPAN)
    found, receive = abroad(arn)
    assert watch_of(found, receive).gets(event("E07")) is Truth.YES


def test_what_was_forwarded_may_not_be_forwarded_again() -> None:
    second = EventBus(resource("second", scope=HOME), value("second"))
    first, on = forwarder(), receiver()
    again = target(
        "again", rule=refers("receive", "name", text="receive"), target=refers("second", "arn")
    )
    last = rule(ROOT_RULE, "last", name="last", bus=refers("second", "name", text="second"))
    found = estate(bus(), second, *first, *on, replace(again, role=value("r")), last)
    assert heard(found, last) is not Truth.YES


def test_two_buses_that_forward_to_each_other_end() -> None:
    forward = forwarder(target="arn:aws:events:us-east-1:111122223333:event-bus/default")
    assert watch_of(estate(*forward), forward[0]).reach.truth is not Truth.YES


def test_a_pattern_that_matches_is_not_shown_as_one_that_fails() -> None:
    forward, receive = forwarder(SIGN_INS), receiver()
    recorder = replace(trail(log_group=None), resource=resource("trail", scope=HOME))
    found = estate(bus(), recorder, *forward, *receive)
    shown = blind_patterns(found, recorder, event("E06"))
    assert [pattern.value for pattern in shown] == [value(SIGN_INS)]


def test_what_comes_to_a_bus_is_worked_out_once_for_all_its_rules() -> None:
    forward, receive, other = forwarder(), receiver(), receiver(SIGN_INS)
    second = replace(other[0], resource=resource("second", scope=HOME))
    found = estate(bus(), *forward, *receive, second)
    assert watch_of(found, receive[0]).supply is watch_of(found, second).supply


def test_a_call_of_a_service_comes_to_another_bus_like_any_other() -> None:
    """Whom a session of root is opened by is told like what root does itself."""
    everything = [{"prefix": "aws."}]
    for source, answer in ((everything, Truth.YES), (["aws.signin"], Truth.NO)):
        forward, receive = forwarder({"source": source}), receiver({"source": everything})
        found = estate(bus(), *forward, *receive)
        assert sees(watch_of(found, receive[0]), event("E25")) is answer
