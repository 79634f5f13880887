from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.organization import (
    Control,
    Organization,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
)
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.reason.guardrail import Guarded, restrains, root_guarded, root_key_request
from tests.embedded.making import hole
from tests.reason.making import estate, refers, resource, value
from tests.reason.policies import document

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
ORGANIZATION = Organization(resource("org"), value("ALL"))
DENY_ROOT = {"Condition": {"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}}}
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"


def policy(kind: Any = SCP, *statements: dict[str, Any]) -> OrganizationPolicy:
    return OrganizationPolicy(
        resource("deny"), value(kind), document(*(statements or (DENY_ROOT,)))
    )


def attached_to(target: Any) -> OrganizationPolicyAttachment:
    return OrganizationPolicyAttachment(resource("a"), refers("deny", "id"), value(target))


def guarded(*things: Declared) -> Guarded:
    return root_guarded(ORGANIZATION, root_key_request("aws"), estate(ORGANIZATION, *things))


# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
@pytest.mark.parametrize(
    ("kind", "action", "expected"),
    [
        (SCP, "iam:CreateAccessKey", YES),
        (RCP, "iam:CreateAccessKey", NO),
        (RCP, "s3:PutBucketPolicy", YES),
        (RCP, "sts:AssumeRole", YES),
        ("TAG_POLICY", "s3:PutBucketPolicy", NO),
        (hole(), "s3:PutBucketPolicy", UNKNOWN),
    ],
)
def test_which_policies_restrain_root(kind: Any, action: str, expected: Truth) -> None:
    assert restrains(policy(kind), action) is expected


# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (refers("org", "roots[0].id"), YES),
        (refers("org", "master_account_id"), NO),
        ("444455556666", YES),
        (hole(), YES),
    ],
)
def test_no_policy_restrains_the_management_account(target: Any, expected: Truth) -> None:
    assert guarded(policy(), attached_to(target)).truth is expected


def test_a_control_of_control_tower_is_the_policy_that_it_is() -> None:
    keys = value("arn:aws:controlcatalog:::control/8ui9y3oace2513xarz8aqojl7")
    volumes = value("arn:aws:controltower:eu-west-1::control/AWS-GR_ENCRYPTED_VOLUMES")
    assert guarded(Control(resource("c"), keys)).truth is YES
    assert guarded(Control(resource("c"), volumes)).truth is NO
    assert guarded(Control(resource("c", exists=UNKNOWN), keys)).truth is UNKNOWN
    assert guarded(Control(resource("c"), hole())).truth is UNKNOWN


def test_a_policy_without_a_target_guards_nobody_and_is_no_document_that_binds() -> None:
    assert guarded(policy()) == Guarded(NO)


def test_what_does_not_deny_is_shown() -> None:
    leaves = policy(SCP, {**DENY_ROOT, "NotAction": "iam:*"})
    found = guarded(leaves, attached_to(refers("org", "roots[0].id")))
    assert leaves.document is not None
    assert found == Guarded(NO, (leaves.document.raw,))
