from __future__ import annotations

import json

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.iam import Request, denies
from rootlint.reason.root import (
    ADDRESSES,
    ASSUME_ROOT,
    CREDENTIAL_ACTIONS,
    ENDPOINT,
    FOREIGN,
    ROOT_ACTIONS,
    people_with_mfa,
    people_without_mfa,
    recovery_requests,
    root_requests,
)
from tests.reason.policies import document

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def test_the_first_request_is_the_most_telling() -> None:
    first = root_requests()[0]
    assert (first.action, first.credential) == ("iam:CreateAccessKey", "long-term key")
    assert first.principal == first.resource == "arn:aws:iam::111122223333:root"


def by_credential() -> dict[str, Request]:
    found = (*root_requests(("iam:CreateAccessKey",)), *recovery_requests(("iam:DeleteAccessKey",)))
    return {request.credential: request for request in found}


# Credentials against keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("aws:multifactorauthpresent", (None, "false", "true", "hidden")),
        ("aws:multifactorauthage", (None, None, "300", None)),
        ("aws:tokenissuetime", (None, *["2026-11-23T11:55:00Z"] * 3)),
        ("aws:assumedroot", (None, None, None, "true")),
        ("aws:principaltype", ("Account", "Account", "Account", "hidden")),
        ("aws:principalarn", ("arn:aws:iam::111122223333:root",) * 4),
        ("aws:userid", (*["111122223333"] * 3, "hidden")),
        ("aws:username", (None,) * 4),
        ("aws:principalorgid", ("hidden",) * 4),
        ("aws:viaawsservice", ("false",) * 4),
        ("aws:requestedregion", ("us-east-1",) * 4),
    ],
)
def test_each_credential_carries_its_keys(key: str, values: tuple[str | None, ...]) -> None:
    names = (
        "long-term key",
        "console session without MFA",
        "console session with MFA",
        "AssumeRoot session",
    )
    for name, wanted in zip(names, values, strict=True):
        request = by_credential()[name]
        found = request.context.get(key)
        assert ("hidden" if key in request.hidden else found and found[0]) == wanted, name


def test_global_services_are_called_in_one_region() -> None:
    actions = ("iam:CreateUser", "kms:ScheduleKeyDeletion")
    regions = [
        (request.action, request.context["aws:requestedregion"][0])
        for request in root_requests(actions, regions=2, credentials=(ASSUME_ROOT,))
    ]
    assert regions == [
        ("iam:CreateUser", "us-east-1"),
        ("kms:ScheduleKeyDeletion", "us-east-1"),
        ("kms:ScheduleKeyDeletion", "eu-west-1"),
    ]


def test_in_govcloud_root_has_keys_alone() -> None:
    found = root_requests(partition="aws-us-gov")
    assert {request.credential for request in found} == {"long-term key"}
    assert {request.context["aws:requestedregion"] for request in found} == {("us-gov-west-1",)}
    assert found[0].principal == "arn:aws-us-gov:iam::111122223333:root"


def test_through_an_endpoint_there_is_no_public_address() -> None:
    found = root_requests(("iam:CreateUser",), addresses=ADDRESSES, credentials=(ASSUME_ROOT,))
    assert [request.context.get("aws:sourceip") for request in found] == [
        ("198.51.100.23",),
        ("2001:db8::1",),
        ("203.0.113.10",),
        None,
    ]
    assert "aws:sourcevpce" in found[-1].context


def test_a_call_may_be_forwarded() -> None:
    found = root_requests(("iam:CreateUser",), forwarded=(False, True))
    assert [request.context["aws:viaawsservice"][0] for request in found] == ["false"] * 3 + [
        "true"
    ] * 3


def test_the_requests_come_in_a_fixed_order() -> None:
    assert root_requests(ROOT_ACTIONS, regions=2) == root_requests(ROOT_ACTIONS, regions=2)


@pytest.mark.parametrize(
    ("condition", "denied"),
    [
        ({"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}}, "all"),
        ({"StringLike": {"aws:PrincipalArn": "*:root"}}, "all"),
        (
            {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:root"}},
            "all",
        ),
        ({"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}, "none"),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws-cn:iam::*:root"}}, "none"),
        ({"ArnLike": {"aws:PrincipalArn": "*:root"}}, "none"),
        ({"StringEquals": {"aws:PrincipalType": "Root"}}, "none"),
        ({"StringEquals": {"aws:username": "root"}}, "none"),
        ({"StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}, "all"),
        ({"Bool": {"aws:MultiFactorAuthPresent": "false"}}, "some"),
        ({"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}, "some"),
    ],
)
def test_guardrails_seen_in_real_code(condition: dict[str, dict[str, str]], denied: str) -> None:
    found = document({"Condition": condition})
    truths = {denies(found, request).truth for request in root_requests()}
    assert truths == {"all": {YES}, "none": {NO}, "some": {YES, NO}}[denied]


def test_a_sessions_exemption_frees_recovery_and_nothing_else() -> None:
    found = document(
        {
            "Condition": {
                "ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"},
                "Null": {"aws:AssumedRoot": "true"},
            }
        }
    )
    assert {denies(found, request).truth for request in root_requests()} == {YES}
    assert {denies(found, request).truth for request in recovery_requests()} == {NO}


def test_a_resource_of_users_is_not_known_to_cover_root() -> None:
    found = document({"Resource": "arn:aws:iam::*:user/*", "Action": list(CREDENTIAL_ACTIONS)})
    assert denies(found, root_requests()[0]).truth is UNKNOWN


@pytest.mark.parametrize(
    ("operator", "key", "value", "truths"),
    [
        ("Bool", "aws:MultiFactorAuthPresent", "false", [NO, YES]),
        ("BoolIfExists", "aws:MultiFactorAuthPresent", "false", [YES, YES]),
        ("NumericGreaterThan", "aws:MultiFactorAuthAge", "3600", [NO, NO]),
        ("Null", "aws:MultiFactorAuthAge", "true", [YES, YES]),
        ("Null", "aws:MultiFactorAuthPresent", "true", [YES, NO]),
    ],
)
def test_people_without_mfa(operator: str, key: str, value: str, truths: list[Truth]) -> None:
    found = document({"Condition": {operator: {key: value}}})
    assert [denies(found, one).truth for one in people_without_mfa("s3:GetObject", "*")] == truths
    assert {denies(found, one).truth for one in people_with_mfa("s3:GetObject", "*")} == {NO}


def test_a_request_can_be_printed_as_json() -> None:
    request = root_requests()[0]
    assert "aws:principalarn" in json.dumps(
        {key: list(found) for key, found in request.context.items()}
    )


def test_the_smallest_request_comes_first() -> None:
    asked = root_requests(
        ("iam:CreateAccessKey", "ec2:RunInstances"),
        addresses=(FOREIGN, ENDPOINT),
        regions=2,
        forwarded=(False, True),
    )
    assert [found.action for found in asked[:2]] == ["iam:CreateAccessKey", "ec2:RunInstances"]
    assert {found.credential for found in asked[:2]} == {"long-term key"}
    assert asked[2].credential != "long-term key"
    last = asked[-1]
    assert last.action == "ec2:RunInstances"
    assert (last.context["aws:viaawsservice"], "aws:sourceip" in last.context) == (("true",), False)
    assert len(asked) == 3 * 2 * 2 + 3 * 2 * 2 * 2
