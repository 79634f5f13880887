"""The alarm about the root user changes its state and does nothing else.

An alarm tells somebody through its alarm actions. Without one, with its actions disabled, with actions
for other states only, or muted at all times, it turns red in a console that nobody looks at. An event
rule without a target does not even do that.

## Fix

Give the alarm a topic in its alarm actions, and the rule a target. An alarm that is part of a
composite alarm needs no action of its own, if the composite alarm has one.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Alarm,
    Claim,
    Control,
    Estate,
    EventBus,
    EventProof,
    EventRule,
    Group,
    Label,
    Link,
    MuteRule,
    Outcome,
    Proof,
    Reach,
    RequestProof,
    RootAlarm,
    Severity,
    Span,
    Truth,
    Undecided,
    Violation,
    Watch,
    Watched,
    acting,
    alarm_reaches,
    alarms_of,
    check,
    fed,
    filter_reaches,
    first_seen,
    off_targets,
    put_request,
    unsure,
    watch_of,
)


@check(
    Alarm,
    EventRule,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
    ),
    controls=(
        *ROOT_ALARM,
        Control("Security Hub", "CloudWatch.15"),
        Control("Security Hub", "CloudWatch.17"),
    ),
)
def root_alarm_without_live_action(found: Alarm | EventRule, estate: Estate) -> Iterator[Outcome]:
    if "alarms" in estate.elsewhere:
        return
    yield from _rule(found, estate) if isinstance(found, EventRule) else _alarm(found, estate)


def _alarm(alarm: Alarm, estate: Estate) -> Iterator[Outcome]:
    for found in alarms_of(estate, alarm):
        if fed(estate, found.watch) is not Truth.NO:
            yield from _acts(found, estate)
            return


def _acts(found: RootAlarm, estate: Estate) -> Iterator[Outcome]:
    alarm, own = found.watching.alarm, acting(estate, found.watching.alarm)
    if first_seen(found.watch) is None:
        return  # what the filter does not see for certain is another fault
    others = filter_reaches(estate, found.metric_filter)
    if Truth.YES in {own.truth, others.truth}:
        return
    reach = alarm_reaches(estate, alarm)
    watched = found.watching.holds & found.watch.root
    if Truth.UNKNOWN in {own.truth, reach.truth, others.truth, watched}:
        question = "does this alarm tell anybody of the root user?"
        because = own.hides or reach.hides or others.hides or unsure(alarm.resource)
        yield Undecided(alarm.resource.span, question, because)
    elif reach.truth is Truth.NO and reach.link is Link.ACTION:
        yield _silent_alarm(found, own)


def _silent_alarm(found: RootAlarm, own: Reach) -> Violation:
    alarm, watch = found.watching.alarm, found.watch
    is_muted = isinstance(own.thing, MuteRule)
    told = own.reason.removeprefix("it ").removeprefix("its ")
    fires = found.watching.course.truth is not Truth.NO
    state = "the alarm goes into ALARM" if fires else "whatever state the alarm is in"
    return Violation(
        at=_place(alarm, own),
        seen=told,
        message="this alarm about the root user tells nobody",
        proof=_proof(watch, f"{state}: {own.reason}"),
        fix=_fix(own),
        severity=Severity.MEDIUM if is_muted else None,
        related=_labels(own),
        resource=alarm.resource,
        deciding=own.reason,
    )


def _fix(own: Reach) -> str:
    if isinstance(own.thing, MuteRule):
        return "give the mute rule an end"
    return "enable its actions" if "disabled" in own.reason else "name a topic in its alarm actions"


def _labels(own: Reach) -> tuple[Label, ...]:
    return (Label(own.thing.resource.span, "mutes it"),) if isinstance(own.thing, MuteRule) else ()


def _place(alarm: Alarm, own: Reach) -> Span:
    written = alarm.actions_enabled if "disabled" in own.reason else alarm.actions
    if isinstance(own.thing, MuteRule) or written is None:
        return alarm.resource.span
    return written.span


def _rule(rule: EventRule, estate: Estate) -> Iterator[Outcome]:
    if rule.pattern is None:
        return
    watch = watch_of(estate, rule)
    reach = watch.reach
    at_the_bus = reach.link is Link.PUBLISH and isinstance(reach.thing, EventBus)
    ends_here = reach.link is Link.TARGET or at_the_bus
    if watch.root is Truth.NO or not ends_here or first_seen(watch) is None:
        return
    off = off_targets(rule, estate)
    if reach.truth is Truth.UNKNOWN or watch.root is Truth.UNKNOWN or off:
        question = "does this rule tell anybody of the root user?"
        yield Undecided(rule.resource.span, question, reach.hides or off or unsure(rule.resource))
    elif isinstance(reach.thing, EventBus):
        yield _lost_at_bus(rule, watch, reach.thing, estate)
    else:
        yield Violation(
            at=rule.resource.span,
            seen="has no target",
            message="this event rule about the root user tells nobody",
            proof=_proof(watch, "the rule matches it: it has no target"),
            fix="give the rule a target",
            deciding="target",
        )


def _lost_at_bus(rule: EventRule, watch: Watch, bus: EventBus, estate: Estate) -> Violation:
    """A rule that forwards to a bus on which no rule is, or that does not take what it forwards."""
    refused = watch.reach.link is Link.PUBLISH
    proof: Proof = _proof(watch, "the rule puts it on another bus: no rule is on that bus")
    if refused:
        proof = RequestProof(*put_request(estate, rule, bus), Claim.REFUSED)
    told = "does not take what the rule forwards" if refused else "no rule is on this bus"
    return Violation(
        at=rule.resource.span,
        seen="forwards to another bus",
        message="this event rule about the root user tells nobody",
        proof=proof,
        fix="let its account put events on that bus"
        if refused
        else "put a rule with a target there",
        related=(Label(bus.resource.span, told),),
        deciding="target",
    )


def _proof(watch: Watch, told: str) -> EventProof:
    event, pattern = first_seen(watch), watch.thing.pattern
    assert event is not None
    log = not isinstance(watch.thing, EventRule)
    seen = Watched("the filter counts it" if log else "", pattern, log=log)
    return EventProof(event, (Watched(told),), seen_by=seen)
