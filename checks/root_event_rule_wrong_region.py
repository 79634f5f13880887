"""An event rule for the root user is in a Region where its events do not appear.

EventBridge puts an event on the bus of the Region in which it is recorded, and nowhere else. Sign-ins
of the root user, and its calls of IAM and of other global services, are recorded in `us-east-1`: a
rule in another Region never gets them. A rule in `us-east-1` alone does not hear of what the root user
does in the other Regions.

## Fix

Put a rule into `us-east-1`, and one into each Region in use; or send a trail of all Regions to a log
group and put the CIS filter on it.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Estate,
    EventProof,
    EventRule,
    Group,
    Miss,
    Outcome,
    Severity,
    Truth,
    Undecided,
    Unknown,
    Violation,
    Watch,
    Watched,
    Why,
    check,
    out_of_reach,
    told_of_by_aws,
    watch_of,
)

_HOME = "us-east-1"


@check(
    EventRule,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
    ),
    controls=ROOT_ALARM,
)
def root_event_rule_wrong_region(rule: EventRule, estate: Estate) -> Iterator[Outcome]:
    if rule.pattern is None or rule.resource.scope.partition != "aws":
        return
    watch = watch_of(estate, rule)
    if watch.root is Truth.NO or not watch.regions:
        return
    lost = out_of_reach(estate, watch)
    sure = [miss for miss in lost if miss.truth is Truth.YES]
    if sure and watch.root is Truth.YES and told_of_by_aws(watch, sure):
        yield _violation(watch, sure[0])
    elif lost:
        question = "does another rule hear of what happens in other Regions?"
        unsaid = Unknown(Why.UNSPECIFIED, "the record of such an event", rule.resource.span)
        yield Undecided(rule.resource.span, question, lost[0].because or (unsaid,))


def _violation(watch: Watch, miss: Miss) -> Violation:
    rule, (region,) = watch.thing, watch.regions
    at_home = miss.event.eventbridge.region == _HOME
    told = f"the rule is in {region}, the event is in {miss.event.eventbridge.region}"
    return Violation(
        at=rule.resource.span,
        seen=f"hears of {region} only",
        message=_MESSAGES[at_home],
        proof=EventProof(
            miss.event, (Watched(told),), seen_by=Watched("", rule.pattern, log=False)
        ),
        fix=f"put a rule into {_HOME} too" if at_home else "put a rule into each Region in use",
        severity=None if at_home else Severity.MEDIUM,
        deciding="region",
    )


_MESSAGES = {
    True: "this event rule for the root user is in a Region without its sign-ins",
    False: "this event rule for the root user hears of one Region only",
}
