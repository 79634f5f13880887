from typing import Any

import pytest

from rootlint.reason.recovery import TASKS, stopped_sessions
from rootlint.reason.root import RECOVERY_ACTIONS
from tests.reason.policies import document

ROOT = {"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}}


def stopped(condition: dict[str, Any] | None = None, **deny: Any) -> list[str]:
    """What a guardrail for root denies to sessions that recover an account, from everywhere."""
    policy = document({"Condition": condition or ROOT, **deny})
    return [found.request.action for found in stopped_sessions(policy, "aws")]


def test_every_action_has_the_task_that_allows_it() -> None:
    assert set(TASKS) == set(RECOVERY_ACTIONS)


def test_a_deny_of_everything_stops_them() -> None:
    assert stopped() == ["s3:DeleteBucketPolicy"]


@pytest.mark.parametrize(
    "exemption",
    [
        {"Null": {"aws:AssumedRoot": "true"}},
        {"BoolIfExists": {"aws:AssumedRoot": "false"}},
        {"StringNotEquals": {"aws:AssumedRoot": "true"}},
    ],
)
def test_an_exemption_lets_them_through(exemption: dict[str, Any]) -> None:
    assert not stopped({**ROOT, **exemption})


def test_what_leaves_an_address_leaves_recovery() -> None:
    assert not stopped({**ROOT, "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}})


def test_actions_that_no_session_takes_are_free_to_deny() -> None:
    assert not stopped(Action=["ec2:*", "iam:CreateAccessKey"])
    assert stopped(Action="iam:DeleteAccessKey") == ["iam:DeleteAccessKey"]


def test_the_root_of_one_account_is_root_too() -> None:
    assert stopped({"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::999988887777:root"}})


def test_a_deny_for_roles_is_not_meant_for_root() -> None:
    assert not stopped({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}})
