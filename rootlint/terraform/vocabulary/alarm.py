"""CloudWatch alarms. Arguments and defaults as on the provider's pages of `aws_cloudwatch_*_alarm`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.read import default
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Map, Value
from rootlint.model.watch import Alarm, CompositeAlarm, MuteRule
from rootlint.terraform.vocabulary.written import Reader, blocks, field, first_block, renamed

_QUERY = {
    "id": "Id",
    "expression": "Expression",
    "label": "Label",
    "period": "Period",
    "account_id": "AccountId",
}


def _alarm(resource: Resource) -> Iterator[Declared]:
    body, span = resource.body, resource.span
    yield Alarm(
        resource,
        name=field(body, "alarm_name"),
        metric=field(body, "metric_name"),
        namespace=field(body, "namespace"),
        metrics=blocks(field(body, "metric_query"), _query),
        statistic=field(body, "statistic"),
        extended_statistic=field(body, "extended_statistic"),
        period=field(body, "period"),
        evaluation_periods=field(body, "evaluation_periods"),
        datapoints_to_alarm=field(body, "datapoints_to_alarm"),
        threshold=field(body, "threshold"),
        threshold_metric=field(body, "threshold_metric_id"),
        comparison=field(body, "comparison_operator"),
        missing_data=default(field(body, "treat_missing_data"), "missing", span),
        dimensions=field(body, "dimensions"),
        unit=field(body, "unit"),
        actions_enabled=default(field(body, "actions_enabled"), True, span),  # noqa: FBT003 - a value as code gives it
        actions=field(body, "alarm_actions"),
    )


def _query(block: Map) -> Value:
    found = renamed(block, _QUERY)
    entries: dict[str, Value] = {**found.entries}
    entries["ReturnData"] = default(
        field(block, "return_data"),
        False,  # noqa: FBT003 - a value as code gives it
        block.span,
    )
    metric = first_block(block, "metric")
    if isinstance(metric, Map):
        entries["MetricStat"] = _metric_stat(metric)
    elif metric is not None:
        entries["MetricStat"] = metric
    return Map(entries, block.span, block.rest, found.keys)


def _metric_stat(block: Map) -> Map:
    found = renamed(block, {"period": "Period", "stat": "Stat", "unit": "Unit"})
    metric = renamed(
        block,
        {"metric_name": "MetricName", "namespace": "Namespace", "dimensions": "Dimensions"},
    )
    return Map({**found.entries, "Metric": metric}, block.span, block.rest, found.keys)


def _composite(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield CompositeAlarm(
        resource,
        name=field(body, "alarm_name"),
        rule=field(body, "alarm_rule"),
        actions_enabled=default(field(body, "actions_enabled"), True, resource.span),  # noqa: FBT003 - a value as code gives it
        actions=field(body, "alarm_actions"),
        suppressor=first_block(body, "actions_suppressor"),
    )


def _mute_rule(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    schedule = first_block(first_block(body, "rule"), "schedule")
    yield MuteRule(
        resource,
        name=field(body, "name"),
        alarms=field(first_block(body, "mute_targets"), "alarm_names"),
        schedule=field(schedule, "expression"),
        duration=field(schedule, "duration"),
        expires=field(body, "expire_date"),
    )


READERS: Mapping[str, Reader] = {
    "aws_cloudwatch_alarm_mute_rule": _mute_rule,
    "aws_cloudwatch_composite_alarm": _composite,
    "aws_cloudwatch_metric_alarm": _alarm,
}
