from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.root_grants import root_grants
from tests.reason.policies import document

TASKS = "arn:aws:iam::aws:policy/root-task/"


def granted(*others: dict[str, Any], **allow: Any) -> tuple[Truth, bool]:
    """Whether a policy grants the root password of any member account, and whether by name."""
    body = {"Effect": "Allow", "Action": "sts:AssumeRoot", **allow}
    found = list(root_grants(document(body, *others)))
    return (found[0].answer.truth, found[0].named) if found else (Truth.NO, False)


def test_a_grant_without_limits() -> None:
    assert granted() == (Truth.YES, True)
    assert granted(Action="sts:*") == (Truth.YES, False)


@pytest.mark.parametrize("action", ["*", "*:*", "sts:AssumeRole", "s3:*"])
def test_what_does_not_mean_it(action: str) -> None:
    assert granted(Action=action) == (Truth.NO, False)


def test_one_account_is_not_any_account() -> None:
    one = "arn:aws:iam::444455556666:root"
    assert granted(Resource=one)[0] is Truth.NO
    assert granted(Resource="arn:aws:iam::*:root")[0] is Truth.YES


@pytest.mark.parametrize(
    ("operator", "tasks", "truth"),
    [
        ("StringEquals", [f"{TASKS}S3UnlockBucketPolicy"], Truth.NO),
        ("StringEquals", [f"{TASKS}IAMCreateRootUserPassword"], Truth.YES),
        ("StringLike", [f"{TASKS}*"], Truth.YES),
        ("StringNotEquals", [f"{TASKS}IAMCreateRootUserPassword"], Truth.NO),
    ],
)
def test_the_task_decides(operator: str, tasks: list[str], truth: Truth) -> None:
    assert granted(Condition={operator: {"sts:TaskPolicyArn": tasks}})[0] is truth


def test_a_deny_takes_it_back() -> None:
    assert granted({"Effect": "Deny", "Action": "sts:AssumeRoot"}) == (Truth.NO, False)
