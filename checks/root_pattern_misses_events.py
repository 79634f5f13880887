"""A filter for the root user does not see everything root does.

The pattern was written for the root user, and an event of the root user passes it by. The usual
reasons: it looks at console sign-ins only, so that a root access key works unseen; `root` in lower
case, where CloudTrail writes `Root`; syntax that CloudWatch Logs does not have (`EXISTS`, `IS NOT`).

## Fix

Use the CIS pattern, which fires on every call of the root user:

    { $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS
      && $.eventType != "AwsServiceEvent" }
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Estate,
    EventProof,
    Group,
    LogSubscription,
    MetricFilter,
    Miss,
    Outcome,
    Severity,
    Term,
    Truth,
    Undecided,
    Value,
    Violation,
    Watch,
    Watched,
    check,
    doubts,
    fed,
    in_one_line,
    missed,
    only_passwords,
    spot_of,
    sure,
    unknowns,
    watch_of,
)


@check(
    MetricFilter,
    LogSubscription,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html",
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html",
    ),
    controls=ROOT_ALARM,
)
def root_pattern_misses_events(
    found: MetricFilter | LogSubscription, estate: Estate
) -> Iterator[Outcome]:
    watch = watch_of(estate, found)
    pattern = found.pattern
    if pattern is None or watch.root is Truth.NO or fed(estate, watch) is Truth.NO:
        return
    if watch.root is Truth.UNKNOWN:
        question = "does this filter look for the root user?"
        yield Undecided(pattern.span, question, tuple(unknowns(pattern)))
        return
    lost = missed(estate, watch)
    grave = sure(lost)
    unsure = [x for x in watch.events if watch.sight(x).truth is Truth.UNKNOWN]
    question = "does this filter see everything the root user does?"
    if grave:
        yield _violation(watch, pattern, grave)
    elif lost:
        yield Undecided(pattern.span, question, lost[0].because)
    elif unsure:
        yield Undecided(pattern.span, question, doubts(watch, unsure[0]))


def _violation(watch: Watch, pattern: Value, lost: tuple[Miss, ...]) -> Violation:
    event, term = lost[0].event, lost[0].sight.term
    seen, answer = _reason(term)
    never = all(watch.sight(x).truth is Truth.NO for x in watch.events)
    told = "never matches" if never else "does not see everything root does"
    quoted = not in_one_line(pattern)
    return Violation(
        at=pattern.span if term is None else term.span or spot_of(pattern, term.start, term.end),
        seen=seen,
        message=f"this filter for the root user {told}",
        proof=EventProof(event, (Watched(answer, pattern, term=term, quoted=quoted),)),
        fix="use the CIS pattern (rootlint explain root-pattern-misses-events)",
        severity=Severity.LOW if only_passwords(lost) else None,
        deciding=term.field if term is not None else "pattern",
    )


def _reason(term: Term | None) -> tuple[str, str]:
    """The words beside the caret, and the line of the proof."""
    if term is None:
        return "does not match", "the filter does not match it"
    if term.refused:
        return term.wanted, f"CloudWatch Logs rejects the pattern: {term.wanted}"
    wanted = f"`{term.field} {term.wanted}`"
    return f"the event has {term.found}", f"the filter wants {wanted}, the event has {term.found}"
