"""What a deny for requests without MFA leaves open that takes an identity over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from rootlint.model.policy import Elements, Policy, PolicyKind, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Value
from rootlint.reason.answer import Answer, Request, every, negated
from rootlint.reason.elements import action_covered, action_matches
from rootlint.reason.iam import allows, denies
from rootlint.reason.match import match_value
from rootlint.reason.root import ACCOUNT, people_without_mfa

# What becomes of it once the request went through, the worst first. `iam:ChangePassword` needs the old
# password, `iam:DeleteVirtualMFADevice` a device that is no longer in use: both take nothing over.
TAKEOVER_ACTIONS = {
    "iam:DeactivateMFADevice": "then `iam:EnableMFADevice` enrols a device of the attacker's",
    "iam:CreateLoginProfile": "then the user signs in with a password of the attacker's",
    "iam:UpdateLoginProfile": "then the user signs in with a password of the attacker's",
    "iam:CreateAccessKey": "then the attacker has a key that outlives the stolen one",
    "iam:AttachUserPolicy": "then the user may do whatever the policy allows",
    "iam:PutUserPolicy": "then the user may do whatever the policy allows",
}
# A list of actions that has all of these speaks of IAM as a whole.
_REST_OF_IAM = (
    "iam:CreateUser",
    "iam:DeleteUser",
    "iam:CreateRole",
    "iam:AttachRolePolicy",
    "iam:PutRolePolicy",
    "iam:CreatePolicyVersion",
)
_SELF = f"arn:aws:iam::{ACCOUNT}:user/somebody"
_OTHER = f"arn:aws:iam::{ACCOUNT}:user/somebody-else"


class Exemption(NamedTuple):
    """A request without MFA that a deny is not about, for its action alone.

    `at` is the entry that exempts it, or the list in which it is missing. `allowed` says that the
    same document allows it, and does not only fail to deny it. `truth` is YES or UNKNOWN.
    """

    request: Request
    at: Value | Elements
    answer: Answer
    allowed: bool


def gaps(document: Policy, statement: Statement) -> Iterator[Exemption]:
    """For each action that takes an identity over, the first request that a deny leaves open."""
    if not _claims_the_rest(statement):
        return
    for action in TAKEOVER_ACTIONS:
        found = [_gap(document, statement, request) for request in _requests(action)]
        for wanted in (Truth.YES, Truth.UNKNOWN):
            gap = next((gap for gap in found if gap.answer.truth is wanted), None)
            if gap is not None:
                yield gap
                break


def _requests(action: str) -> Iterator[Request]:
    """On oneself, which somebody surely means to allow, then on others."""
    for resource in (_SELF, _OTHER):
        yield from people_without_mfa(action, resource)


def _claims_the_rest(statement: Statement) -> bool:
    """Whether a statement denies everything but a list, or a list that means all of IAM."""
    if statement.action is None:
        return statement.not_action is not None
    rest = (Request(action, "*", "", {}) for action in _REST_OF_IAM)
    return all(action_covered(statement, request).truth is Truth.YES for request in rest)


def _gap(document: Policy, statement: Statement, request: Request) -> Exemption:
    exempted = every(
        (
            denies(document.only(_of_any_action(statement)), request),
            negated(action_covered(statement, request)),
            negated(denies(document, request)),
        )
    )
    granting = [found for found in document.statements if _grants(found, request)]
    allowed = allows(document, request)
    if granting or request.resource == _SELF:
        exempted = every((exempted, allowed))
    return Exemption(request, _exempting(statement, request), exempted, bool(granting))


def _of_any_action(statement: Statement) -> Statement:
    anything = Elements((Known("*", statement.span),), statement.span)
    return replace(statement, action=anything, not_action=None, exists=Truth.YES)


def _grants(statement: Statement, request: Request) -> bool:
    allows_it = text(statement.effect) != "Deny"
    return allows_it and action_covered(statement, request).truth is not Truth.NO


def _exempting(statement: Statement, request: Request) -> Value | Elements:
    """The entry of `NotAction` that covers the action, or the `Action` that lacks it."""
    listed = statement.not_action
    if listed is None:
        assert statement.action is not None
        return statement.action
    for item in listed.items:
        found = match_value(item, lambda value: action_matches(value, request.action))
        if found.truth is Truth.YES:
            return item
    return listed


def governs_people(kind: PolicyKind | None) -> bool:
    """Whether a policy of that kind decides on IAM's own actions: trust and resource policies do not."""
    return kind not in {PolicyKind.TRUST, PolicyKind.RESOURCE}
