"""Sessions of the root user can be opened, and nobody hears of it.

With centralized root access, `sts:AssumeRoot` opens a session of the root user of a member account.
The call is made by somebody else: its record names the caller, not the root user, so that no filter
for the root user sees it. The code has alarms about the root user, and none for this call.

## Fix

Add a filter, or an event rule, for the call itself:

    { $.eventName = "AssumeRoot" }
"""

from collections.abc import Iterator

from rootlint.check import (
    Control,
    Estate,
    EventProof,
    Group,
    Outcome,
    RootFeatures,
    Severity,
    Truth,
    Undecided,
    Violation,
    Watched,
    assume_root,
    check,
    lists,
    unknowns,
)


@check(
    RootFeatures,
    group=Group.ALARMS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html",
    ),
    controls=(
        Control("CIS 7.0", "2.1.1"),
        Control("Well-Architected", "SEC04-BP04"),
        Control("MITRE ATT&CK", "T1548.005"),
    ),
)
def assume_root_without_alarm(features: RootFeatures, estate: Estate) -> Iterator[Outcome]:
    sessions = lists(features.features, "RootSessions")
    unit = features.resource.unit
    if sessions is Truth.NO or features.features is None or "alarms" in estate.elsewhere:
        return
    found = assume_root(estate, unit)
    if found is None or found.truth is Truth.YES:
        return
    if sessions is Truth.UNKNOWN or found.truth is Truth.UNKNOWN:
        because = (*unknowns(features.features), *found.because)
        yield Undecided(features.resource.span, "does anybody hear of sts:AssumeRoot?", because)
        return
    yield Violation(
        at=features.features.span,
        seen="lets root sessions be opened",
        message="sessions of the root user can be opened, and nobody is told",
        proof=EventProof(found.event, tuple(Watched("", *x) for x in found.patterns)),
        fix='a filter for { $.eventName = "AssumeRoot" }, with an alarm',
        deciding="AssumeRoot",
    )
