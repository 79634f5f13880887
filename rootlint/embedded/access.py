"""Policy documents of a resource as access policies, for both languages."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.embedded.policy import policy
from rootlint.model.identity import AccessPolicy, Holder
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.read import text
from rootlint.model.resource import Resource
from rootlint.model.value import Known, Map, Unknown, Value
from rootlint.source import Span


def access_policy(
    resource: Resource,
    kind: PolicyKind,
    written: Value | None,
    *,
    name: Value | None = None,
    holder: Holder | None = None,
    holder_name: Value | None = None,
    target: Value | None = None,
    service: str = "",
) -> Iterator[AccessPolicy]:
    """The policy that a property or an argument holds; none where it is not written."""
    if written is None:
        return
    document, hidden = document_of(written)
    yield AccessPolicy(resource, kind, document, hidden, name, holder, holder_name, target, service)


def put_events(
    principal: Value | None, action: Value | None, condition: Value | None, span: Span
) -> Value:
    """The document that a permission of an event bus stands for: one statement, for an account or `*`.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
    """
    who = Known("*", span) if principal is None else principal
    statement: dict[str, Value] = {
        "Effect": Known("Allow", span),
        "Principal": who if text(who) == "*" else Map({"AWS": who}, who.span),
        "Action": Known("events:PutEvents", span) if action is None else action,
        "Resource": Known("*", span),
    }
    if condition is not None:
        statement["Condition"] = condition
    return Map({"Statement": Map(statement, span)}, span)


def document_of(written: Value) -> tuple[Policy | None, Unknown | None]:
    """The document, or why it cannot be read."""
    found = policy(written)
    return (None, found) if isinstance(found, Unknown) else (found, None)
