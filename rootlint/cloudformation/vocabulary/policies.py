"""The policies of users, groups and roles."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.cloudformation.vocabulary.written import field, text
from rootlint.embedded.access import access_policy
from rootlint.model.identity import Holder, PolicyAttachment
from rootlint.model.policy import PolicyKind
from rootlint.model.read import each
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Value


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
