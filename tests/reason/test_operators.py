"""Condition operators, row by row from AWS's pages.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why
from rootlint.reason.iam import Answer, Request, denies
from rootlint.reason.operators import OPERATORS, operator
from tests.embedded.making import hole
from tests.reason.policies import ROOT, USER, document, read, request

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
PAGE = "reference_policies_elements_condition_operators.html"
MANY = "reference_policies_multi-value-conditions.html"
VARIABLES = "reference_policies_variables.html"

HERE = request(
    principal=USER,
    aws_PrincipalArn=USER,
    aws_username="somebody",
    aws_PrincipalAccount="111122223333",
    aws_RequestedRegion="us-east-1",
    aws_MultiFactorAuthPresent="false",
    aws_MultiFactorAuthAge="3600",
    aws_CurrentTime="2026-11-23T12:00:00Z",
    aws_SourceIp="203.0.113.10",
    aws_TagKeys=["owner", "cost"],
    aws_CalledVia=[],
    x_bytes="QmluYXJ5VmFsdWVJbkJhc2U2NA==",
    x_empty="",
    x_owner="owner",
)


def answer(name: str, key: str, values: Any, asked: Request = HERE) -> Answer:
    return denies(document({"Condition": {name: {key: values}}}), asked)


@pytest.mark.parametrize(
    ("name", "key", "values", "wanted", "page"),
    [
        # Strings: exact, case-sensitive, no wildcards; Like has them and reaches over `:` and `/`.
        ("StringEquals", "aws:username", "somebody", YES, PAGE),
        ("StringEquals", "aws:username", "Somebody", NO, PAGE),
        ("StringEquals", "aws:username", "some*", NO, PAGE),
        ("StringNotEquals", "aws:username", "some*", YES, PAGE),
        ("StringNotEquals", "aws:username", ["anna", "somebody"], NO, MANY),
        ("StringEquals", "aws:username", ["anna", "somebody"], YES, MANY),
        ("StringEqualsIgnoreCase", "aws:username", "SomeBody", YES, PAGE),
        ("StringNotEqualsIgnoreCase", "aws:username", "SomeBody", NO, PAGE),
        ("StringLike", "aws:username", "some*", YES, PAGE),
        ("StringLike", "aws:username", "s?meb??y", YES, PAGE),
        ("StringLike", "aws:username", "SOME*", NO, PAGE),
        ("StringLike", "aws:PrincipalArn", "arn:*somebody", YES, PAGE),
        ("StringNotLike", "aws:PrincipalArn", "*:root", YES, PAGE),
        ("StringEquals", "AWS:USERNAME", "somebody", YES, "reference_policies_condition-keys.html"),
        # Numbers and dates
        ("NumericEquals", "aws:MultiFactorAuthAge", "3600.0", YES, PAGE),
        ("NumericEquals", "aws:MultiFactorAuthAge", 3600, YES, "reference_policies_grammar.html"),
        ("NumericNotEquals", "aws:MultiFactorAuthAge", "3600", NO, PAGE),
        ("NumericLessThan", "aws:MultiFactorAuthAge", "3600", NO, PAGE),
        ("NumericLessThanEquals", "aws:MultiFactorAuthAge", "3600", YES, PAGE),
        ("NumericGreaterThan", "aws:MultiFactorAuthAge", "3599", YES, PAGE),
        ("NumericGreaterThanEquals", "aws:MultiFactorAuthAge", "3601", NO, PAGE),
        ("NumericLessThan", "aws:MultiFactorAuthAge", "an hour", UNKNOWN, PAGE),
        ("DateEquals", "aws:CurrentTime", "2026-11-23T13:00:00+01:00", YES, PAGE),
        ("DateLessThan", "aws:CurrentTime", "2026-11-23T12:00:00Z", NO, PAGE),
        ("DateLessThanEquals", "aws:CurrentTime", "2026-11-23T12:00:00Z", YES, PAGE),
        ("DateGreaterThan", "aws:CurrentTime", "2026-11-23", YES, PAGE),
        ("DateGreaterThan", "aws:CurrentTime", "1800000000", NO, PAGE),
        ("DateGreaterThan", "aws:CurrentTime", "2026-02-31", UNKNOWN, PAGE),
        # Flags and bytes
        ("Bool", "aws:MultiFactorAuthPresent", "false", YES, PAGE),
        ("Bool", "aws:MultiFactorAuthPresent", False, YES, "reference_policies_grammar.html"),
        ("Bool", "aws:MultiFactorAuthPresent", "FALSE", YES, PAGE),
        ("Bool", "aws:MultiFactorAuthPresent", "true", NO, PAGE),
        ("Bool", "aws:MultiFactorAuthPresent", ["true", "false"], YES, MANY),
        ("Bool", "aws:MultiFactorAuthPresent", "no", UNKNOWN, PAGE),
        ("BinaryEquals", "x:bytes", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", YES, PAGE),
        ("BinaryEquals", "x:bytes", "QUJD", NO, PAGE),
        # Addresses
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24", YES, PAGE),
        ("IpAddress", "aws:SourceIp", "203.0.113.10", YES, PAGE),
        ("IpAddress", "aws:SourceIp", "203.0.113.11", NO, PAGE),
        ("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8", "203.0.113.0/24"], NO, PAGE),
        ("NotIpAddress", "aws:SourceIp", "2001:db8::/32", YES, PAGE),
        ("IpAddress", "aws:SourceIp", "0.0.0.0/0", YES, PAGE),
        ("IpAddress", "aws:SourceIp", "203.0.113.*", UNKNOWN, PAGE),
        # ARNs: part by part
        ("ArnLike", "aws:PrincipalArn", "arn:*:iam::*:user/*", YES, PAGE),
        ("ArnEquals", "aws:PrincipalArn", "arn:*:iam::*:user/*", YES, PAGE),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:*:user/somebody", NO, PAGE),
        ("ArnLike", "aws:PrincipalArn", "*:user/somebody", NO, PAGE),
        ("ArnNotLike", "aws:PrincipalArn", "arn:*:iam::*:root", YES, PAGE),
        ("ArnLike", "aws:PrincipalArn", "*", UNKNOWN, PAGE),
        ("ArnNotLike", "aws:PrincipalArn", "*:root", UNKNOWN, PAGE),
        # Null
        ("Null", "aws:TokenIssueTime", "true", YES, PAGE),
        ("Null", "aws:TokenIssueTime", "false", NO, PAGE),
        ("Null", "aws:username", False, YES, PAGE),
        ("Null", "aws:username", ["true", "false"], YES, MANY),
        ("Null", "aws:username", "yes", UNKNOWN, PAGE),
    ],
)
def test_a_key_that_the_request_carries(
    name: str, key: str, values: Any, wanted: Truth, page: str
) -> None:
    assert answer(name, key, values).truth is wanted, page


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("StringEquals", NO),
        ("StringNotEquals", YES),
        ("StringNotLike", YES),
        ("ArnNotLike", YES),
        ("NotIpAddress", YES),
        ("NumericNotEquals", YES),
        ("DateNotEquals", YES),
        ("Bool", NO),
        ("NumericGreaterThan", NO),
        ("BoolIfExists", YES),
        ("NumericGreaterThanIfExists", YES),
        ("StringNotEqualsIfExists", YES),
        ("ForAllValues:StringEquals", YES),
        ("ForAllValues:StringNotEquals", YES),
        ("ForAllValues:StringLikeIfExists", YES),
        ("ForAnyValue:StringEquals", NO),
        ("ForAnyValue:StringNotEquals", NO),
        # AWS says "true" of IfExists and "false" of ForAnyValue, and not which wins.
        ("ForAnyValue:StringEqualsIfExists", UNKNOWN),
    ],
)
@pytest.mark.parametrize("key", ["aws:Absent", "aws:CalledVia"])
def test_a_key_that_is_missing_or_has_no_values(name: str, key: str, wanted: Truth) -> None:
    assert answer(name, key, "1").truth is wanted


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("ForAllValues:StringEquals", ["owner", "cost", "team"], YES),
        ("ForAllValues:StringEquals", ["owner"], NO),
        ("ForAllValues:StringNotEquals", ["team"], YES),
        ("ForAllValues:StringNotEquals", ["owner"], NO),
        ("ForAnyValue:StringEquals", ["cost", "team"], YES),
        ("ForAnyValue:StringEquals", ["team"], NO),
        ("ForAnyValue:StringNotEquals", ["owner"], YES),
        ("ForAnyValue:StringNotEquals", ["owner", "cost"], NO),
        ("ForAnyValue:StringLike", "c*", YES),
        ("StringEquals", ["owner"], UNKNOWN),
    ],
)
def test_a_key_with_several_values(name: str, values: list[str], wanted: Truth) -> None:
    assert answer(name, "aws:TagKeys", values).truth is wanted, MANY


@pytest.mark.parametrize("name", ["ForAllValues:StringEquals", "ForAnyValue:StringEquals", "Null"])
def test_an_empty_value_is_not_decided(name: str) -> None:
    assert answer(name, "x:empty", "true").truth is UNKNOWN


@pytest.mark.parametrize(
    ("name", "key", "value", "wanted"),
    [
        (
            "StringEquals",
            "aws:PrincipalArn",
            "arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}",
            YES,
        ),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:user/*", YES),
        ("ArnEquals", "aws:PrincipalArn", "${aws:PrincipalArn}", YES),
        ("StringEquals", "aws:username", "${AWS:UserName}", YES),
        ("StringEquals", "aws:username", "${aws:FederatedProvider, 'somebody'}", YES),
        ("StringEquals", "aws:username", "${aws:username, 'anna'}", YES),
        # A variable without a value equals nothing, so inverted operators match.
        ("StringEquals", "aws:username", "${aws:FederatedProvider}", NO),
        ("StringLike", "aws:username", "*${aws:FederatedProvider}", NO),
        ("StringNotEquals", "aws:username", "${aws:FederatedProvider}", YES),
        # A key with several values is no variable.
        ("StringEquals", "x:owner", "${aws:TagKeys}", NO),
        ("StringLike", "aws:username", "some${*}", NO),
        ("StringEquals", "aws:username", "${aws:username", NO),
        # AWS's pages contradict one another on variables of booleans.
        ("Bool", "aws:MultiFactorAuthPresent", "${aws:MultiFactorAuthPresent}", UNKNOWN),
    ],
)
def test_policy_variables(name: str, key: str, value: str, wanted: Truth) -> None:
    assert answer(name, key, value).truth is wanted, VARIABLES


@pytest.mark.parametrize(
    ("version", "wanted"),
    [("2012-10-17", YES), ("2008-10-17", NO), (None, UNKNOWN), ("2012", UNKNOWN)],
)
def test_variables_need_the_version_of_2012(version: str | None, wanted: Truth) -> None:
    condition = {"StringEquals": {"aws:username": "${aws:username}"}}
    assert denies(document({"Condition": condition}, version=version), HERE).truth is wanted


def test_without_variables_the_version_does_not_matter() -> None:
    condition = {"StringEquals": {"aws:username": "somebody"}}
    assert denies(document({"Condition": condition}, version=None), HERE).truth is YES


@pytest.mark.parametrize(
    "name", ["StringIs", "NullIfExists", "ForSome:StringEquals", "", "IfExists"]
)
def test_an_operator_that_aws_does_not_have_is_unknown(name: str) -> None:
    found = answer(name, "aws:username", "somebody")
    assert found.truth is UNKNOWN
    assert found.unknowns[0].why is Why.SYNTAX


def test_an_operator_in_another_case_is_unknown() -> None:
    found = answer("stringequals", "aws:username", "somebody")
    assert found.truth is UNKNOWN
    assert found.unknowns[0].why is Why.UNSPECIFIED


def test_all_operators_of_the_page_are_there() -> None:
    orders = [
        "Equals",
        "NotEquals",
        "LessThan",
        "LessThanEquals",
        "GreaterThan",
        "GreaterThanEquals",
    ]
    assert set(OPERATORS) == {
        *("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
        *("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "Bool", "BinaryEquals", "Null"),
        *("IpAddress", "NotIpAddress", "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"),
        *(f"{kind}{order}" for kind in ("Numeric", "Date") for order in orders),
    }


def test_an_operator_taken_apart() -> None:
    found = operator("ForAnyValue:StringNotLikeIfExists")
    assert found is not None
    assert (found.name, found.each, found.if_exists, found.negated, found.exact) == (
        "StringNotLike",
        "ForAnyValue",
        True,
        True,
        True,
    )


# Holes.


def holed(name: str, key: str, *values: str | Unknown) -> Answer:
    """A condition of which the value is a text with holes, or a hole alone."""
    head = f'{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{"{name}":{{"{key}":"'
    return denies(read(head, *values, '"}}}}'), HERE)


@pytest.mark.parametrize(
    ("name", "key", "values", "wanted"),
    [
        ("StringEquals", "aws:username", ["some", hole()], UNKNOWN),
        ("StringEquals", "aws:username", ["any", hole()], NO),
        ("StringNotEquals", "aws:username", ["any", hole()], YES),
        ("StringLike", "aws:username", [hole(), "x"], NO),
        ("StringEquals", "aws:PrincipalArn", ["arn:aws:iam::", hole(), ":root"], NO),
        ("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::", hole(), ":root"], NO),
        ("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::", hole(), ":user/*"], UNKNOWN),
        ("ArnLike", "aws:PrincipalArn", ["arn:", hole("p", "partition"), ":iam::*:group/*"], NO),
        ("ArnLike", "aws:PrincipalArn", ["arn:*:iam::", hole("a", "account"), ":user/*"], UNKNOWN),
        ("StringEquals", "aws:username", [hole("a", "account")], NO),
        ("StringEquals", "aws:RequestedRegion", [hole("r", "region")], UNKNOWN),
        ("StringEquals", "aws:PrincipalArn", [hole("n", "name")], NO),
        ("StringEquals", "aws:username", ["${aws:PrincipalTag/", hole(), "}"], UNKNOWN),
        ("StringEquals", "aws:username", ["x${aws:PrincipalTag/", hole(), "}"], NO),
        ("StringEquals", "aws:username", ["${aws:", hole()], UNKNOWN),
        ("StringEquals", "aws:username", ["$", hole()], UNKNOWN),
        ("Bool", "aws:MultiFactorAuthPresent", [hole()], UNKNOWN),
        ("NumericLessThan", "aws:MultiFactorAuthAge", ["36", hole()], UNKNOWN),
        ("IpAddress", "aws:SourceIp", [hole(), "/32"], UNKNOWN),
        ("Null", "aws:username", [hole()], UNKNOWN),
        ("Bool", "aws:Absent", [hole()], NO),
        ("BoolIfExists", "aws:Absent", [hole()], YES),
    ],
)
def test_a_hole_in_a_value(name: str, key: str, values: list[str | Unknown], wanted: Truth) -> None:
    found = holed(name, key, *values)
    assert found.truth is wanted
    assert bool(found.unknowns) is (wanted is UNKNOWN)


def test_a_hole_beside_a_match_does_not_matter() -> None:
    head = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24",'
    assert denies(read(head, hole(), "]}}}}"), HERE).truth is NO


# Words.


@pytest.mark.parametrize(
    ("name", "key", "values", "sentence"),
    [
        (
            "StringEquals",
            "aws:PrincipalArn",
            "arn:aws:iam::*:root",
            "`StringEquals` compares `*` literally",
        ),
        ("Bool", "aws:Absent", "false", "the request carries no `aws:Absent`"),
        (
            "ArnLike",
            "aws:PrincipalArn",
            "*:root",
            "`*:root` is no ARN: it has fewer than six parts",
        ),
        ("IpAddress", "aws:SourceIp", "::/0", "`::/0` holds no IPv4 address"),
        ("StringEquals", "aws:PrincipalType", "Root", "`Root` does not match `Account`"),
        (
            "StringEquals",
            "aws:PrincipalType",
            ["Root", "root"],
            "`Account` matches none of the values of `StringEquals`",
        ),
        ("StringNotEquals", "aws:PrincipalType", "Account", "`Account` matches `Account`"),
        (
            "StringEquals",
            "aws:PrincipalType",
            "${aws:username}",
            "`${aws:username}` has no value in this request",
        ),
        ("Null", "aws:PrincipalType", "true", "the request carries `aws:PrincipalType`"),
    ],
)
def test_a_no_is_explained(name: str, key: str, values: Any, sentence: str) -> None:
    asked = request(
        principal=ROOT, aws_PrincipalArn=ROOT, aws_PrincipalType="Account", aws_SourceIp="192.0.2.1"
    )
    found = answer(name, key, values, asked)
    assert found.truth is NO
    assert found.term is not None
    assert found.term.sentence == sentence
    assert (found.term.element, found.term.operator, found.term.key) == ("Condition", name, key)


def test_a_yes_by_a_missing_key_is_explained() -> None:
    found = answer("BoolIfExists", "aws:Absent", "false")
    assert found.term is not None
    assert (
        found.term.sentence == "the request carries no `aws:Absent`, and `BoolIfExists` holds then"
    )


def test_the_term_points_at_the_value() -> None:
    text = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Deny",
                "Action": "*",
                "Resource": "*",
                "Condition": {"StringEquals": {"aws:username": ["a", "x*"]}},
            },
        }
    )
    term = denies(read(text), HERE).term
    assert term is not None
    assert term.span is not None
    assert text[term.span.start - 100 : term.span.end - 100] == '"x*"'
    assert (term.written, term.found) == ("x*", "somebody")
