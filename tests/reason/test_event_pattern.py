"""EventBridge patterns.

The tables follow https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html,
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html and the README of
https://github.com/aws/event-ruler.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.truth import Truth
from rootlint.model.value import Choice, List, Map, Option, Text, Value
from rootlint.reason.event_pattern import delivered, delivered_to_state, envelope, hears
from rootlint.reason.events import event, events, must_alarm
from tests.reason.making import ROOT_RULE, SPAN, unknown, value

MESSAGE: dict[str, Any] = {
    "version": "0",
    "source": "aws.signin",
    "detail-type": "AWS Console Sign In via CloudTrail",
    "resources": [],
    "detail": {
        "name": "Alice",
        "empty": "",
        "nothing": None,
        "count": 5,
        "rate": 2.5,
        "done": True,
        "ip": "10.0.0.7",
        "ipv6": "2001:db8::1",
        "path": "dir/*x/image.PNG",
        "tags": ["a", "b"],
        "nested": [["deep"]],
        "people": [{"first": "Ann", "last": "Lee"}, {"first": "Bob", "last": "Ray"}],
        "inner": {"leaf": 1},
    },
}


def heard(detail: Any) -> Truth:
    return hears(value({"detail": detail}), MESSAGE).truth


@pytest.mark.parametrize(
    "detail",
    [
        {"name": ["Alice"]},
        {"name": ["Bob", "Alice"]},
        {"empty": [""]},
        {"nothing": [None]},
        {"count": [5]},
        {"count": [5.0]},
        {"done": [True]},
        {"name": [{"prefix": "Al"}]},
        {"name": [{"prefix": {"equals-ignore-case": "aL"}}]},
        {"path": [{"suffix": ".PNG"}]},
        {"path": [{"suffix": {"equals-ignore-case": ".png"}}]},
        {"name": [{"equals-ignore-case": "aLICE"}]},
        {"name": [{"anything-but": "Bob"}]},
        {"name": [{"anything-but": ["Bob", "Eve"]}]},
        {"count": [{"anything-but": [1, 2]}]},
        {"nothing": [{"anything-but": "x"}]},
        {"name": [{"anything-but": {"prefix": "Bo"}}]},
        {"name": [{"anything-but": {"suffix": ["x", "y"]}}]},
        {"name": [{"anything-but": {"wildcard": "B*"}}]},
        {"name": [{"anything-but": {"equals-ignore-case": ["bob"]}}]},
        {"count": [{"numeric": [">", 0, "<=", 5]}]},
        {"rate": [{"numeric": ["=", 2.5]}]},
        {"ip": [{"cidr": "10.0.0.0/24"}]},
        {"ipv6": [{"cidr": "2001:db8::/32"}]},
        {"name": [{"exists": True}]},
        {"nothing": [{"exists": True}]},
        {"gone": [{"exists": False}]},
        {"inner": [{"exists": False}]},
        {"gone": {"deeper": [{"exists": False}]}},
        {"path": [{"wildcard": "dir/*.PNG"}]},
        {"path": [{"wildcard": "dir/\\*x/*"}]},
        {"tags": ["b"]},
        {"tags": [{"anything-but": "a"}]},
        {"nested": ["deep"]},
        {"people": {"first": ["Bob"], "last": ["Ray"]}},
        {"$or": [{"name": ["Bob"]}, {"count": [5]}]},
        {"count": [5], "$or": [{"name": ["Bob"]}, {"done": [True]}]},
    ],
)
def test_matches(detail: Any) -> None:
    assert heard(detail) is Truth.YES


@pytest.mark.parametrize(
    "detail",
    [
        {"name": ["alice"]},
        {"count": ["5"]},
        {"done": ["true"]},
        {"done": [1]},
        {"count": [True]},
        {"gone": [None]},
        {"gone": [{"anything-but": "x"}]},
        {"gone": [{"exists": True}]},
        {"name": [{"exists": False}]},
        {"inner": [{"exists": True}]},
        {"name": [{"prefix": "al"}]},
        {"count": [{"prefix": "5"}]},
        {"name": [{"anything-but": ["Bob", "Alice"]}]},
        {"name": [{"anything-but": {"prefix": "Al"}}]},
        {"count": [{"numeric": [">", 5]}]},
        {"name": [{"numeric": [">", 5]}]},
        {"ip": [{"cidr": "10.1.0.0/16"}]},
        {"ipv6": [{"cidr": "10.0.0.0/8"}]},
        {"name": [{"cidr": "10.0.0.0/8"}]},
        {"path": [{"wildcard": "dir/\\*y/*"}]},
        {"name": [{"wildcard": "Alic*ice"}]},
        {"people": {"first": ["Bob"], "last": ["Lee"]}},
        {"$or": [{"name": ["Bob"]}, {"count": [6]}]},
        {"count": [6], "$or": [{"name": ["Alice"]}, {"done": [True]}]},
        {"name": "Alice"},  # no list: EventBridge takes no such pattern
        {"name": []},
    ],
)
def test_does_not_match(detail: Any) -> None:
    assert heard(detail) is Truth.NO


@pytest.mark.parametrize(
    "detail",
    [
        {"name": [unknown()]},
        {"name": unknown()},
        unknown(),
        {"name": [{"prefix": unknown()}]},
        {"name": [Text(("Al", unknown()), SPAN)]},
        {"name": List((), SPAN, rest=unknown())},
        {"name": [{"sounds-like": "Alice"}]},
        {"$or": [{"name": ["Alice"]}]},  # one object only is no alternative
        {"count": [{"numeric": [">", unknown()]}]},
        {"ip": [{"cidr": unknown()}]},
    ],
)
def test_an_unknown_part_is_not_decided(detail: Any) -> None:
    assert heard(detail) is Truth.UNKNOWN


@pytest.mark.parametrize(
    "detail",
    [
        {"name": [unknown()], "count": [6]},
        {"name": [Text(("Bo", unknown()), SPAN)]},
        {"name": [{"suffix": Text((unknown(), "x"), SPAN)}]},
        {"name": [{"wildcard": Text(("B*", unknown()), SPAN)}]},
    ],
)
def test_what_an_unknown_part_cannot_change_is_decided(detail: Any) -> None:
    assert heard(detail) is Truth.NO


def test_alternatives_that_agree_are_decided() -> None:
    options = (Option("a", value(["Bob"])), Option("b", value(["Eve"])))
    assert heard({"name": Choice(options, unknown(), SPAN)}) is Truth.NO
    options = (Option("a", value(["Bob"])), Option("b", value(["Alice"])))
    assert heard({"name": Choice(options, unknown(), SPAN)}) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"detail": {"name": ["Alice"]}}', Truth.YES),
        ('{"detail": {"name": ["Bob"]}}', Truth.NO),
        ('{"detail": {"name": ["Alice"]}', Truth.NO),
        ("[]", Truth.NO),
    ],
)
def test_a_text_is_read_as_json(text: str, expected: Truth) -> None:
    assert hears(value(text), MESSAGE).truth is expected


def test_more_fields_may_follow() -> None:
    partly = Map({"name": value(["Alice"])}, SPAN, rest=unknown())
    assert heard(partly) is Truth.UNKNOWN


def test_the_deciding_field_is_told() -> None:
    term = hears(value({"detail-type": ["AWS API Call via CloudTrail"]}), MESSAGE).term
    assert term is not None
    assert term.field == "detail-type"
    assert term.wanted == '["AWS API Call via CloudTrail"]'
    assert term.found == '"AWS Console Sign In via CloudTrail"'


# facts 4.6: what each popular pattern misses, tier 1 and 2.
SIGN_IN = {"detail-type": ["AWS Console Sign In via CloudTrail"], "detail": ROOT_RULE["detail"]}
API = {"detail-type": ["AWS API Call via CloudTrail"], "detail": ROOT_RULE["detail"]}


@pytest.mark.parametrize(
    ("pattern", "region", "misses"),
    [
        (ROOT_RULE, None, "E08"),
        (ROOT_RULE, "us-east-1", "E07 E08 E17"),
        (SIGN_IN, None, "E06 E07 E08 E09 E10 E11 E16 E17 E18 E27 E29"),
        (API, None, "E01 E02 E03 E04 E08 E12 E13 E14 E15"),
    ],
)
def test_popular_rules_on_the_events(pattern: Any, region: str | None, misses: str) -> None:
    tree = value(pattern)
    missed = set()
    for found in (*must_alarm(), *must_alarm(tier=2)):
        where = value(region or found.eventbridge.region)
        if hears(tree, envelope(found)).truth & delivered(found, None, where) is Truth.NO:
            missed.add(found.id)
    assert missed == set(misses.split())


def test_all_management_events_are_delivered_on_request() -> None:
    state = value("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")
    assert delivered_to_state(event("E08"), state) is Truth.YES
    assert delivered_to_state(event("E30"), state) is Truth.NO


def test_a_disabled_rule_receives_nothing() -> None:
    assert delivered_to_state(event("E06"), value("DISABLED")) is Truth.NO


def test_an_unknown_state_or_region_is_not_decided() -> None:
    assert delivered_to_state(event("E06"), unknown()) is Truth.UNKNOWN
    assert delivered(event("E06"), None, None) is Truth.UNKNOWN
    assert delivered(event("E06"), value("DISABLED"), None) is Truth.NO


def test_a_deep_pattern_is_bounded() -> None:
    deep: Value = value(["x"])
    for _ in range(5000):
        deep = Map({"a": deep}, SPAN)
    assert hears(deep, MESSAGE).truth is Truth.UNKNOWN


def test_deep_alternatives_are_bounded() -> None:
    other = Map({"b": value(["x"])}, SPAN)
    deep: Value = Map({"a": value(["x"])}, SPAN)
    for _ in range(5000):
        deep = Map({"$or": List((other, deep), SPAN)}, SPAN)
    assert hears(deep, MESSAGE).truth is Truth.UNKNOWN


scalars = st.one_of(
    st.sampled_from(["Alice", "Bob", "Al", ""]), st.integers(0, 6), st.booleans(), st.none()
)
matchers = st.one_of(
    scalars,
    st.builds(lambda x: {"prefix": x}, st.sampled_from(["A", "B"])),
    st.builds(lambda x: {"anything-but": x}, st.lists(scalars, min_size=1, max_size=3)),
    st.builds(lambda x: {"exists": x}, st.booleans()),
)
details = st.dictionaries(
    st.sampled_from(["name", "count", "tags", "gone", "inner"]),
    st.lists(matchers, max_size=3),
    min_size=1,
    max_size=3,
)


@given(details, st.integers(0, 5), scalars)
def test_an_unknown_entry_never_flips_a_decision(
    detail: dict[str, list[Any]], which: int, filling: Any
) -> None:
    name = sorted(detail)[which % len(detail)]
    hidden = heard({**detail, name: [*detail[name], unknown()]})
    filled = heard({**detail, name: [*detail[name], filling]})
    assert hidden in {Truth.UNKNOWN, filled}


@given(
    st.recursive(
        st.one_of(scalars, st.lists(scalars)), lambda x: st.dictionaries(st.text(max_size=3), x)
    )
)
def test_no_pattern_crashes(detail: Any) -> None:
    for found in events()[:3]:
        assert isinstance(hears(value(detail), envelope(found)).truth, Truth)
