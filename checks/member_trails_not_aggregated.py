"""The trail behind the root alarm does not record the member accounts.

The organization's owner has a trail with an alarm for the root user. It records the account that it
is made in and no other. Each member account has a root user of its own, and nothing in this code
records what that one does.

## Fix

Make it a trail of the organization: `is_organization_trail = true`, or `IsOrganizationTrail: true`,
and let CloudTrail in (`cloudtrail.amazonaws.com` among the trusted services).
"""

from collections.abc import Iterator

from rootlint.check import (
    TRAIL,
    Estate,
    Group,
    Label,
    Outcome,
    Severity,
    Trail,
    Truth,
    Undecided,
    UnrecordedProof,
    Violation,
    check,
    heard,
    member_of,
    members_recorded,
    settings_of,
    verdict_of,
)


@check(
    Trail,
    group=Group.MONITORING,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
    ),
    controls=TRAIL,
)
def member_trails_not_aggregated(trail: Trail, estate: Estate) -> Iterator[Outcome]:
    member = member_of(trail, estate)
    if member is None or "trails" in estate.elsewhere:
        return
    told = [event for event, reach in heard(estate, trail) if reach.truth is Truth.YES]
    recorded = members_recorded(trail, estate)
    at = trail.resource.span if trail.organization is None else trail.organization.span
    if not told or recorded.truth is Truth.YES:
        return
    if recorded.truth is Truth.UNKNOWN:
        question = "does anything record the root users of the member accounts?"
        yield Undecided(at, question, recorded.unknowns)
        return
    yield Violation(
        at=at,
        seen="records its own account only",
        message="the trail behind the root alarm does not record the member accounts",
        proof=UnrecordedProof(
            tuple(told),
            settings_of(trail),
            (
                "in the owner's account the trail records it and somebody is told",
                "in a member account the trail does not record it",
            ),
            verdict=verdict_of(told[:1], estate, member=True),
            member=True,
        ),
        fix="make it a trail of the organization",
        related=(Label(member.resource.span, "its root user is not recorded"),),
        deciding="IsOrganizationTrail",
    )
