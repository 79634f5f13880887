"""Policy documents of a resource as access policies."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.cloudformation.vocabulary.written import each, field, text
from rootlint.embedded import policy
from rootlint.model.identity import AccessPolicy, Holder, PolicyAttachment
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Unknown, Value


def access_policy(
    resource: Resource,
    kind: PolicyKind,
    written: Value | None,
    *,
    name: Value | None = None,
    holder: Holder | None = None,
    holder_name: Value | None = None,
    target: Value | None = None,
) -> Iterator[AccessPolicy]:
    """The policy that a property holds; none where it is not written."""
    if written is None:
        return
    document, hidden = document_of(written)
    yield AccessPolicy(resource, kind, document, hidden, name, holder, holder_name, target)


def document_of(written: Value) -> tuple[Policy | None, Unknown | None]:
    """The document, or why it cannot be read."""
    found = policy(written)
    return (None, found) if isinstance(found, Unknown) else (found, None)


def held(resource: Resource, holder: Holder, name: Value) -> Iterator[Declared]:
    """The inline and the managed policies of a user, a group or a role."""
    body = resource.body
    for inline in each(field(body, "Policies")):
        yield from access_policy(
            resource,
            PolicyKind.IDENTITY,
            field(inline, "PolicyDocument"),
            name=text(inline, "PolicyName"),
            holder=holder,
            holder_name=name,
        )
    for arn in each(field(body, "ManagedPolicyArns")):
        yield PolicyAttachment(resource, arn, holder, name)
