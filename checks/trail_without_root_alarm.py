"""A trail records the root user, and nobody is told.

CloudTrail writes down what the root user does. Somebody has to hear of it while it happens: a metric
filter with an alarm, an event rule with a target, or a subscription of the log group. None of the
chains in this code carries any event of the root user to a person.

## Fix

Send the trail to a log group, and put the CIS filter on it, with an alarm that publishes to a topic
somebody subscribes to:

    { $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS
      && $.eventType != "AwsServiceEvent" }

Where alarms live in another repository, say so: `alarms.elsewhere = true` in `rootlint.toml`.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    RULE_STATE,
    Delivery,
    Estate,
    EventProof,
    Group,
    Outcome,
    RootEvent,
    Severity,
    Trail,
    Truth,
    Undecided,
    Violation,
    Watched,
    blind_patterns,
    check,
    delivery,
    heard,
    logs,
    must_alarm,
    off_watches,
    otherwise_recorded,
    records,
    shown_by_example,
    unknowns,
)


@check(
    Trail,
    group=Group.ALARMS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-1",
    ),
    controls=ROOT_ALARM,
)
def trail_without_root_alarm(trail: Trail, estate: Estate) -> Iterator[Outcome]:
    if "alarms" in estate.elsewhere or delivery(trail, estate) is Delivery.FOREIGN:
        return
    found = [(event, reach) for event, reach in heard(estate, trail) if _recorded(trail, event)]
    if not found or any(reach.truth is Truth.YES for _, reach in found):
        return
    unsure = [reach.hides for _, reach in found if reach.truth is Truth.UNKNOWN]
    if not unsure and _may_be_spare(trail, estate):
        unsure = [tuple(unknowns(trail.logging))]
    switched_off = off_watches(trail, estate)
    if unsure or switched_off:
        question = "does anybody hear of what the root user does?"
        yield Undecided(trail.resource.span, question, unsure[0] if unsure else switched_off)
        return
    event, _ = found[0]
    yield Violation(
        at=trail.resource.span,
        seen="records what root does",
        message="this trail records the root user, and nobody is told",
        proof=_proof(trail, event, estate),
        fix="add the CIS metric filter, an alarm, and a topic with a subscriber",
        severity=_severity(trail, estate),
        deciding="alarm",
    )


_LOOKED = {0: "nothing looks at it", 1: "the one pattern that looks at it does not match"}


def _severity(trail: Trail, estate: Estate) -> Severity | None:
    """Less grave where others take the records: a bucket of theirs, a topic that hears of each file; or
    where the code only shows how a module is used.
    """
    if trail.topic is not None or shown_by_example(trail.resource):
        return Severity.NOTE
    return Severity.LOW if delivery(trail, estate) is Delivery.NAMED else None


def _recorded(trail: Trail, event: RootEvent) -> bool:
    return records(trail, event).truth is not Truth.NO


def _may_be_spare(trail: Trail, estate: Estate) -> bool:
    """Whether the trail may be switched off, and another perhaps records what it would."""
    sign_in = must_alarm(trail.resource.scope.partition)[0]
    others = otherwise_recorded(trail, sign_in, estate)
    return logs(trail).truth is Truth.UNKNOWN and others is not Truth.NO


def _proof(trail: Trail, event: RootEvent, estate: Estate) -> EventProof:
    patterns = blind_patterns(estate, trail, event)
    where = "a log group" if trail.log_group is not None else "a bucket"
    looked = _LOOKED.get(len(patterns), f"none of {len(patterns)} patterns matches it")
    delivered = Watched(f"the trail records it and delivers it to {where}")
    if len(patterns) == 1:
        only = patterns[0]
        off = only.term is not None and only.term.field == RULE_STATE
        told = "the one rule that looks at it is switched off" if off else looked
        return EventProof(event, (delivered, Watched(told, *only, quoted=True)))
    unseen = (Watched("", *pattern) for pattern in patterns)
    return EventProof(event, (delivered, Watched(looked), *unseen))
