"""Documents that AWS would refuse, or that are made to run long: an answer, and never a crash."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.model.value import Known, List, Map, Unknown, Why
from rootlint.reason.iam import allows, denies
from rootlint.reason.kept import kept_by_root
from rootlint.reason.root import ROOT_ACTIONS, root_requests
from tests.reason.iam_cases import NOWHERE, document

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
REQUEST = root_requests(ROOT_ACTIONS)[0]
DENY = '{"Effect": "Deny", "Action": "*", "Resource": "*"}'


def read(text: str) -> Policy | Unknown:
    return policy(document(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "deny everything",
        "null",
        "5",
        '"Deny"',
        "[" + DENY + "]",
        '{"Statement": ' + DENY,
        '{"Statement": ' + DENY + "} {}",
        '{"Statement": ' + DENY + "}{}",
        "Statement: []",
        "{'Statement': []}",
        "[" * 5_000,
        '{"Statement":' * 5_000,
    ],
)
def test_what_is_no_document_says_why(text: str) -> None:
    found = read(text)
    assert isinstance(found, Unknown)
    assert found.why in {Why.SYNTAX, Why.LIMIT}
    assert found.detail


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ('{"Statement": ' + DENY + "}", YES),
        ('\ufeff{"Statement": ' + DENY + "}", None),
        ("{}", NO),
        ('{"Statement": []}', NO),
        ('{"Statement": {}}', UNKNOWN),
        ('{"Statement": 5}', UNKNOWN),
        ('{"Statement": "Deny"}', UNKNOWN),
        ('{"Statement": [5, null, [], ' + DENY + "]}", YES),
        ('{"Statement": [[' + DENY + "]]}", None),
        ('{"statement": ' + DENY + "}", UNKNOWN),
        ('{"Statement": {"Effect": ["Deny"], "Action": "*", "Resource": "*"}}', UNKNOWN),
        ('{"Statement": {"Effect": "Deny", "Action": {"a": 1}, "Resource": "*"}}', UNKNOWN),
        ('{"Statement": {"Effect": "Deny", "Action": 5, "Resource": "*"}}', NO),
        ('{"Statement": {"Effect": "Deny", "Action": null, "Resource": "*"}}', UNKNOWN),
        ('{"Statement": {"Effect": "Deny", "Action": [null, "*"], "Resource": "*"}}', YES),
        ('{"Statement": {"Effect": "Deny", "Action": "*"}}', UNKNOWN),
        ('{"Statement": {"Effect": "Deny", "Action": "*", "Resource": 5}}', NO),
        ('{"Version": 5, "Statement": ' + DENY + "}", YES),
        ('{"Version": {}, "Statement": ' + DENY + "}", YES),
    ],
)
def test_a_document_that_aws_may_refuse(text: str, denied: Truth | None) -> None:
    found = read(text)
    if isinstance(found, Policy):
        answer = denies(found, REQUEST).truth
        assert denied in {answer, None}
        list(kept_by_root([found]))


def condition(written: Any) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": written},
        }
    )


@pytest.mark.parametrize(
    ("written", "denied"),
    [
        ({"Bool": {"aws:SecureTransport": True}}, YES),
        ({"Bool": {"aws:SecureTransport": [False, "true"]}}, YES),
        ({"Bool": {"aws:SecureTransport": 1}}, UNKNOWN),
        ({"Bool": {"aws:SecureTransport": "yes"}}, UNKNOWN),
        ({"StringEquals": {"aws:PrincipalAccount": 111122223333}}, YES),
        ({"NumericLessThan": {"aws:EpochTime": 1e3}}, NO),
        ({"NumericLessThan": {"aws:EpochTime": "soon"}}, UNKNOWN),
        ({"DateLessThan": {"aws:CurrentTime": "2026-13-45"}}, UNKNOWN),
        ({"IpAddress": {"aws:SourceIp": "198.51.100.0/99"}}, UNKNOWN),
        ({"IpAddress": {"aws:SourceIp": "everywhere"}}, UNKNOWN),
        ({"Null": {"aws:username": None}}, NO),
        ({"StringEquals": {"aws:PrincipalAccount": []}}, NO),
        ({"StringEquals": {"aws:PrincipalAccount": {}}}, UNKNOWN),
        ({"StringEquals": {"aws:PrincipalAccount": [["111122223333"]]}}, UNKNOWN),
        ({"StringEquals": "aws:PrincipalAccount"}, UNKNOWN),
        ({"StringEquals": []}, UNKNOWN),
        ({"StringMatches": {"aws:PrincipalAccount": "1"}}, UNKNOWN),
        ({"": {"": ""}}, UNKNOWN),
        ({"ForAllValues:": {"a": "b"}}, UNKNOWN),
        ({"stringequals": {"aws:PrincipalAccount": "111122223333"}}, UNKNOWN),
        ([], UNKNOWN),
        ("Bool", UNKNOWN),
        (None, YES),
        ({}, YES),
    ],
)
def test_conditions_of_other_types(written: Any, denied: Truth) -> None:
    found = read(condition(written))
    assert isinstance(found, Policy)
    assert denies(found, REQUEST).truth is denied


def steps(work: Callable[[], object]) -> int:
    """How many function calls a piece of work makes, those of the interpreter's own included."""
    count = 0

    def tick(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def exploding(length: int) -> list[Policy]:
    """Patterns with as many `*` as a length has, in each place where one can be."""
    parts = ["*a" * length, "*1" * length, "?*" * length, "${aws:PrincipalAccount}*" * length]
    bodies: list[dict[str, Any]] = [
        {"Action": f"iam:{parts[0]}", "Resource": "*"},
        {"Action": "*", "Resource": f"arn:aws:iam::*:{parts[0]}"},
        {"Action": "*", "Resource": f"arn:aws:iam::{parts[1]}"},
        *(
            {
                "Action": "*",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:PrincipalArn": part}},
            }
            for part in parts
        ),
        {"Action": "*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": parts[2]}}},
    ]
    made = []
    for body in bodies:
        text = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", **body}})
        found = read(text)
        assert isinstance(found, Policy)
        made.append(found)
    return made


@pytest.mark.parametrize("at", range(8))
def test_wildcards_made_to_explode_take_as_many_steps_as_they_are_long(at: int) -> None:
    def ask(length: int) -> int:
        found = exploding(length)[at]
        return steps(lambda: (denies(found, REQUEST), allows(found, REQUEST)))

    ask(10)  # what is made once is made
    assert ask(80) <= 12 * ask(10)
    assert ask(1000) <= 200 * ask(10)


def test_a_hundred_thousand_statements() -> None:
    statement = {name: Known(text, NOWHERE) for name, text in json.loads(DENY).items()}
    statements = List((Map(statement, NOWHERE),) * 100_000, NOWHERE)
    found = policy(Map({"Statement": statements}, NOWHERE))
    assert isinstance(found, Policy)
    assert not found.statements
    answer = denies(found, REQUEST)
    assert answer.truth is UNKNOWN
    assert [hole.why for hole in answer.unknowns] == [Why.LIMIT]
    assert isinstance(read(f'{{"Statement": [{DENY}{f", {DENY}" * 99_999}]}}'), Unknown)
