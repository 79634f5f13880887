"""Requests of a role's session, of which nothing about MFA is known."""

from __future__ import annotations

from types import MappingProxyType

from rootlint.reason.answer import Request
from rootlint.reason.root import ACCOUNT, people_with_mfa

_OF_PEOPLE = frozenset({"aws:username", "aws:multifactorauthpresent", "aws:multifactorauthage"})


def role_request(action: str, resource: str, *, account: str = ACCOUNT) -> Request:
    """A request of a session of the role `administrator`."""
    (person,) = people_with_mfa(action, resource, account=account)
    context = {key: values for key, values in person.context.items() if key not in _OF_PEOPLE}
    context |= {
        "aws:principaltype": ("AssumedRole",),
        "aws:principalarn": (f"arn:aws:iam::{account}:role/administrator",),
    }
    return person._replace(
        principal=f"arn:aws:sts::{account}:assumed-role/administrator/session",
        context=MappingProxyType(context),
        title="a role",
        credential="role session",
        hidden=person.hidden | _OF_PEOPLE - {"aws:username"},
    )
