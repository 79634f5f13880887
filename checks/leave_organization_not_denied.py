"""The root user of a member account may take the account out of the organization.

Service control policies bind an account as long as it is a member. Its root user (and everybody else who
may call `organizations:LeaveOrganization`) can end that, unless a policy denies it: the account leaves,
and all guardrails stay behind.

## Fix

Attach a policy to the organization's root that denies it to everybody:

    {"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    Claim,
    Estate,
    Group,
    Label,
    LandingZone,
    Organization,
    Outcome,
    Request,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Value,
    Violation,
    check,
    has_members,
    left_free,
    root_guarded,
    root_requests,
)

QUESTION = "may root take an account out of this organization?"
SHOWN = 3


@check(
    Organization,
    LandingZone,
    group=Group.GUARDRAILS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html#example-scp-leave-org",
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def leave_organization_not_denied(
    organization: Organization | LandingZone, estate: Estate
) -> Iterator[Outcome]:
    if not has_members(organization, estate):
        return
    resource = organization.resource
    request = root_requests(
        ("organizations:LeaveOrganization",), partition=resource.scope.partition
    )[0]
    guarded = root_guarded(organization, request, estate)
    if guarded.truth is Truth.NO:
        yield _violation(organization, request, guarded.documents)
        return
    coverage = left_free(request, resource.unit, estate)
    if guarded.truth is Truth.YES and coverage.free:
        free = coverage.free[:SHOWN]
        labels = [Label(one.member.resource.span, "root may leave from here") for one in free]
        yield _violation(organization, request, coverage.free[0].bound, *labels)
    elif guarded.unknowns or coverage.unknowns:
        hidden = dict.fromkeys((*guarded.unknowns, *coverage.unknowns))
        yield Undecided(resource.span, QUESTION, tuple(hidden))


def _violation(
    organization: Organization | LandingZone,
    request: Request,
    documents: tuple[Value, ...],
    *labels: Label,
) -> Violation:
    return Violation(
        at=organization.resource.span,
        seen="no policy denies leaving",
        message="root may take an account out of this organization and of its guardrails",
        proof=RequestProof(
            request, documents, Claim.NOT_DENIED, verdict="allowed: no policy denies it"
        ),
        fix="attach a policy to the root that denies `organizations:LeaveOrganization`",
        severity=Severity.LOW if isinstance(organization, LandingZone) else None,
        related=labels,
        deciding="policies",
    )
