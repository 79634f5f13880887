import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.estate import Estate
from rootlint.model.resource import Resource, Scope
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Known, Map, Unknown, Why
from rootlint.model.watch import EventStore, Trail
from rootlint.reason.events import event, must_alarm
from rootlint.reason.recording import (
    NOWHERE,
    lost_by_region,
    lost_by_selection,
    never_records,
    otherwise_recorded,
    verdict_of,
)
from rootlint.reason.selectors import refusal
from tests.reason.making import SPAN, value

HIDDEN = Unknown(Why.VARIABLE, "var.x has no value", SPAN)
READS = [{"ReadWriteType": "ReadOnly"}]
WRITES = [{"ReadWriteType": "WriteOnly"}]


def trail(
    address: str = "t", region: str | None = None, provider: str = "", **written: Any
) -> Trail:
    scope = Scope(provider, region=None if region is None else Known(region, SPAN))
    resource = Resource("u", address, "k", Map({}, SPAN), SPAN, SPAN, scope=scope)
    return Trail(resource, **{name: value(x) for name, x in written.items()})


def store(**written: Any) -> EventStore:
    return EventStore(trail("s").resource, **{name: value(x) for name, x in written.items()})


def estate(*declared: Trail | EventStore) -> Estate:
    return Estate([Unit("u", declared)])


def ids(found: Any) -> set[str]:
    return {lost.event.id for lost in found if lost.alone is Truth.YES}


def test_a_trail_of_the_home_region_loses_the_others() -> None:
    here = trail(region="us-east-1")
    assert ids(lost_by_region(here, must_alarm(), estate(here))) == {"E07", "E17"}


def test_a_trail_elsewhere_loses_the_sign_ins() -> None:
    here = trail(region="eu-west-1")
    lost = ids(lost_by_region(here, must_alarm(), estate(here)))
    assert "E01" in lost
    assert "E07" not in lost


def test_another_trail_fills_the_gap() -> None:
    here = trail(region="eu-west-1")
    everywhere = trail("all", multi_region=True)
    assert not ids(lost_by_region(here, must_alarm(), estate(here, everywhere)))


def test_a_trail_that_does_not_log_loses_nothing_by_its_region() -> None:
    here = trail(region="eu-west-1", logging=False)
    assert not lost_by_region(here, must_alarm(), estate(here))


def test_the_union_of_two_selections_counts() -> None:
    reads = trail(multi_region=True, event_selectors=READS)
    writes = trail("w", multi_region=True, event_selectors=WRITES)
    assert "E06" in ids(lost_by_selection(reads, must_alarm(), estate(reads)))
    assert not ids(lost_by_selection(reads, must_alarm(), estate(reads, writes)))


@pytest.mark.parametrize(
    ("other", "truth"),
    [
        (trail("o", multi_region=True), Truth.YES),
        (trail("o", multi_region=True, logging=False), Truth.NO),
        (trail("o", multi_region=True, logging=HIDDEN), Truth.UNKNOWN),
        (trail("o", multi_region=True, provider="aws.other"), Truth.UNKNOWN),
        (trail("o", multi_region=True, provider="aws.other", organization=True), Truth.YES),
    ],
)
def test_whether_another_trail_records(other: Trail, truth: Truth) -> None:
    here = trail()
    assert otherwise_recorded(here, event("E01"), estate(here, other)) is truth


def test_replays_read_settings() -> None:
    assert never_records('{"logging":false}', [event("E01")]) is Truth.YES
    assert never_records('{"multi_region":true}', [event("E01")]) is Truth.NO
    regional = json.dumps({"region": "us-east-1"})
    assert never_records(regional, [event("E01"), event("E07")]) is Truth.YES


