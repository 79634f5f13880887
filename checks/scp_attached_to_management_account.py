"""A service control policy is attached to the management account alone, which none of them binds.

Service control policies restrict member accounts. The account that owns the organization is never
bound by them, whatever is attached to it: a guardrail that is attached there and nowhere else denies
nothing to anybody.

## Fix

Attach the policy to the organization's root or to the units whose accounts it is to bind. For the
management account itself no guardrail exists: keep workloads out of it, and hear of its root user.
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
    Span,
    Target,
    Truth,
    Undecided,
    Violation,
    all_of,
    check,
    first_denied,
    is_guardrail,
    is_management_account,
    root_key_request,
    targets,
    unknowns,
)

QUESTION = "is this policy attached to anything but the management account?"


@check(
    OrganizationPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#scp-effects-on-permissions",
    ),
    controls=ROOT_GUARDRAIL,
)
def scp_attached_to_management_account(
    policy: OrganizationPolicy, estate: Estate
) -> Iterator[Outcome]:
    if is_guardrail(policy) is not Truth.YES:
        return
    found = targets(policy, estate)
    owners = [
        is_management_account(target.value, target.by, estate) & target.holds
        for target in found.values
    ]
    if Truth.YES not in owners:
        return
    target = found.values[owners.index(Truth.YES)]
    only = all_of(owners)
    if only is Truth.YES and not found.hidden:
        yield _violation(policy, target)
    elif only is not Truth.NO:
        others = (
            hole
            for other, owner in zip(found.values, owners, strict=True)
            if owner is Truth.UNKNOWN
            for hole in unknowns(other.value)
        )
        yield Undecided(_place(target), QUESTION, (*found.hidden, *others))


def _place(target: Target) -> Span:
    """Where the target is written, which is not where a data source of it stands."""
    written, by = target.value.span, target.by
    inside = written.path == by.whole.path and by.whole.start <= written.start <= by.whole.end
    return written if inside else by.span


def _violation(policy: OrganizationPolicy, target: Target) -> Violation:
    partition = policy.resource.scope.partition
    denied = policy.document and first_denied(policy.document, partition)
    unbound = (policy.document.raw,) if policy.document and denied else ()
    return Violation(
        at=_place(target),
        seen="owns the organization",
        message="this policy is attached to the management account alone, which it does not bind",
        proof=RequestProof(
            denied or root_key_request(partition),
            (),
            Claim.NOT_DENIED,
            verdict="allowed: no service control policy binds this account",
            unbound=unbound,
        ),
        fix="attach it to the organization's root",
        resource=target.by,
        deciding="targets",
    )
