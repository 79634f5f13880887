from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.organization import Control
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown
from rootlint.reason.control_tower import control_document
from rootlint.reason.iam import denies
from rootlint.reason.root import recovery_requests, root_requests
from tests.embedded.making import hole, written
from tests.reason.making import resource, value

YES, NO = Truth.YES, Truth.NO
CATALOGUE = "arn:aws:controlcatalog:::control/"
OLD = "arn:aws:controltower:eu-west-1::control/"
EXEMPT = [{"Key": "ExemptAssumeRoot", "Value": True}]


def control(identifier: Any, parameters: Any = None) -> Control:
    given = None if parameters is None else value(parameters)
    return Control(resource("c"), value(identifier), None, given)


# https://docs.aws.amazon.com/controltower/latest/controlreference/strongly-recommended-preventive-controls.html
@pytest.mark.parametrize(
    ("identifier", "parameters", "key", "support", "session"),
    [
        (OLD + "AWS-GR_RESTRICT_ROOT_USER", None, YES, YES, YES),
        (CATALOGUE + "5kvme4m5d2b4d7if2fs5yg2ui", None, YES, YES, YES),
        (CATALOGUE + "5kvme4m5d2b4d7if2fs5yg2ui", EXEMPT, YES, YES, NO),
        (OLD + "AWS-GR_RESTRICT_ROOT_USER_ACCESS_KEYS", None, YES, NO, NO),
        (CATALOGUE + "8ui9y3oace2513xarz8aqojl7", None, YES, NO, NO),
    ],
)
def test_what_a_control_denies(
    identifier: str, parameters: Any, key: Truth, support: Truth, session: Truth
) -> None:
    found = control_document(control(identifier, parameters))
    assert isinstance(found, Policy)
    asked = (
        root_requests(("iam:CreateAccessKey",))[0],
        root_requests(("iam:CreateUser",))[0],
        recovery_requests(("s3:DeleteBucketPolicy",))[0],
    )
    assert tuple(denies(found, request).truth for request in asked) == (key, support, session)


def test_a_control_about_something_else() -> None:
    assert control_document(control(OLD + "AWS-GR_ENCRYPTED_VOLUMES")) is None


def test_a_control_that_is_not_known() -> None:
    assert isinstance(control_document(control(hole())), Unknown)
    unsure = control(OLD + "AWS-GR_RESTRICT_ROOT_USER", hole())
    assert isinstance(control_document(unsure), Unknown)


def test_the_region_of_an_identifier_need_not_be_known() -> None:
    parts = ("arn:aws:controltower:", hole(), "::control/AWS-GR_RESTRICT_ROOT_USER")
    assert isinstance(control_document(control(written(*parts))), Policy)
    assert isinstance(control_document(control(written("arn:", hole(), "_ROOT_USER"))), Unknown)
