"""CloudWatch alarms.

Properties as on the pages of `AWS::CloudWatch::Alarm` and `AWS::CloudWatch::CompositeAlarm`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CloudWatch.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, flag, number, pairs, text
from rootlint.model.read import default
from rootlint.model.unit import Declared
from rootlint.model.value import List, Map, Value
from rootlint.model.watch import Alarm, CompositeAlarm, MuteRule

# Where it is not written, an alarm acts.
_YES: bool = True


def _alarm(written: Written) -> Iterator[Declared]:
    resource = written.resource
    body, span = resource.body, resource.span
    yield Alarm(
        resource,
        name=text(body, "AlarmName"),
        metric=text(body, "MetricName"),
        namespace=text(body, "Namespace"),
        metrics=_queries(field(body, "Metrics")),
        statistic=text(body, "Statistic"),
        extended_statistic=text(body, "ExtendedStatistic"),
        period=number(body, "Period"),
        evaluation_periods=number(body, "EvaluationPeriods"),
        datapoints_to_alarm=number(body, "DatapointsToAlarm"),
        threshold=number(body, "Threshold"),
        threshold_metric=text(body, "ThresholdMetricId"),
        comparison=text(body, "ComparisonOperator"),
        missing_data=default(text(body, "TreatMissingData"), "missing", span),
        dimensions=pairs(field(body, "Dimensions"), "Name"),
        unit=text(body, "Unit"),
        actions_enabled=default(flag(body, "ActionsEnabled"), _YES, span),
        actions=field(body, "AlarmActions"),
    )


def _queries(value: Value | None) -> Value | None:
    """The metric data queries, their dimensions as maps."""
    if not isinstance(value, List):
        return value
    items = tuple(_query(item) if isinstance(item, Map) else item for item in value.items)
    return List(items, value.span, value.rest, value.refers)


def _query(query: Map) -> Map:
    stat = query.get("MetricStat")
    metric = stat.get("Metric") if isinstance(stat, Map) else None
    dimensions = pairs(field(metric, "Dimensions"), "Name")
    if not isinstance(stat, Map) or not isinstance(metric, Map) or dimensions is None:
        return query
    return _with(
        query, "MetricStat", _with(stat, "Metric", _with(metric, "Dimensions", dimensions))
    )


def _with(block: Map, name: str, value: Value) -> Map:
    return Map({**block.entries, name: value}, block.span, block.rest, block.keys, block.refers)


def _composite(written: Written) -> Iterator[Declared]:
    resource = written.resource
    body = resource.body
    yield CompositeAlarm(
        resource,
        name=text(body, "AlarmName"),
        rule=text(body, "AlarmRule"),
        actions_enabled=default(flag(body, "ActionsEnabled"), _YES, resource.span),
        actions=field(body, "AlarmActions"),
        suppressor=field(body, "ActionsSuppressor"),
    )


def _mute_rule(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    schedule = field(field(body, "Rule"), "Schedule")
    yield MuteRule(
        written.resource,
        name=text(body, "Name"),
        alarms=field(field(body, "MuteTargets"), "AlarmNames"),
        schedule=text(schedule, "Expression"),
        duration=text(schedule, "Duration"),
        expires=text(body, "ExpireDate"),
    )


READERS: Mapping[str, Reader] = {
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::CloudWatch::AlarmMuteRule": _mute_rule,
    "AWS::CloudWatch::CompositeAlarm": _composite,
}
