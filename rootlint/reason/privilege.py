"""Whether an identity can make itself an administrator, and what it may do at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rootlint.model.truth import Truth
from rootlint.reason.answer import Answer, Request, every, negated, some
from rootlint.reason.holdings import Held, Holdings
from rootlint.reason.iam import allows, denies
from rootlint.reason.root import ACCOUNT

_IAM = f"arn:aws:iam::{ACCOUNT}"
_USER, _ROLE = f"{_IAM}:user/somebody-else", f"{_IAM}:role/administrator"
# Each of these on others makes an administrator; "permissions management" and credentials in
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
_MAKE_ADMINISTRATORS = (
    ("iam:AttachUserPolicy", _USER),
    ("iam:PutUserPolicy", _USER),
    ("iam:AttachRolePolicy", _ROLE),
    ("iam:PutRolePolicy", _ROLE),
    ("iam:UpdateAssumeRolePolicy", _ROLE),
    ("iam:CreatePolicyVersion", f"{_IAM}:policy/boundary"),
    ("iam:CreateAccessKey", _USER),
    ("iam:CreateLoginProfile", _USER),
    ("iam:UpdateLoginProfile", _USER),
)
# Whoever may do all of these without limit, may do what they like outside of IAM.
_WHATEVER = (
    "cloudtrail:StopLogging",
    "s3:DeleteBucket",
    "ec2:TerminateInstances",
    "kms:ScheduleKeyDeletion",
    "lambda:UpdateFunctionCode",
    "rds:DeleteDBInstance",
    "dynamodb:DeleteTable",
    "secretsmanager:GetSecretValue",
)
Make = Callable[[str, str], Request]


class Power(NamedTuple):
    """A request that only a privileged identity can make, and whether this one can."""

    request: Request
    answer: Answer


def may(holdings: Holdings, request: Request) -> Answer:
    """Whether what an identity holds allows a request, as far as it is seen.

    A boundary allows nothing by itself, and has to allow it too.
    """
    bound = () if holdings.boundary is None else (_within(holdings.boundary, request),)
    denied = some(_denied(held, request) for held in holdings.held)
    allowed = some(_allowed(held, request) for held in holdings.held)
    return every((*bound, negated(denied), allowed))


def power(holdings: Holdings, make: Make) -> Power | None:
    """The first privileged request that an identity can make, else one of which it is not known.

    `make` makes a request of the identity out of an action and a resource.
    """
    found = list(_powers(holdings, make))
    for wanted in (Truth.YES, Truth.UNKNOWN):
        for one in found:
            if one.answer.truth is wanted:
                return one
    return None


def _powers(holdings: Holdings, make: Make) -> Iterator[Power]:
    for action, resource in _MAKE_ADMINISTRATORS:
        request = make(action, resource)
        yield Power(request, may(holdings, request))
    requests = [make(action, "*") for action in _WHATEVER]
    answers = [may(holdings, request) for request in requests]
    all_of_them = every(answers)
    yield Power(requests[0], all_of_them._replace(term=answers[0].term))


def _within(boundary: Held, request: Request) -> Answer:
    if boundary.document is None:
        return Answer(Truth.UNKNOWN, None, boundary.because)
    document = boundary.document
    return every((negated(denies(document, request)), allows(document, request)))


def _allowed(held: Held, request: Request) -> Answer:
    if held.is_far:
        return Answer(Truth.NO)
    if held.document is not None:
        return every((Answer(held.holds, None, held.because), allows(held.document, request)))
    modest = held.managed is not None and held.managed.modest
    return Answer(Truth.NO if modest else Truth.UNKNOWN, None, held.because)


def _denied(held: Held, request: Request) -> Answer:
    if held.document is not None:
        return every((Answer(held.holds, None, held.because), denies(held.document, request)))
    silent = held.managed is not None and not held.managed.denies
    return Answer(Truth.NO if silent else Truth.UNKNOWN, None, held.because)
