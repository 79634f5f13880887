"""A guardrail for the root user is attached to nothing.

A service control policy binds the accounts below the root, organizational unit or account that it is
attached to. This one denies the root user, and the code attaches it nowhere: every request passes as
if it had never been written.

## Fix

Attach it to the organization's root, or to the units whose accounts it is to bind: an
`aws_organizations_policy_attachment`, or `TargetIds` in CloudFormation.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    Claim,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Violation,
    attached,
    check,
    first_denied,
    is_guardrail,
    off_attachments,
    root_statements,
    unknowns,
)


@check(
    OrganizationPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_attach.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_guardrail_not_attached(policy: OrganizationPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy.document
    if document is None or is_guardrail(policy) is Truth.NO or not root_statements(document):
        return
    question = "is this guardrail for the root user attached to anything?"
    if is_guardrail(policy) is Truth.UNKNOWN:
        yield Undecided(policy.resource.span, question, tuple(unknowns(policy.type)))
        return
    request = first_denied(document, policy.resource.scope.partition)
    if request is None:
        return
    binding = attached(policy, estate)
    switched_off = off_attachments(policy, estate)
    match binding.truth:
        case Truth.NO if switched_off:
            yield Undecided(policy.resource.span, question, switched_off)
        case Truth.NO:
            yield Violation(
                at=policy.resource.span,
                seen="denies root, bound to no account",
                message="this guardrail for the root user is attached to nothing",
                proof=RequestProof(
                    request,
                    (),
                    Claim.NOT_DENIED,
                    verdict="allowed: it binds no account",
                    unbound=(document.raw,),
                ),
                fix="attach it to the organization's root",
                deciding="targets",
            )
        case Truth.UNKNOWN:
            yield Undecided(policy.resource.span, question, binding.unknowns)
        case Truth.YES:
            return
