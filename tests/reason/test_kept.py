from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootlint.model.policy import Policy
from rootlint.model.truth import Truth
from rootlint.reason.actions import actions
from rootlint.reason.answer import Request
from rootlint.reason.iam import denies
from rootlint.reason.kept import Kept, kept, kept_by_root
from rootlint.reason.root import CONSOLE_WITH_MFA, ENDPOINT, FOREIGN, ROOT_ACTIONS, root_requests
from tests.embedded.making import hole
from tests.reason.policies import document, read

ROOT = {"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}}


def ask(action: str) -> Request:
    return root_requests((action,))[0]


def left(*statements: dict[str, Any]) -> Kept:
    return kept([document(*statements)], ask)


def test_without_a_deny_all_stays_open() -> None:
    assert kept([], ask) == Kept(actions().all)
    assert left({"Effect": "Allow"}) == Kept(actions().all)


def test_a_deny_of_everything_leaves_nothing() -> None:
    assert left({"Condition": ROOT}) == Kept(0)


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ({"NotAction": ["iam:*", "sts:*"]}, 206),
        ({"Action": ["*"], "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}, 22_321),
        ({"Action": "iam:*"}, 22_321 - 190),
        ({"NotAction": "iam:CreateAccesKey"}, 0),
    ],
)
def test_exceptions_and_conditions_keep_actions_open(statement: dict[str, Any], count: int) -> None:
    assert len(left(statement).names) == count


def test_statements_and_documents_add_up() -> None:
    halves = {"NotAction": "iam:*"}, {"Action": "iam:*"}
    assert left(*halves).open == 0
    assert kept([document(half) for half in halves], ask).open == 0


def test_root_keeps_what_is_denied_on_other_resources() -> None:
    found = left({"Resource": "arn:aws:s3:::example-bucket"})
    assert "iam:CreateAccessKey" in found.names
    assert "s3:PutBucketPolicy" not in actions().named(found.open | found.unsure)
    assert "s3:GetObject" in actions().named(found.unsure)
    assert found.unknowns


@pytest.mark.parametrize(
    "parts",
    [
        ('{"Effect": "Deny", "Action": "', hole(), '", "Resource": "*"}'),
        ('{"Effect": "Deny", "NotAction": ["s3:*", ', hole(), '], "Resource": "*"}'),
        ('{"Effect": "', hole(), '", "Action": "*", "Resource": "*"}'),
        ('{"Effect": "Deny", "Action": "*", "Resource": "', hole(), '"}'),
    ],
)
def test_a_hole_makes_actions_unsure(parts: tuple[Any, ...]) -> None:
    found = kept([read('{"Version": "2012-10-17", "Statement": ', *parts, "}")], ask)
    assert "iam:CreateAccessKey" in actions().named(found.unsure)
    assert hole() in found.unknowns


def test_what_a_hole_can_not_be_is_decided() -> None:
    text = ('{"Statement": {"Effect": "Deny", "Action": "s3:Get', hole(), '", "Resource": "*"}}')
    found = kept([read(*text)], ask)
    assert "iam:CreateAccessKey" in found.names
    assert "s3:PutObject" in found.names
    assert "s3:GetObject" not in found.names


def test_every_situation_of_root_is_asked() -> None:
    by_mfa = document(
        {"Condition": {**ROOT, "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}
    )
    openings = list(kept_by_root([by_mfa], addresses=(FOREIGN, ENDPOINT)))
    open_in = [found.ask("iam:CreateUser").credential for found in openings if found.kept.open]
    assert len(openings) == 6
    assert open_in == [CONSOLE_WITH_MFA.name] * 2
    # GovCloud's root has no console.
    assert len(list(kept_by_root([by_mfa], partition="aws-us-gov", addresses=(FOREIGN,)))) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_it_says_what_each_request_says(seed: int) -> None:
    random = Random(seed)
    found = _some_policy(random)
    answer = kept([found], ask)
    for name in (*random.sample(actions().names, 40), *ROOT_ACTIONS):
        bit = actions().covered(name)
        denied = denies(found, ask(name)).truth
        if answer.open & bit:
            assert denied is Truth.NO, name
        elif not answer.unsure & bit:
            assert denied is Truth.YES, name


def _some_policy(random: Random) -> Policy:
    """Some statements about actions, resources and how root signs."""
    lists = ["*", "iam:*", "*:*", "s3:Get*", "iam:?reate*", "ec2:*a*", "sts:GetFederationToken"]
    resources = ["*", "arn:aws:iam::*:root", "arn:aws:s3:::*", "arn:aws:iam::*:user/*"]
    conditions: list[dict[str, Any]] = [
        {},
        ROOT,
        {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
        {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    ]
    return document(
        *(
            {
                random.choice(["Action", "NotAction"]): random.sample(lists, random.randint(1, 3)),
                random.choice(["Resource", "Resource", "NotResource"]): random.choice(resources),
                "Condition": random.choice(conditions),
                "Effect": random.choice(["Deny", "Deny", "Allow"]),
            }
            for _ in range(random.randint(1, 4))
        )
    )
