"""A trail leaves out what root does.

A trail has selectors, which say what it records. These drop events of the root user: management events
are switched off, only reading calls are taken (creating a root access key is a writing one), a field
selector excludes them, or the events of global services, sign-ins among them, are left out. No other
trail in this code has them.

## Fix

Take all management events, reading and writing: without selectors a trail does. Where there are
selectors for data events, add one with `eventCategory` equal to `Management`.
"""

from collections.abc import Iterator

from rootlint.check import (
    TRAIL,
    Estate,
    Group,
    Lost,
    Outcome,
    Severity,
    Trail,
    Truth,
    Undecided,
    UnrecordedProof,
    Violation,
    check,
    hidden_in_others,
    lost_by_selection,
    must_alarm,
    records_global,
    refusal,
    settings_of,
    verdict_of,
)

QUESTION = "does this trail record everything that the root user does?"


@check(
    Trail,
    group=Group.MONITORING,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html",
        "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html",
    ),
    controls=TRAIL,
)
def trail_drops_root_events(trail: Trail, estate: Estate) -> Iterator[Outcome]:
    if "trails" in estate.elsewhere:
        return
    partition = trail.resource.scope.partition
    for events, severity in (
        (must_alarm(partition), None),
        (must_alarm(partition, 2), Severity.LOW),
    ):
        lost = lost_by_selection(trail, events, estate)
        sure = [x for x in lost if x.answer.truth is Truth.NO and x.alone is Truth.YES]
        if any(found.event.documented for found in sure):
            yield _violation(trail, sure, severity, estate)
            return
        unsure = [x for x in lost if x.alone is not Truth.NO]
        if unsure:
            answer = unsure[0].answer
            yield Undecided(
                answer.span or trail.resource.span,
                QUESTION,
                (*answer.because, *hidden_in_others(trail, estate)),
            )
            return


def _violation(
    trail: Trail, lost: list[Lost], severity: Severity | None, estate: Estate
) -> Violation:
    first = lost[0]
    refused = refusal(trail, first.event)
    everywhere = all(records_global(trail, found.event).truth is Truth.NO for found in lost)
    return Violation(
        at=refused.span if refused else first.answer.span or trail.resource.span,
        seen=f"leaves out {first.event.id}",
        message="this trail leaves out events of the root user",
        proof=UnrecordedProof(
            tuple(found.event for found in lost),
            settings_of(trail),
            (refused.reason if refused else first.answer.reason,),
            verdict=verdict_of((first.event,), estate),
        ),
        fix="record all management events, reading and writing",
        severity=severity,
        deciding="IncludeGlobalServiceEvents" if everywhere else "EventSelectors",
        fault="global services" if everywhere else "",
    )
