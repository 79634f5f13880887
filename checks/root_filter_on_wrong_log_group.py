"""A filter for the root user reads a log group into which no trail writes.

The trail delivers its records to one log group, and the filter looks at another one: it never sees
what the root user does. Nor does a filter on a log group of a class other than `STANDARD`, which takes
no filters.

## Fix

Name the log group of the trail in the filter:
`log_group_name = aws_cloudwatch_log_group.trail.name`.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Estate,
    EventProof,
    Group,
    Label,
    LogGroup,
    LogSubscription,
    MetricFilter,
    Outcome,
    Severity,
    Span,
    Trail,
    Truth,
    Undecided,
    Violation,
    Watch,
    Watched,
    check,
    delivering,
    fed,
    first_seen,
    hides_feed,
    read_group,
    records,
    takes_filters,
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
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html",
    ),
    controls=ROOT_ALARM,
)
def root_filter_on_wrong_log_group(
    found: MetricFilter | LogSubscription, estate: Estate
) -> Iterator[Outcome]:
    watch = watch_of(estate, found)
    group = read_group(watch)
    if watch.root is Truth.NO or group is None or "trails" in estate.elsewhere:
        return
    if takes_filters(group) is Truth.NO:
        yield from _of_a_class(watch, group)
        return
    unit, is_fed = found.resource.unit, fed(estate, watch)
    if is_fed is Truth.YES:
        return
    trails = tuple(trail for trail in delivering(estate) if trail.resource.unit == unit)
    if not trails:
        return
    hidden = hides_feed(estate, watch, group)
    if hidden or Truth.UNKNOWN in {is_fed, watch.root}:
        hidden = hidden or tuple(unknowns(trails[0].log_group))
        yield Undecided(found.resource.span, "does a trail feed this log group?", hidden)
        return
    yield from _violation(watch, group, trails)


def _violation(watch: Watch, group: LogGroup, trails: tuple[Trail, ...]) -> Iterator[Violation]:
    event = first_seen(watch)
    written = watch.thing
    if event is None or not isinstance(written, MetricFilter | LogSubscription):
        return
    trail = next((x for x in trails if records(x, event).truth is not Truth.NO), trails[0])
    told = "the trail delivers it to another log group than the filter reads"
    yield Violation(
        at=written.resource.span,
        seen="reads another log group than the trail writes to",
        message="this filter for the root user reads a log group that no trail feeds",
        proof=EventProof(event, (Watched(told),), seen_by=Watched("", written.pattern)),
        fix="read the log group of the trail",
        related=(
            Label(_group_of(trail), "the trail writes here"),
            Label(group.resource.span, "the filter reads this one"),
        ),
        deciding="log group",
        concerns=(trail.resource, group.resource),
    )


def _group_of(trail: Trail) -> Span:
    return trail.log_group.span if trail.log_group is not None else trail.resource.span


def _of_a_class(watch: Watch, group: LogGroup) -> Iterator[Violation]:
    event = first_seen(watch)
    if event is not None and watch.root is Truth.YES and group.group_class is not None:
        told = "a log group of this class takes no filters"
        yield Violation(
            at=group.group_class.span,
            seen=told,
            message="this filter for the root user is on a log group that takes none",
            proof=EventProof(event, (Watched(told),), seen_by=Watched("", watch.thing.pattern)),
            fix="use the class STANDARD",
            related=(Label(watch.thing.resource.span, "the filter"),),
            resource=watch.thing.resource,
            deciding="class",
        )
