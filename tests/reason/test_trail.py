"""Which events a trail records.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html and
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rootlint.model.resource import Scope
from rootlint.model.truth import Truth
from rootlint.reason.events import event, must_alarm
from rootlint.reason.trail import records
from tests.reason.making import resource, trail, unknown, value


def dropped(**fields: Any) -> set[str]:
    """The tier-1 events that the trail does not record, for certain."""
    made = trail(**fields)
    return {found.id for found in must_alarm() if records(made, found).truth is Truth.NO}


def unsure(**fields: Any) -> set[str]:
    made = trail(**fields)
    return {found.id for found in must_alarm() if records(made, found).truth is Truth.UNKNOWN}


ALL = {found.id for found in must_alarm()}
GLOBAL = {found.id for found in must_alarm() if found.global_service}


def advanced(*fields: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"FieldSelectors": list(fields)}]


MANAGEMENT = {"Field": "eventCategory", "Equals": ["Management"]}


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, set()),
        ({"logging": True}, set()),
        ({"logging": "false"}, ALL),
        ({"global_events": False}, GLOBAL),
        ({"event_selectors": []}, set()),
        ({"event_selectors": [{}]}, set()),
        ({"event_selectors": [{"ReadWriteType": "All"}]}, set()),
        ({"event_selectors": [{"ReadWriteType": "ReadOnly"}]}, ALL),
        ({"event_selectors": [{"ReadWriteType": "WriteOnly"}]}, set()),
        ({"event_selectors": [{"IncludeManagementEvents": False}]}, ALL),
        ({"event_selectors": [{"IncludeManagementEvents": False}, {}]}, set()),
        ({"event_selectors": [{"ExcludeManagementEventSources": ["kms.amazonaws.com"]}]}, set()),
        ({"advanced_event_selectors": advanced(MANAGEMENT)}, set()),
        (
            {"advanced_event_selectors": advanced({"Field": "eventCategory", "Equals": ["Data"]})},
            ALL,
        ),
        (
            {
                "advanced_event_selectors": advanced(
                    MANAGEMENT, {"Field": "readOnly", "Equals": ["true"]}
                )
            },
            ALL,
        ),
        (
            {
                "advanced_event_selectors": advanced(
                    MANAGEMENT, {"Field": "eventSource", "NotEquals": ["iam.amazonaws.com"]}
                )
            },
            {"E06", "E09", "E10"},
        ),
        (
            {
                "advanced_event_selectors": advanced(
                    MANAGEMENT, {"Field": "userIdentity.arn", "NotEndsWith": [":root"]}
                )
            },
            ALL,
        ),
        (
            {
                "advanced_event_selectors": advanced(
                    MANAGEMENT, {"Field": "eventName", "NotStartsWith": ["Console", "Password"]}
                )
            },
            {"E01", "E02", "E03", "E04", "E12", "E13", "E14"},
        ),
    ],
)
def test_what_a_trail_leaves_out(fields: dict[str, Any], missing: set[str]) -> None:
    assert dropped(**fields) == missing
    assert unsure(**fields) == set()


def test_a_read_only_event_needs_a_selector_that_reads() -> None:
    made = trail(event_selectors=[{"ReadWriteType": "WriteOnly"}])
    assert records(made, event("E08")).truth is Truth.NO


def test_a_data_event_is_no_management_event() -> None:
    assert records(trail(), event("E30")).truth is Truth.NO
    made = trail(event_selectors=[{"DataResources": [{"Type": "AWS::S3::Object"}]}])
    assert records(made, event("E30")).truth is Truth.UNKNOWN


def test_a_trail_of_one_region_misses_the_others() -> None:
    scope = Scope(region=value("eu-west-1"))
    made = replace(trail(multi_region=False), resource=resource("trail", scope=scope))
    assert records(made, event("E01")).truth is Truth.NO
    assert records(made, event("E07")).truth is Truth.YES


def test_a_trail_of_an_unknown_region_may_miss_any() -> None:
    assert unsure(multi_region=False) == ALL


@pytest.mark.parametrize(
    "fields",
    [
        {"logging": unknown()},
        {"event_selectors": unknown()},
        {"event_selectors": [unknown()]},
        {"event_selectors": [{"ReadWriteType": unknown()}]},
        {"advanced_event_selectors": [{"FieldSelectors": unknown()}]},
        {
            "advanced_event_selectors": advanced(
                MANAGEMENT, {"Field": "eventName", "NotEquals": unknown()}
            )
        },
        {"advanced_event_selectors": advanced(MANAGEMENT, {"Field": unknown(), "Equals": ["x"]})},
    ],
)
def test_what_is_not_known_is_not_decided(fields: dict[str, Any]) -> None:
    assert unsure(**fields) == ALL


def test_the_answer_says_why_and_where() -> None:
    made = trail(logging=False)
    answer = records(made, event("E01"))
    assert answer.reason == "the trail does not log"
    assert made.logging is not None
    assert answer.span == made.logging.span


def test_what_hides_the_answer_is_named() -> None:
    hole = unknown("var.logging has no value")
    assert records(trail(logging=hole), event("E01")).because == (hole,)
