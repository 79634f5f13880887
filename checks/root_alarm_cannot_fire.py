"""The alarm on root's metric never fires.

One call of the root user is one datapoint in an otherwise quiet day. This alarm does not go into
ALARM on it, or it is in ALARM already and has nothing new to tell: `GreaterThanThreshold` 1 waits for
a second call in the same period, an average with a default value of 0 stays below 1, three breaching
datapoints never come.

## Fix

Statistic `Sum`, threshold 1, `GreaterThanOrEqualToThreshold`, one evaluation period, missing data not
breaching, and no dimension or unit that the filter does not publish.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Alarm,
    AlarmSettings,
    Estate,
    Group,
    MetricFilter,
    Outcome,
    RootAlarm,
    Severity,
    Span,
    TimelineProof,
    Truth,
    Undecided,
    Violation,
    alarm_settings,
    alarms_of,
    alarms_on,
    check,
    fed,
    hides_metric,
    written,
)


@check(
    Alarm,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
    ),
    controls=ROOT_ALARM,
)
def root_alarm_cannot_fire(alarm: Alarm, estate: Estate) -> Iterator[Outcome]:
    own = alarms_of(estate, alarm)
    for found in own:
        if fed(estate, found.watch) is not Truth.NO and not _fires(found.metric_filter, estate):
            yield from _judge(found, estate)
            return


def _fires(metric_filter: MetricFilter, estate: Estate) -> bool:
    """Whether this alarm or another one fires on what the filter counts."""
    return any(
        watching.holds is Truth.YES and watching.course.truth is Truth.YES
        for watching in alarms_on(estate, metric_filter)
    )


def _judge(found: RootAlarm, estate: Estate) -> Iterator[Outcome]:
    alarm, holds, course = found.watching
    question = "does this alarm fire when the root user acts?"
    settings = alarm_settings(found.metric_filter, alarm, estate.every(MetricFilter))
    if course.truth is Truth.UNKNOWN or not isinstance(settings, AlarmSettings):
        yield Undecided(alarm.resource.span, question, course.hides(alarm))
    elif holds is not Truth.YES or found.watch.root is not Truth.YES:
        yield Undecided(alarm.resource.span, question, hides_metric(alarm, found.metric_filter))
    elif course.truth is Truth.NO:
        yield Violation(
            at=_place(found, course.field),
            seen="keeps the alarm silent",
            message="this alarm does not fire when the root user acts",
            proof=TimelineProof(settings),
            fix=_FIXES.get(course.field, _WHOLE),
            deciding=course.field or course.why,
        )


_WHOLE = "sum, threshold 1, GreaterThanOrEqualToThreshold, one period"
_FIXES = {
    "comparison": "compare with GreaterThanOrEqualToThreshold",
    "datapoints_to_alarm": "let one datapoint in one period be enough",
    "dimensions": "watch the dimensions that the filter publishes, and no other",
    "expression": "let the expression reach the threshold with one event",
    "missing_data": "treat missing data as notBreaching",
    "statistic": "use the statistic Sum",
    "threshold": "set the threshold to 1",
    "unit": "leave out the unit of the alarm",
    "value": "let the filter count 1 for each event",
}


def _place(found: RootAlarm, field: str) -> Span:
    value = written(field, found.metric_filter, found.watching.alarm)
    return value.span if value is not None else found.watching.alarm.resource.span
