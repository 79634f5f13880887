from typing import Any

import pytest

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import PolicyKind
from rootlint.model.truth import Truth
from rootlint.model.value import Known
from rootlint.reason.lockout import lockout
from tests.reason.making import SPAN, resource
from tests.reason.policies import document

BUCKET = "arn:aws:s3:::logs"


def locks(service: str = "s3", **statement: Any) -> Truth:
    """Whether a policy on a bucket or a queue locks its account out."""
    body = {"Action": f"{service}:*", "Resource": "*", "Principal": "*", **statement}
    if "NotPrincipal" in body:
        del body["Principal"]
    policy = AccessPolicy(
        resource("policy"),
        PolicyKind.RESOURCE,
        document(body),
        target=Known("logs", SPAN),
        service=service,
    )
    found = lockout(policy, Estate([]))
    return Truth.NO if found is None else found.answer.truth


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": ["*"]}])
def test_a_deny_for_everybody_locks_the_account_out(principal: Any) -> None:
    assert locks(Principal=principal) is Truth.YES


def test_the_bucket_itself_has_to_be_meant() -> None:
    assert locks(Resource=[BUCKET, f"{BUCKET}/*"]) is Truth.YES
    assert locks(Resource=f"{BUCKET}/*") is Truth.NO


@pytest.mark.parametrize(
    ("actions", "truth"),
    [
        (["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"], Truth.YES),
        ("s3:*BucketPolicy", Truth.YES),
        ("s3:PutBucketPolicy", Truth.NO),
        (["s3:GetObject", "s3:PutObject"], Truth.NO),
    ],
)
def test_putting_and_deleting_the_policy_have_to_be_denied(actions: Any, truth: Truth) -> None:
    assert locks(Action=actions) is truth


def test_a_statement_can_be_removed_from_a_queue() -> None:
    assert locks("sqs") is Truth.YES
    assert locks("sqs", Action="sqs:SetQueueAttributes") is Truth.NO


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:SecureTransport": "false"}},
        {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/administrator"}},
        {"StringNotEquals": {"aws:PrincipalOrgID": "o-abcd123456"}},
        {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
        {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}},
        {"StringNotLike": {"aws:userId": "AROAEXAMPLE:*"}},
        {"Bool": {"aws:PrincipalIsAWSService": "true"}},
    ],
)
def test_a_condition_that_an_administrator_can_escape_locks_nobody_out(
    condition: dict[str, Any],
) -> None:
    assert locks(Condition=condition) is Truth.NO


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:SecureTransport": "true"}},
        {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}},
        {"Bool": {"aws:PrincipalIsAWSService": "false"}},
    ],
)
def test_a_condition_that_nobody_can_escape_locks_everybody_out(condition: dict[str, Any]) -> None:
    assert locks(Condition=condition) is Truth.YES


def test_not_principal_leaves_users_and_roles_and_no_account() -> None:
    account = "arn:aws:iam::111122223333:root"
    assert locks(NotPrincipal={"AWS": account}) is Truth.YES
    left = {"AWS": [account, "arn:aws:iam::111122223333:role/administrator"]}
    assert locks(NotPrincipal=left) is Truth.NO


def test_an_allow_locks_nobody_out() -> None:
    assert locks(Effect="Allow") is Truth.NO
