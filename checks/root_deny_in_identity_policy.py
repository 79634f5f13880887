"""A deny that is meant for the root user stands in an identity policy, which never binds root.

Identity policies (of users, groups, roles and permission sets) cannot be attached to the root user, and
AWS does not ask them when root makes a request. A deny for root's ARN in one of them reads like
protection and is none.

## Fix

Move the statement into a service control policy and attach that to the organization's root. An account
outside of an organization has nothing that could restrict its root user: delete its access keys, give
it MFA, and hear of its use.
"""

from collections.abc import Iterator
from itertools import chain

from rootlint.check import (
    ROOT_GUARDRAIL,
    AccessPolicy,
    Claim,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    Policy,
    PolicyKind,
    Request,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Value,
    Violation,
    check,
    denies,
    named_roots,
    root_key_request,
    root_requests_of,
    root_resources,
)

QUESTION = "is this deny in an identity policy, which never binds root?"


@check(
    AccessPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#access_policies-root",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_deny_in_identity_policy(policy: AccessPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy.document
    if document is None or policy.kind is not PolicyKind.IDENTITY or _is_shared(document, estate):
        return
    for statement in document.statements:
        at = next(chain(named_roots(statement), root_resources(statement)), None)
        if at is None:
            continue
        if statement.exists is Truth.YES:
            request = _request(document, statement, policy.resource.scope.partition)
            yield _violation(document, statement, at, request)
        else:
            because = () if statement.because is None else (statement.because,)
            yield Undecided(at.span, QUESTION, because)


def _is_shared(document: Policy, estate: Estate) -> bool:
    """Whether an organization policy has the same document: then it binds root there."""
    return any(
        other.document is not None and other.document.is_one_with(document)
        for other in estate.every(OrganizationPolicy)
    )


def _request(document: Policy, statement: Statement, partition: str) -> Request:
    """A request of root that the statement would deny, if anybody asked it."""
    tried = list(root_requests_of(statement, partition)) or [root_key_request(partition)]
    bare = document.only(statement)
    denied = (request for request in tried if denies(bare, request).truth is Truth.YES)
    return next(denied, tried[0])


def _violation(document: Policy, statement: Statement, at: Value, request: Request) -> Violation:
    denied = denies(document, request).truth is Truth.YES
    return Violation(
        at=at.span,
        seen="root is not bound by this policy",
        message="this deny for the root user stands in an identity policy, which never binds root",
        proof=RequestProof(
            request,
            (),
            Claim.NOT_DENIED,
            verdict="allowed: no identity policy binds root",
            unbound=(document.raw,) if denied else (),
        ),
        fix="move it into a service control policy",
        deciding=str(statement.index),
    )
