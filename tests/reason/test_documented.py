"""What AWS's pages say of MFA keys, of the root user and of organization policies, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.answer import Request
from rootlint.reason.iam import decide, denies
from rootlint.reason.root import (
    ASSUME_ROOT,
    CONSOLE_WITH_MFA,
    CONSOLE_WITHOUT_MFA,
    ENDPOINT,
    FOREIGN,
    FOREIGN_IPV6,
    LONG_TERM_KEY,
    Address,
    Credential,
    people_without_mfa,
    root_requests,
)
from tests.reason.policies import document

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
KEYS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
OPERATORS = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
    "reference_policies_elements_condition_operators.html"
)
ROOT_TASKS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html"
SCP = (
    "https://docs.aws.amazon.com/organizations/latest/userguide/"
    "orgs_manage_policies_scps_evaluation.html"
)
PRESENT = f"{KEYS}#condition-keys-multifactorauthpresent"
AGE = f"{KEYS}#condition-keys-multifactorauthage"
MFA, MFA_AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"


def root(credential: Credential, address: Address = FOREIGN) -> Request:
    return root_requests(credentials=(credential,), addresses=(address,))[0]


# Which requests a Deny with the condition denies: long-term key, console without MFA, with MFA.
@pytest.mark.parametrize(
    ("operator", "key", "written", "denied", "page"),
    [
        ("Bool", MFA, "false", (NO, YES, NO), PRESENT),
        ("BoolIfExists", MFA, "false", (YES, YES, NO), PRESENT),
        ("Bool", MFA, "true", (NO, NO, YES), PRESENT),
        ("BoolIfExists", MFA, "true", (YES, NO, YES), PRESENT),
        ("Null", MFA, "true", (YES, NO, NO), PRESENT),
        ("Null", MFA, "false", (NO, YES, YES), PRESENT),
        ("Bool", MFA, ["true", "false"], (NO, YES, YES), OPERATORS),
        ("StringEquals", MFA, "false", (NO, YES, NO), OPERATORS),
        ("StringNotEquals", MFA, "true", (YES, YES, NO), OPERATORS),
        ("ForAllValues:Bool", MFA, "false", (YES, YES, NO), OPERATORS),
        ("ForAnyValue:Bool", MFA, "false", (NO, YES, NO), OPERATORS),
        ("NumericGreaterThan", MFA_AGE, "3600", (NO, NO, NO), AGE),
        ("NumericGreaterThanIfExists", MFA_AGE, "3600", (YES, YES, NO), AGE),
        ("NumericGreaterThan", MFA_AGE, "60", (NO, NO, YES), AGE),
        ("NumericLessThan", MFA_AGE, "3600", (NO, NO, YES), AGE),
        ("Null", MFA_AGE, "true", (YES, YES, NO), AGE),
        ("Null", MFA_AGE, "false", (NO, NO, YES), AGE),
        ("Null", "aws:TokenIssueTime", "true", (YES, NO, NO), f"{OPERATORS}#Conditions_Null"),
    ],
)
def test_keys_of_mfa(
    operator: str, key: str, written: Any, denied: tuple[Truth, ...], page: str
) -> None:
    found = document({"Condition": {operator: {key: written}}})
    asked = (LONG_TERM_KEY, CONSOLE_WITHOUT_MFA, CONSOLE_WITH_MFA)
    assert tuple(denies(found, root(one)).truth for one in asked) == denied, page
    people = people_without_mfa("iam:CreateUser", "*")
    assert tuple(denies(found, one).truth for one in people) == denied[:2], page


ARN = "aws:PrincipalArn"


@pytest.mark.parametrize(
    ("operator", "key", "written", "denied", "page"),
    [
        ("ArnLike", ARN, "arn:aws:iam::*:root", YES, f"{OPERATORS}#Conditions_ARN"),
        ("ArnEquals", ARN, "arn:aws:iam::*:root", YES, f"{OPERATORS}#Conditions_ARN"),
        ("ArnLike", ARN, "arn:*:iam::*:root", YES, f"{OPERATORS}#Conditions_ARN"),
        ("ArnLike", ARN, "arn:aws:iam::*:user/*", NO, f"{OPERATORS}#Conditions_ARN"),
        ("ArnLike", ARN, "*:root", NO, f"{OPERATORS}#Conditions_ARN"),
        ("ArnLike", ARN, "arn:aws:iam::root", NO, f"{OPERATORS}#Conditions_ARN"),
        ("ArnLike", ARN, "arn:aws:iam:*:root", NO, f"{OPERATORS}#Conditions_ARN"),
        ("ArnLike", ARN, "arn:aws-cn:iam::*:root", NO, f"{KEYS}#condition-keys-principalarn"),
        ("ArnNotLike", ARN, "arn:aws:iam::*:role/*", YES, f"{OPERATORS}#Conditions_ARN"),
        ("StringLike", ARN, "*:root", YES, f"{OPERATORS}#Conditions_String"),
        ("StringLike", ARN, "arn:aws:iam::*:root", YES, f"{OPERATORS}#Conditions_String"),
        ("StringEquals", ARN, "arn:aws:iam::*:root", NO, f"{OPERATORS}#Conditions_String"),
        (
            "StringEquals",
            ARN,
            "arn:aws:iam::${aws:PrincipalAccount}:root",
            YES,
            f"{KEYS}#condition-keys-principalaccount",
        ),
        (
            "StringEquals",
            "aws:PrincipalType",
            "Account",
            YES,
            f"{KEYS}#condition-keys-principaltype",
        ),
        ("StringEquals", "aws:PrincipalType", "Root", NO, f"{KEYS}#condition-keys-principaltype"),
        ("StringEquals", "aws:username", "root", NO, f"{KEYS}#condition-keys-username"),
        ("StringNotEquals", "aws:username", "anna", YES, f"{KEYS}#condition-keys-username"),
        ("Null", "aws:username", "true", YES, f"{KEYS}#condition-keys-username"),
        ("StringLike", "aws:PrincipalTag/team", "*", NO, f"{KEYS}#condition-keys-principaltag"),
        ("Bool", "aws:ViaAWSService", "false", YES, f"{KEYS}#condition-keys-viaawsservice"),
        ("Null", "aws:AssumedRoot", "true", YES, ROOT_TASKS),
    ],
)
def test_the_root_user(operator: str, key: str, written: str, denied: Truth, page: str) -> None:
    found = document({"Condition": {operator: {key: written}}})
    assert denies(found, root(LONG_TERM_KEY)).truth is denied, page


@pytest.mark.parametrize(
    ("operator", "key", "written", "denied", "page"),
    [
        ("Null", "aws:AssumedRoot", "true", NO, ROOT_TASKS),
        ("Bool", "aws:AssumedRoot", "true", YES, ROOT_TASKS),
        ("BoolIfExists", "aws:AssumedRoot", "false", NO, ROOT_TASKS),
        ("ArnLike", ARN, "arn:*:iam::*:root", YES, ROOT_TASKS),
        # Not documented: whether a session of AssumeRoot says anything of MFA.
        ("Bool", MFA, "true", UNKNOWN, ROOT_TASKS),
    ],
)
def test_a_session_of_assume_root(
    operator: str, key: str, written: str, denied: Truth, page: str
) -> None:
    found = document({"Condition": {operator: {key: written}}})
    assert denies(found, root(ASSUME_ROOT)).truth is denied, page


# Which callers a Deny with the condition denies: IPv4, IPv6, through a VPC endpoint.
@pytest.mark.parametrize(
    ("operator", "key", "written", "denied"),
    [
        ("NotIpAddress", "aws:SourceIp", "203.0.113.0/24", (YES, YES, YES)),
        ("IpAddress", "aws:SourceIp", "0.0.0.0/0", (YES, NO, NO)),
        ("NotIpAddress", "aws:SourceIp", "0.0.0.0/0", (NO, YES, YES)),
        ("NotIpAddress", "aws:SourceIp", ["0.0.0.0/0", "::/0"], (NO, NO, YES)),
        ("NotIpAddressIfExists", "aws:SourceIp", "0.0.0.0/1", (YES, YES, YES)),
        ("StringNotLike", "aws:SourceIp", "198.51.*", (NO, YES, YES)),
        ("IpAddress", "aws:VpcSourceIp", "10.0.0.0/8", (NO, NO, YES)),
        ("Null", "aws:SourceVpce", "false", (NO, NO, YES)),
    ],
)
def test_addresses(operator: str, key: str, written: Any, denied: tuple[Truth, ...]) -> None:
    found = document({"Condition": {operator: {key: written}}})
    asked = [root(LONG_TERM_KEY, one) for one in (FOREIGN, FOREIGN_IPV6, ENDPOINT)]
    assert tuple(denies(found, one).truth for one in asked) == denied, (
        f"{KEYS}#condition-keys-sourceip"
    )


FULL = document({"Effect": "Allow"})
DENY_ROOT = document({"Condition": {"ArnLike": {ARN: "arn:*:iam::*:root"}}})
ONLY_S3 = document({"Effect": "Allow", "Action": "s3:*"})
USERS = document({"Condition": {"ArnLike": {ARN: "arn:*:iam::*:user/*"}}})


@pytest.mark.parametrize(
    ("levels", "allowed"),
    [
        ([[FULL], [FULL], [FULL]], YES),
        ([[FULL], [FULL, DENY_ROOT], [FULL]], NO),
        ([[FULL, DENY_ROOT], [FULL], [FULL]], NO),
        ([[FULL], [FULL], [FULL, DENY_ROOT]], NO),
        ([[FULL], [ONLY_S3], [FULL]], NO),
        ([[FULL], [ONLY_S3, FULL], [FULL]], YES),
        ([[FULL], [], [FULL]], NO),
        ([[FULL], [FULL, USERS], [FULL]], YES),
    ],
)
def test_service_control_policies_of_several_levels(
    levels: list[list[Any]], allowed: Truth
) -> None:
    answers = [decide(level, root(LONG_TERM_KEY)).truth for level in levels]
    assert min(answers, key=lambda truth: truth.value) is allowed, SCP
