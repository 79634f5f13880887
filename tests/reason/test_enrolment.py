from typing import Any

import pytest

from rootlint.reason.enrolment import blocked
from tests.reason.policies import document

NO_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
LISTED = [
    "iam:CreateVirtualMFADevice",
    "iam:EnableMFADevice",
    "iam:GetUser",
    "iam:ListMFADevices",
    "iam:ListVirtualMFADevices",
    "iam:ResyncMFADevice",
    "sts:GetSessionToken",
]


def first(*, first_sign_in: bool = False, **deny: Any) -> tuple[str, bool] | None:
    """The first action that a deny for requests without MFA blocks, and whether one can do without."""
    policy = document({"Condition": NO_MFA, **deny})
    found = blocked(policy, policy.statements[0], first_sign_in=first_sign_in)
    return None if found is None else (found.request.action, found.useful)


def test_the_list_of_aws_blocks_nothing() -> None:
    assert first(NotAction=LISTED) is None


@pytest.mark.parametrize("action", LISTED)
def test_each_entry_of_the_list_is_needed_or_useful(action: str) -> None:
    useful = action not in {
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:ListMFADevices",
    }
    assert first(NotAction=[x for x in LISTED if x != action]) == (action, useful)


def test_the_first_sign_in_takes_another_password() -> None:
    assert first(NotAction=LISTED, first_sign_in=True) == ("iam:ChangePassword", True)
    assert first(NotAction=[*LISTED, "iam:ChangePassword"], first_sign_in=True) is None


def test_a_deny_that_leaves_the_own_user_blocks_nothing() -> None:
    own = ["arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:mfa/${aws:username}", "*"]
    assert first(NotResource=own) is None


def test_other_services_block_nothing() -> None:
    assert first(Action=["ec2:*", "s3:*"]) is None
