from typing import Any

import pytest

from rootlint.model.identity import Role
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text
from rootlint.reason.trust import is_machinery, trusted_users
from tests.reason.making import SPAN, resource, unknown
from tests.reason.policies import document

ACCOUNT = "arn:aws:iam::444455556666:root"
USER = "arn:aws:iam::444455556666:user/ann"


def trusts(principal: Any, condition: dict[str, Any] | None = None) -> Truth:
    """Whether a trust policy lets a user in without MFA."""
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    asked = {} if condition is None else {"Condition": condition}
    found = trusted_users(document({**statement, **asked}))
    return Truth.NO if found is None else found.answer.truth


@pytest.mark.parametrize(
    "principal", ["*", {"AWS": "*"}, {"AWS": ACCOUNT}, {"AWS": "444455556666"}, {"AWS": [USER]}]
)
def test_users_are_let_in(principal: Any) -> None:
    assert trusts(principal) is Truth.YES


@pytest.mark.parametrize(
    "principal",
    [
        {"Service": "ec2.amazonaws.com"},
        {"Federated": "arn:aws:iam::444455556666:saml-provider/corp"},
        {"AWS": "arn:aws:iam::444455556666:role/deploy"},
        {"AWS": "arn:aws:sts::444455556666:assumed-role/deploy/session"},
    ],
)
def test_machines_and_roles_are_no_users(principal: Any) -> None:
    assert trusts(principal) is Truth.NO


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, Truth.NO),
        ({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}, Truth.NO),
        ({"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}, Truth.YES),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}, Truth.NO),
        ({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/*"}}, Truth.YES),
        ({"StringEquals": {"aws:PrincipalTag/team": "ops"}}, Truth.NO),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-abcd123456"}}, Truth.UNKNOWN),
    ],
)
def test_conditions_decide(condition: dict[str, Any], truth: Truth) -> None:
    assert trusts({"AWS": ACCOUNT}, condition) is truth


def test_the_named_user_makes_the_request() -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": USER}}
    found = trusted_users(document(statement))
    assert found is not None
    assert found.request.principal == USER
    assert found.request.context["aws:username"] == ("ann",)


def test_an_external_id_can_be_known() -> None:
    condition = {"StringEquals": {"sts:ExternalId": "a1b2c3"}}
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"AWS": ACCOUNT},
        "Condition": condition,
    }
    found = trusted_users(document(statement))
    assert found is not None
    assert (found.answer.truth, found.third_party) == (Truth.YES, True)


@pytest.mark.parametrize(
    ("name", "truth"),
    [
        (Known("OrganizationAccountAccessRole", SPAN), Truth.YES),
        (Known("administrator", SPAN), Truth.NO),
        (None, Truth.NO),
        (unknown(), Truth.UNKNOWN),
        (Text(("AWSControlTower", unknown()), SPAN), Truth.YES),
        (Text(("AWS", unknown()), SPAN), Truth.UNKNOWN),
        (Text(("team-", unknown()), SPAN), Truth.NO),
    ],
)
def test_the_machinery_of_aws_has_names(name: Any, truth: Truth) -> None:
    assert is_machinery(Role(resource("role"), name)) is truth