def test_a_member_is_recorded_by_a_trail_of_the_organization_only() -> None:
    own = '{"multi_region":true}'
    all_of_it = '{"multi_region":true,"organization":true}'
    assert never_records(own, [event("E06")], member=True) is Truth.YES
    assert never_records(all_of_it, [event("E06")], member=True) is Truth.NO


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ({"event_selectors": READS}, "the selector is ReadOnly, the event is a writing call"),
        (
            {"event_selectors": [{"IncludeManagementEvents": False}]},
            "the selector takes no management events",
        ),
        (
            {
                "advanced_event_selectors": [
                    {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}
                ]
            },
            "the selector leaves out `eventCategory` Management",
        ),
        ({"event_selectors": [{"ReadWriteType": HIDDEN}]}, None),
        ({}, None),
    ],
)
def test_the_part_of_a_selector_that_decides(written: Any, reason: str | None) -> None:
    found = refusal(trail(**written), event("E06"))
    assert (found.reason if found else None) == reason


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "logging": st.booleans(),
        "multi_region": st.booleans(),
        "global_events": st.booleans(),
        "event_selectors": st.sampled_from([READS, WRITES, [*READS, *WRITES]]),
    },
)


@given(SETTINGS, st.sampled_from(must_alarm()))
def test_a_wider_trail_never_loses_an_event(settings: dict[str, Any], found: Any) -> None:
    wide = {**settings, "multi_region": True, "logging": True, "global_events": True}
    wide["event_selectors"] = [*settings.get("event_selectors", []), {"ReadWriteType": "All"}]
    narrow = never_records(json.dumps({"region": "us-east-1", **settings}), [found])
    assert never_records(json.dumps({"region": "us-east-1", **wide}), [found]).value <= narrow.value


FIELD_SELECTORS = st.builds(
    lambda field, operator, values: {"Field": field, operator: values},
    st.sampled_from(["eventCategory", "readOnly", "eventSource", "eventName", "userIdentity.arn"]),
    st.sampled_from(["Equals", "NotEquals", "StartsWith", "NotStartsWith", "EndsWith"]),
    st.lists(
        st.sampled_from(
            ["Management", "Data", "true", "false", "iam.", "iam.amazonaws.com", "Con"]
        ),
        min_size=1,
        max_size=3,
    ),
)
ADVANCED = st.lists(
    st.lists(FIELD_SELECTORS, min_size=1, max_size=3).map(
        lambda fields: {"FieldSelectors": fields}
    ),
    min_size=1,
    max_size=3,
)


def recorded(selectors: Any, found: Any) -> Truth:
    settings = {"multi_region": True, "advanced_event_selectors": selectors}
    return ~never_records(json.dumps(settings), [found])


@given(ADVANCED, ADVANCED, st.sampled_from(must_alarm()))
def test_another_advanced_selector_never_loses_an_event(some: Any, more: Any, found: Any) -> None:
    assert recorded([*some, *more], found).value >= recorded(some, found).value


@given(ADVANCED, FIELD_SELECTORS, st.sampled_from(must_alarm()))
def test_another_field_selector_never_wins_an_event(some: Any, more: Any, found: Any) -> None:
    narrow = [{"FieldSelectors": [*one["FieldSelectors"], more]} for one in some]
    assert recorded(narrow, found).value <= recorded(some, found).value


@given(ADVANCED, st.sampled_from(must_alarm()))
def test_all_management_events_beside_any_selector_lose_nothing(some: Any, found: Any) -> None:
    everything = {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}
    assert recorded([*some, everything], found) is Truth.YES


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        (store(multi_region=True), "no trail records it, and nobody hears of it"),
        (store(multi_region=HIDDEN), "no trail records it, and nobody hears of it"),
        (store(multi_region=True, logging=False), NOWHERE),
        (trail(), NOWHERE),
    ],
)
def test_a_store_of_cloudtrail_lake_keeps_what_no_trail_records(
    kept: Trail | EventStore, found: str
) -> None:
    assert verdict_of([event("E06")], estate(kept)) == found


def test_the_stores_of_an_organization_keep_what_members_do() -> None:
    own, all_of_it = store(multi_region=True), store(multi_region=True, organization=True)
    assert verdict_of([event("E06")], estate(own), member=True) == NOWHERE
    assert verdict_of([event("E06")], estate(all_of_it), member=True) != NOWHERE
