"""A filter for the root user also matches what the root user did not do.

Somebody is paged for the key rotation of a service, or for a role that has `root` in its name; soon
nobody looks any more. The usual reasons: `AwsServiceEvent` is misspelt or not left out, `*root*` fits
other names, or `||` binds less than it was meant to.

## Fix

Use the CIS pattern, and parentheses around alternatives:

    { $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS
      && $.eventType != "AwsServiceEvent" }
"""

from collections.abc import Iterator

from rootlint.check import (
    Control,
    Estate,
    EventProof,
    EventRule,
    Group,
    LogSubscription,
    MetricFilter,
    Outcome,
    RootEvent,
    Severity,
    Span,
    Truth,
    Undecided,
    Value,
    Violation,
    Watch,
    Watched,
    check,
    enough_alone,
    fed,
    misspelt_exclusion,
    noise_seen,
    spot_of,
    unknowns,
    watch_of,
)


@check(
    MetricFilter,
    LogSubscription,
    EventRule,
    group=Group.ALARMS,
    severity=Severity.LOW,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html",
    ),
    controls=(Control("SOC 2", "CC7.2"),),
)
def root_pattern_pages_on_noise(
    found: MetricFilter | LogSubscription | EventRule, estate: Estate
) -> Iterator[Outcome]:
    if found.pattern is None:
        return
    watch = watch_of(estate, found)
    if Truth.NO in {watch.root, fed(estate, watch) | _on_a_bus(found)}:
        return
    seen = noise_seen(watch)
    if seen and watch.root is Truth.YES:
        yield _violation(watch, found.pattern, seen[0])
    elif not seen and tuple(unknowns(found.pattern)):
        question = "does this pattern match the root user only?"
        yield Undecided(found.pattern.span, question, tuple(unknowns(found.pattern)))


def _on_a_bus(found: MetricFilter | LogSubscription | EventRule) -> Truth:
    return Truth.of(isinstance(found, EventRule))


def _violation(watch: Watch, pattern: Value, event: RootEvent) -> Violation:
    log = not isinstance(watch.thing, EventRule)
    at, seen, fix = _place(watch, pattern, event)
    dead = watch.reach.truth is Truth.NO
    return Violation(
        at=at,
        seen=seen,
        message="this pattern for the root user also matches what root did not do",
        proof=EventProof(
            event,
            (),
            verdict=f"somebody {'would be' if dead else 'is'} paged for nothing",
            seen_by=Watched("the pattern matches it", pattern, log),
        ),
        fix=fix,
        deciding=event.id,
        # What breaks another chain says nothing of one that is heard.
        concerns=() if dead else (watch.thing.resource,),
    )


def _place(watch: Watch, pattern: Value, event: RootEvent) -> tuple[Span, str, str]:
    """Where the caret goes, the words beside it, and the way to mend it."""
    wrong = misspelt_exclusion(watch)
    if wrong is not None:
        at = spot_of(pattern, wrong.start, wrong.end)
        return at, "CloudTrail writes `AwsServiceEvent`", _MEND
    alone = enough_alone(watch, event)
    if alone is not None:
        mend = "join the terms by `&&`: one side of `||` matches by itself"
        return spot_of(pattern, *alone), "is enough by itself", mend
    return pattern.span, "matches others too", _MEND


_MEND = "leave out AwsServiceEvent and match the type `Root` exactly"
