"""Which filters and rules are meant for the root user."""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.chain import watches
from rootlint.reason.events import event
from rootlint.reason.root_watch import root_filter, root_rule
from tests.reason.making import (
    CIS,
    CONSOLE_ONLY,
    ROOT_RULE,
    estate,
    metric_filter,
    rule,
    unknown,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CIS, Truth.YES),
        (CONSOLE_ONLY, Truth.YES),
        ('{ $.userIdentity.type = "root" }', Truth.YES),
        ('{ $.useridentity.type = "Root" }', Truth.YES),
        ('{ $.userIdentity.arn = "*:root" }', Truth.YES),
        ('{ $.userIdentity.type = "Root" || $.userIdentity.type = "IAMUser" }', Truth.YES),
        ("{ $.userIdentity.type = Root && $.userIdentity.invokedBy EXISTS }", Truth.YES),
        ('"Root"', Truth.YES),
        # CIS 4.1, 4.2, 4.5, 4.6 and 4.15, and a plain sign-in
        (
            '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
            Truth.NO,
        ),
        (
            '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
            Truth.NO,
        ),
        ("{ ($.eventName = CreateTrail) || ($.eventName = StopLogging) }", Truth.NO),
        (
            '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
            Truth.NO,
        ),
        (
            "{ ($.eventSource = organizations.amazonaws.com) && ($.eventName = LeaveOrganization) }",
            Truth.NO,
        ),
        ('{ $.eventName = "ConsoleLogin" }', Truth.NO),
        ('{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = "false" }', Truth.NO),
        ("", Truth.NO),
        ("{ $.a EXISTS }", Truth.NO),
    ],
)
def test_which_filter_is_meant_for_root(text: str, expected: Truth) -> None:
    assert root_filter(metric_filter(text, name="x", metric="x")) is expected


def test_a_negated_root_counts_where_the_name_says_so() -> None:
    text = '{ $.userIdentity.type != "Root" }'
    assert root_filter(metric_filter(text, name="users", metric="users")) is Truth.NO
    assert root_filter(metric_filter(text, name="root-usage")) is Truth.YES


def test_a_filter_that_cannot_be_read_may_be_meant_for_root() -> None:
    assert root_filter(metric_filter(unknown())) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (ROOT_RULE, Truth.YES),
        ({"detail": {"userIdentity": {"type": ["root"]}}}, Truth.YES),
        ({"detail": {"userIdentity": {"arn": [{"suffix": ":root"}]}}}, Truth.YES),
        (
            {"detail": {"userIdentity": {"type": [{"anything-but": ["IAMUser", "AssumedRole"]}]}}},
            Truth.YES,
        ),
        ({"detail": {"userIdentity": {"type": [{"anything-but": "Root"}]}}}, Truth.NO),
        ({"source": ["aws.guardduty"]}, Truth.NO),
        ({"detail-type": ["AWS Console Sign In via CloudTrail"]}, Truth.NO),
        (unknown(), Truth.UNKNOWN),
    ],
)
def test_which_rule_is_meant_for_root(pattern: Any, expected: Truth) -> None:
    assert root_rule(rule(pattern)) is expected


def test_a_rule_written_as_json_is_read() -> None:
    text = '{"detail": {"userIdentity": {"type": ["Root"]}}}'
    assert root_rule(rule(text)) is Truth.YES
    assert watches(estate(rule(text)))[0].sight(event("E06")).truth is Truth.YES
