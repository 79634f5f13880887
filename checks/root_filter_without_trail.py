"""A filter for the root user reads a log group, and there is no trail that would write to it.

The code makes a log group for CloudTrail, and a filter on it, but no trail that delivers there: the
log group stays empty and the filter sees nothing.

## Fix

Let a trail deliver to the log group (`cloud_watch_logs_group_arn`, `CloudWatchLogsLogGroupArn`). Where
the trail lives in another repository, say so: `trails.elsewhere = true` in `rootlint.toml`.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Estate,
    EventProof,
    Group,
    Label,
    LogSubscription,
    MetricFilter,
    Outcome,
    Severity,
    Trail,
    Truth,
    Undecided,
    Violation,
    Watched,
    check,
    delivering,
    first_seen,
    for_cloudtrail,
    hides_feed,
    off_trails,
    read_group,
    watch_of,
)


@check(
    MetricFilter,
    LogSubscription,
    group=Group.ALARMS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html",
    ),
    controls=ROOT_ALARM,
)
def root_filter_without_trail(
    found: MetricFilter | LogSubscription, estate: Estate
) -> Iterator[Outcome]:
    watch = watch_of(estate, found)
    group = read_group(watch)
    if watch.root is Truth.NO or group is None or "trails" in estate.elsewhere:
        return
    if delivering(estate) or not for_cloudtrail(estate, group):
        return
    hidden = (*hides_feed(estate, watch, group), *off_trails(found.resource, estate))
    event = first_seen(watch)
    if hidden or watch.root is Truth.UNKNOWN or event is None:
        yield Undecided(found.resource.span, "does a trail feed this log group?", hidden)
        return
    own = tuple(x for x in estate.every(Trail) if x.resource.unit == found.resource.unit)
    told = "the trail delivers it to a bucket only" if own else "no trail records it"
    yield Violation(
        at=found.resource.span,
        seen="reads a log group that stays empty",
        message="this filter for the root user reads a log group without a trail",
        proof=EventProof(event, (Watched(told),), seen_by=Watched("", found.pattern)),
        fix="let a trail deliver to this log group",
        related=(
            Label(group.resource.span, "nothing writes here"),
            *(Label(x.resource.span, "delivers to a bucket only") for x in own[:1]),
        ),
        deciding="trail",
        concerns=(group.resource, *(x.resource for x in own)),
    )
