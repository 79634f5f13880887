import json
from typing import Any

import pytest

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.value import Known
from rootlint.reason.intent import mfa_statements, root_statements, supposing_denies
from rootlint.source import Span

HERE = Span("a", 0, 0)


def document(condition: dict[str, Any], effect: str = "Deny") -> Policy:
    statement = {"Effect": effect, "Action": "*", "Resource": "*", "Condition": condition}
    text = json.dumps({"Version": "2012-10-17", "Statement": statement})
    found = policy(Known(text, HERE))
    assert isinstance(found, Policy)
    return found


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}, True),
        ({"ArnLike": {"aws:principalarn": "*:root"}}, True),
        ({"StringEquals": {"aws:PrincipalType": "Root"}}, True),
        ({"StringEquals": {"aws:username": "root"}}, True),
        ({"StringNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:root"}}, False),
        ({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}, False),
        ({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/chroot"}}, False),
        ({"StringLike": {"aws:PrincipalArn": "arn:aws:organizations::1:root/o-1"}}, False),
        ({"StringEquals": {"aws:PrincipalType": "Rootless"}}, False),
        ({"StringEquals": {"sagemaker:RootAccess": "Enabled"}}, False),
        ({"Null": {"aws:PrincipalArn": "root"}}, False),
    ],
)
def test_what_is_meant_for_root(condition: dict[str, Any], *, expected: bool) -> None:
    assert bool(root_statements(document(condition))) is expected


def test_an_allow_is_no_guardrail() -> None:
    condition = {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}
    assert not root_statements(document(condition, "Allow"))


def test_what_asks_for_mfa() -> None:
    asks = {"BoolIfExists": {"AWS:MultiFactorAuthPresent": "false"}}
    assert [x.key for _, x in mfa_statements(document(asks), "Deny")] == [
        "AWS:MultiFactorAuthPresent"
    ]
    assert not list(mfa_statements(document(asks), "Allow"))
    other = {"Bool": {"aws:SecureTransport": "false"}}
    assert not list(mfa_statements(document(other), "Deny"))


@pytest.mark.parametrize("effect", [{}, [], 3, "Allow"])
def test_an_effect_that_is_none_is_not_supposed_to_be_a_deny(effect: Any) -> None:
    found = document({}, effect)
    assert supposing_denies(found) == found
