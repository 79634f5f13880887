"""A trail is switched off.

The trail exists, and CloudTrail writes nothing into it: `IsLogging` is false. A sign-in of the root
user is recorded nowhere, so no filter and no alarm behind the trail ever sees it. EventBridge gets
the account's events only while a trail logs, so rules stay silent as well.

## Fix

Let it log: `enable_logging = true`, or `IsLogging: true`. If the trail is no longer wanted, delete it
together with the filters and alarms that wait for it.
"""

from collections.abc import Iterator

from rootlint.check import (
    TRAIL,
    Estate,
    Group,
    Outcome,
    Severity,
    Trail,
    Truth,
    Undecided,
    UnrecordedProof,
    Violation,
    check,
    hidden_in_others,
    logs,
    must_alarm,
    otherwise_recorded,
    settings_of,
    unknowns,
    verdict_of,
)


@check(
    Trail,
    group=Group.MONITORING,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1",
    ),
    controls=TRAIL,
)
def trail_not_logging(trail: Trail, estate: Estate) -> Iterator[Outcome]:
    logging = trail.logging
    answer = logs(trail)
    if logging is None or answer.truth is Truth.YES or "trails" in estate.elsewhere:
        return
    events = must_alarm(trail.resource.scope.partition)
    sign_in = next((event for event in events if event.id == "E01"), events[0])
    match ~answer.truth & ~otherwise_recorded(trail, sign_in, estate):
        case Truth.YES:
            yield Violation(
                at=logging.span,
                seen="nothing is recorded",
                message="this trail is switched off and records nothing that root does",
                proof=UnrecordedProof(
                    (sign_in,),
                    settings_of(trail),
                    (answer.reason,),
                    verdict=verdict_of((sign_in,), estate),
                ),
                fix="let the trail log",
                deciding="IsLogging",
            )
        case Truth.UNKNOWN:
            question = "does a trail record what the root user does?"
            because = (*unknowns(logging), *hidden_in_others(trail, estate))
            yield Undecided(logging.span, question, because)
        case Truth.NO:
            return
