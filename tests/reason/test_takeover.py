from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.takeover import TAKEOVER_ACTIONS, Exemption, gaps
from tests.reason.policies import document

NO_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
OWN = "arn:aws:iam::*:user/${aws:username}"


def found(*others: dict[str, Any], **deny: Any) -> dict[str, Exemption]:
    """The actions that a deny for requests without MFA leaves open."""
    policy = document({"Condition": NO_MFA, **deny}, *others)
    return {gap.request.action: gap for gap in gaps(policy, policy.statements[0])}


def test_a_deny_of_everything_leaves_nothing_open() -> None:
    assert not found()


@pytest.mark.parametrize("action", sorted(TAKEOVER_ACTIONS))
def test_each_exception_that_takes_over_is_a_gap(action: str) -> None:
    (gap,) = found(NotAction=["iam:EnableMFADevice", action]).values()
    assert (gap.request.action, gap.answer.truth, gap.allowed) == (action, Truth.YES, False)
    assert gap.request.resource.endswith("somebody-else")


@pytest.mark.parametrize(
    "action", ["iam:ChangePassword", "iam:DeleteVirtualMFADevice", "sts:GetSessionToken"]
)
def test_what_takes_nothing_over_is_no_gap(action: str) -> None:
    assert not found(NotAction=[action])


def test_an_exception_for_oneself_counts_where_it_is_allowed() -> None:
    others_denied = {
        "Action": "iam:CreateAccessKey",
        "NotResource": OWN,
        "Condition": NO_MFA,
    }
    allowed = {"Effect": "Allow", "Action": "iam:CreateAccessKey", "Resource": OWN}
    assert not found(others_denied, NotAction="iam:CreateAccessKey")
    (gap,) = found(others_denied, allowed, NotAction="iam:CreateAccessKey").values()
    assert gap.allowed
    assert gap.request.resource == gap.request.principal


def test_an_allow_with_mfa_alone_is_no_gap() -> None:
    allowed = {
        "Effect": "Allow",
        "Action": "iam:DeactivateMFADevice",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    }
    assert not found(allowed, NotAction="iam:DeactivateMFADevice")


def test_another_deny_closes_the_gap() -> None:
    twin = {"Action": "iam:CreateAccessKey", "Condition": NO_MFA}
    assert not found(twin, NotAction="iam:CreateAccessKey")


def test_a_deny_that_speaks_of_other_resources_leaves_no_gap() -> None:
    assert not found(NotAction="iam:CreateAccessKey", Resource="arn:aws:s3:::logs")


def test_a_list_that_means_all_of_iam_may_lack_one() -> None:
    listed = ["iam:Add*", "iam:Attach*", "iam:Create*", "iam:Delete*", "iam:Put*", "iam:Update*"]
    assert set(found(Action=listed)) == {"iam:DeactivateMFADevice"}
    assert not found(Action=["iam:CreateUser", "iam:AttachUserPolicy"])
