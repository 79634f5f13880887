"""A trail of one Region does not see root in the others.

CloudTrail records each sign-in of the root user in us-east-1, and every call in the Region in which it
is made. A trail that covers one Region has the sign-ins only if that is us-east-1, and then misses
what a root access key does elsewhere. No other trail in this code fills the gap.

## Fix

Make it a trail of all Regions: `is_multi_region_trail = true`, or `IsMultiRegionTrail: true`.
"""

from collections.abc import Iterator

from rootlint.check import (
    NOWHERE,
    TRAIL,
    Estate,
    Group,
    Lost,
    Outcome,
    Severity,
    Span,
    Trail,
    Truth,
    Undecided,
    UnrecordedProof,
    Violation,
    check,
    flag,
    hidden_in_others,
    lost_by_region,
    must_alarm,
    settings_of,
    unknowns,
    verdict_of,
)

QUESTION = "does a trail record root in the Regions that this one does not cover?"


@check(
    Trail,
    group=Group.MONITORING,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html",
    ),
    controls=TRAIL,
)
def trail_misses_root_sign_in_region(trail: Trail, estate: Estate) -> Iterator[Outcome]:
    if "trails" in estate.elsewhere:
        return
    partition = trail.resource.scope.partition
    events = (*must_alarm(partition), *must_alarm(partition, 2))
    lost = lost_by_region(trail, events, estate)
    alone = [found for found in lost if found.alone is Truth.YES]
    sure = [found for found in alone if found.answer.truth is Truth.NO]
    # Wherever a trail of one Region stands: these events are in two.
    anywhere = alone if flag(trail.multi_region, default=False) is Truth.NO else []
    if sure:
        yield _violation(trail, _sign_in_first(sure), estate)
    elif len({found.event.region for found in anywhere}) > 1:
        yield _somewhere(trail, _sign_in_first(anywhere), estate)
    elif any(found.alone is not Truth.NO for found in lost):
        hides = (trail.multi_region, trail.resource.scope.region)
        own = (hole for value in hides for hole in unknowns(value))
        yield Undecided(_at(trail), QUESTION, (*own, *hidden_in_others(trail, estate)))


def _sign_in_first(lost: list[Lost]) -> list[Lost]:
    return sorted(lost, key=lambda found: found.event.id != "E01")


def _violation(trail: Trail, lost: list[Lost], estate: Estate) -> Violation:
    home = any(found.event.global_service and found.event.tier == 1 for found in lost)
    return Violation(
        at=_at(trail),
        seen="covers one Region only",
        message=(
            "this trail never records a sign-in of the root user"
            if lost[0].event.id == "E01"
            else "this trail misses what the root user does in other Regions"
        ),
        proof=UnrecordedProof(
            tuple(found.event for found in lost),
            settings_of(trail),
            (lost[0].answer.reason,),
            verdict=verdict_of((lost[0].event,), estate),
        ),
        fix="make it a trail of all Regions",
        severity=None if home else Severity.MEDIUM,
        deciding="IsMultiRegionTrail",
        fault="home Region" if home else "other Regions",
    )


def _somewhere(trail: Trail, lost: list[Lost], estate: Estate) -> Violation:
    first = lost[0]
    other = next(found.event for found in lost if found.event.region != first.event.region)
    return Violation(
        at=_at(trail),
        seen="covers one Region only",
        message="this trail covers one Region, and root acts in several",
        proof=UnrecordedProof(
            tuple(found.event for found in lost),
            settings_of(trail),
            (
                f"a trail anywhere but in {first.event.region} does not record it",
                f"one in {first.event.region} does not record {other.id}, in {other.region}",
            ),
            verdict=(
                "one of them is recorded nowhere, and nobody hears of it"
                if verdict_of((first.event, other), estate) == NOWHERE
                else "no trail records one of them, and nobody hears of it"
            ),
        ),
        fix="make it a trail of all Regions",
        severity=Severity.MEDIUM,
        deciding="IsMultiRegionTrail",
    )


def _at(trail: Trail) -> Span:
    return trail.resource.span if trail.multi_region is None else trail.multi_region.span
