"""A policy is named as if it denied the root user, and does not.

Its name, description, statement id or file says that it denies root, and people rely on that. Its
document has no statement that is about the root user: what it denies, it denies to everybody alike.

## Fix

Deny root by its ARN, or give the policy a name that says what it does:

    {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
      "ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"},
      "Null": {"aws:AssumedRoot": "true"}}}
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ACTIONS,
    ROOT_GUARDRAIL,
    Claim,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    Policy,
    Promise,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Unknown,
    Violation,
    Why,
    about_root,
    check,
    denies,
    doubtful,
    is_guardrail,
    people_with_mfa,
    root_promises,
    root_requests,
    unknowns,
)

QUESTION = "does this policy deny the root user, as its name says?"


@check(
    OrganizationPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html#example-scp-root-user",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_guardrail_in_name_only(policy: OrganizationPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy.document
    if document is None or is_guardrail(policy) is Truth.NO:
        return
    promise = next(root_promises(policy, document), None)
    if promise is not None:
        yield from doubtful(
            _judge(policy, document, promise), QUESTION, tuple(unknowns(policy.type))
        )


def _judge(policy: OrganizationPolicy, document: Policy, promise: Promise) -> Iterator[Outcome]:
    about = about_root(document)
    proof = _proof(document, policy.resource.scope.partition)
    if about.truth is Truth.NO and proof is not None:
        yield _violation(promise, proof)
    elif about.truth is not Truth.YES:
        rejected = Unknown(Why.SYNTAX, "a statement that AWS does not take", document.span)
        hidden = about.unknowns or tuple(unknowns(document.raw)) or (rejected,)
        yield Undecided(promise.span, QUESTION, hidden)


def _violation(promise: Promise, proof: RequestProof) -> Violation:
    return Violation(
        at=promise.span,
        seen="no statement is about root",
        message=f"this policy says `{promise.text}`, and treats root like everybody else",
        proof=proof,
        fix="deny root by its ARN, or give the policy another name",
        deciding=promise.text,
    )


def _proof(document: Policy, partition: str) -> RequestProof | None:
    """A request of root that it allows; where it denies everything, one of somebody else that it denies."""
    raw = (document.raw,)
    for request in root_requests(ROOT_ACTIONS, partition=partition):
        if denies(document, request).truth is Truth.NO:
            return RequestProof(request, raw, Claim.NOT_DENIED, verdict="allowed")
    other = people_with_mfa("iam:ListUsers", "*", partition=partition)[0]
    if denies(document, other).truth is not Truth.YES:
        return None
    return RequestProof(other, raw, Claim.DENIED, verdict="denied as well")
