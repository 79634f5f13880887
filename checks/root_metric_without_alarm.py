"""A filter counts what the root user does, and no alarm looks at the count.

A metric filter only adds to a metric. An alarm finds that metric by name and namespace, exactly, case
included; one that names another metric, or the filter instead of the metric, watches nothing. A
dashboard is no alarm.

## Fix

Let the alarm take its name and namespace from the filter:
`aws_cloudwatch_log_metric_filter.root.metric_transformation[0].name`.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Alarm,
    Estate,
    EventProof,
    Group,
    Label,
    Link,
    MetricFilter,
    Outcome,
    Severity,
    Span,
    Truth,
    Undecided,
    Violation,
    Watch,
    Watched,
    alarms_on,
    check,
    fed,
    filter_reaches,
    first_seen,
    metric_name,
    near_misses,
    off_alarms,
    watch_of,
)


@check(
    MetricFilter,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Metric",
    ),
    controls=ROOT_ALARM,
)
def root_metric_without_alarm(found: MetricFilter, estate: Estate) -> Iterator[Outcome]:
    if "alarms" in estate.elsewhere:
        return
    watch = watch_of(estate, found)
    if watch.root is not Truth.YES or fed(estate, watch) is Truth.NO:
        return
    on_it = alarms_on(estate, found)
    if any(watching.holds is Truth.YES for watching in on_it):
        return
    reach = filter_reaches(estate, found)
    switched_off = off_alarms(found, estate)
    if on_it or switched_off or reach.truth is not Truth.NO or reach.link is not Link.ALARM:
        question = "does an alarm watch this metric?"
        yield Undecided(found.resource.span, question, reach.hides or switched_off)
        return
    yield from _violation(watch, found, estate)


def _violation(watch: Watch, found: MetricFilter, estate: Estate) -> Iterator[Violation]:
    event = first_seen(watch)
    if event is None or found.pattern is None:
        return
    near = near_misses(estate, found)
    answers = [Watched(f"an alarm watches another one: {miss.reason}") for miss in near[:1]]
    counted = f"the filter adds to the metric {metric_name(found)}"
    yield Violation(
        at=(found.metric or found.namespace or found.pattern).span,
        seen="no alarm watches this metric",
        message="no alarm watches the metric that counts what root does",
        proof=EventProof(
            event,
            (*answers, Watched("no alarm watches that metric")),
            seen_by=Watched(counted, found.pattern),
        ),
        fix="give the alarm the metric name and namespace of the filter",
        related=tuple(Label(_place(miss.alarm), miss.reason) for miss in near[:1]),
        deciding="metric",
    )


def _place(alarm: Alarm) -> Span:
    return (alarm.namespace or alarm.metric or alarm.resource).span
