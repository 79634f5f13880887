"""Requests of somebody who runs an account, of whom little is known but that they do."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from rootlint.model.policy import Policy
from rootlint.reason.answer import Request
from rootlint.reason.role_session import role_request
from rootlint.reason.root import ACCOUNT

# What holds of every such request, or can be had by signing it anew: TLS, and no service in between.
_CERTAIN = frozenset(
    {
        "aws:principalaccount",
        "aws:principalisawsservice",
        "aws:resourceaccount",
        "aws:securetransport",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:viaawsservice",
    }
)
# Keys of requests that write objects: a request for the policy of a bucket has none of them.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
_OF_OBJECTS = frozenset(
    {
        "s3:x-amz-acl",
        "s3:x-amz-server-side-encryption",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
    }
)


def administrator_request(
    action: str, resource: str, documents: Iterable[Policy], *, account: str = ACCOUNT
) -> Request:
    """A request of an administrator: where it comes from and who it is may be as a condition has it.

    Every condition key of the documents that is not certain is hidden.
    """
    request = role_request(action, resource, account=account)
    asked = {
        condition.key.lower()
        for document in documents
        for statement in document.statements
        for condition in statement.conditions
    }
    hidden = (request.hidden | asked) - _CERTAIN - _OF_OBJECTS
    context = {key: found for key, found in request.context.items() if key in _CERTAIN}
    context |= {"aws:resourceaccount": (account,)}
    return request._replace(
        context=MappingProxyType(context), hidden=hidden, title="an administrator"
    )
