"""What a user needs to come to a first session with MFA, and whether a policy lets them have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.policy import Policy, Statement
from rootlint.model.truth import Truth
from rootlint.reason.answer import Answer, Request
from rootlint.reason.iam import denies
from rootlint.reason.root import ACCOUNT, console_without_mfa

_USER = f"arn:aws:iam::{ACCOUNT}:user/somebody"
_DEVICE = f"arn:aws:iam::{ACCOUNT}:mfa/somebody"
# Without one of these nobody can enrol a device in the console:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
_NEEDED = (
    ("iam:EnableMFADevice", _USER),
    ("iam:CreateVirtualMFADevice", _DEVICE),
    ("iam:ListMFADevices", _USER),
)
_USEFUL = (
    ("iam:GetUser", _USER),
    ("iam:ListVirtualMFADevices", "*"),
    ("iam:ResyncMFADevice", _USER),
    ("sts:GetSessionToken", "*"),
)
_FIRST_SIGN_IN = (("iam:ChangePassword", _USER),)


class Blocked(NamedTuple):
    """A request that enrolling a device takes, and whether a deny is in its way.

    `useful` says that a device can be enrolled without it.
    """

    request: Request
    answer: Answer
    useful: bool


def blocked(document: Policy, statement: Statement, *, first_sign_in: bool) -> Blocked | None:
    """The first request for enrolling that a deny surely denies, else one of which it is not known.

    `first_sign_in` says that the user has to choose another password first.
    """
    found = list(_tried(document, statement, first_sign_in=first_sign_in))
    for wanted in (Truth.YES, Truth.UNKNOWN):
        for one in found:
            if one.answer.truth is wanted:
                return one
    return None


def _tried(document: Policy, statement: Statement, *, first_sign_in: bool) -> Iterator[Blocked]:
    useful = (*_USEFUL, *(_FIRST_SIGN_IN if first_sign_in else ()))
    for pairs, is_useful in ((_NEEDED, False), (useful, True)):
        for action, resource in pairs:
            request = console_without_mfa(action, resource)
            yield Blocked(request, denies(document.only(statement), request), is_useful)
