"""A guardrail for the root user leaves some accounts of the organization free.

A service control policy binds the accounts below what it is attached to, and no others. This one
denies the root user in some organizational units; in accounts elsewhere in the same organization
nothing denies root. Whoever takes one of them over works unrestricted there.

## Fix

Attach the policy to the organization's root. Where an account must stay free, say so where its policy
is attached: with an ignore that gives the reason.
"""

from collections.abc import Iterator
from dataclasses import replace

from rootlint.check import (
    ROOT_GUARDRAIL,
    Claim,
    Coverage,
    Estate,
    Group,
    Label,
    OrganizationPolicy,
    Outcome,
    Request,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Unlisted,
    Violation,
    check,
    denies,
    doubtful,
    hides_effect,
    is_guardrail,
    left_free,
    partial_request,
    root_statements,
    supposing_denies,
    targets,
    unknowns,
    unlisted,
)

SHOWN = 3

QUESTION = "does this guardrail reach every account of the organization?"


@check(
    OrganizationPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_auth.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_guardrail_partial_coverage(
    policy: OrganizationPolicy, estate: Estate
) -> Iterator[Outcome]:
    document = policy.document
    if document is None or is_guardrail(policy) is Truth.NO:
        return
    supposed = supposing_denies(document)
    hides = (hole for x in root_statements(supposed) for hole in hides_effect(document, x))
    hidden = tuple(hides)
    outcomes = _judge(replace(policy, document=supposed) if hidden else policy, estate)
    yield from doubtful(outcomes, QUESTION, (*unknowns(policy.type), *hidden))


def _judge(policy: OrganizationPolicy, estate: Estate) -> Iterator[Outcome]:
    if found := unlisted(policy, estate):
        yield _unlisted(policy, found)
        return
    request = partial_request(policy, estate)
    if request is None or not _first(policy, request, estate):
        return
    coverage = left_free(request, policy.resource.unit, estate)
    if coverage.free:
        yield _violation(policy, request, coverage, estate)
    elif coverage.unknowns:
        yield Undecided(policy.resource.span, QUESTION, coverage.unknowns)


def _first(policy: OrganizationPolicy, request: Request, estate: Estate) -> bool:
    """Whether no policy that is written before leaves the same request free: one gap is one finding."""
    own = policy.resource
    for other in estate.every(OrganizationPolicy):
        before = other.resource.unit == own.unit and other.resource.span < own.span
        certain = before and is_guardrail(other) is Truth.YES
        if certain and other.document is not None:
            same = denies(other.document, request).truth is Truth.YES
            if same and partial_request(other, estate) is not None:
                return False
    return True


def _violation(
    policy: OrganizationPolicy, request: Request, coverage: Coverage, estate: Estate
) -> Violation:
    first = coverage.free[0]
    return Violation(
        at=policy.resource.span,
        seen="denies root, but not everywhere",
        message=f"this guardrail for the root user leaves {coverage.told} free",
        proof=RequestProof(
            request, first.bound, Claim.NOT_DENIED, verdict="allowed: no policy there denies it"
        ),
        fix="attach it to the organization's root",
        related=tuple(_labels(policy, coverage, estate)),
        because=coverage.others(SHOWN),
        deciding="targets",
    )


def _unlisted(policy: OrganizationPolicy, found: tuple[Unlisted, ...]) -> Violation:
    first, many = found[0], len(found) != 1
    return Violation(
        at=policy.resource.span,
        seen="denies the root users that it lists",
        message=f"this guardrail for the root user leaves out {len(found)} account{'s' * many}",
        proof=RequestProof(
            first.request, (first.document.raw,), Claim.NOT_DENIED, verdict="allowed: not listed"
        ),
        fix="deny the root user of every account: arn:*:iam::*:root",
        related=tuple(Label(one.account.resource.span, "not listed") for one in found[:SHOWN]),
        deciding="accounts",
    )


def _labels(policy: OrganizationPolicy, coverage: Coverage, estate: Estate) -> Iterator[Label]:
    for target in targets(policy, estate).values[:SHOWN]:
        if target.by is not policy.resource:
            yield Label(target.by.span, "what it is attached to")
    for free in coverage.free[:SHOWN]:
        yield Label(free.member.resource.span, "root is free here")
