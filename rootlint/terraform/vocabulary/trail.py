"""CloudTrail and CloudWatch Logs: trails, log groups, filters on them.

Arguments and defaults as on the provider's pages of `aws_cloudtrail` and `aws_cloudwatch_log_*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.read import default, flag, unless_empty
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Choice, Known, Map, Option, Text, Unknown, Value
from rootlint.model.watch import EventStore, LogGroup, LogSubscription, MetricFilter, Trail
from rootlint.source import Span
from rootlint.terraform.computed import name_of
from rootlint.terraform.vocabulary.written import Reader, blocks, field, first_block, renamed

_FIELD_SELECTOR = {
    "field": "Field",
    "equals": "Equals",
    "not_equals": "NotEquals",
    "starts_with": "StartsWith",
    "not_starts_with": "NotStartsWith",
    "ends_with": "EndsWith",
    "not_ends_with": "NotEndsWith",
}


def _trail(resource: Resource) -> Iterator[Declared]:
    body, span = resource.body, resource.span
    yield Trail(
        resource,
        name=field(body, "name"),
        logging=default(field(body, "enable_logging"), True, span),  # noqa: FBT003 - a value as code gives it
        multi_region=default(field(body, "is_multi_region_trail"), False, span),  # noqa: FBT003 - likewise
        global_events=default(field(body, "include_global_service_events"), True, span),  # noqa: FBT003 - likewise
        organization=default(field(body, "is_organization_trail"), False, span),  # noqa: FBT003 - likewise
        log_group=_without_star(unless_empty(field(body, "cloud_watch_logs_group_arn"))),
        bucket=field(body, "s3_bucket_name"),
        topic=field(body, "sns_topic_name"),
        event_selectors=blocks(field(body, "event_selector"), _selector),
        advanced_event_selectors=blocks(field(body, "advanced_event_selector"), _advanced),
    )


def _event_store(resource: Resource) -> Iterator[Declared]:
    body, span = resource.body, resource.span
    yield EventStore(
        resource,
        name=field(body, "name"),
        logging=_unless(field(body, "suspend"), span),
        multi_region=default(field(body, "multi_region_enabled"), True, span),  # noqa: FBT003 - likewise
        organization=default(field(body, "organization_enabled"), False, span),  # noqa: FBT003 - likewise
        advanced_event_selectors=blocks(field(body, "advanced_event_selector"), _advanced),
    )


def _unless(suspended: Value | None, span: Span) -> Value:
    """Whether a store takes events in: unless it is suspended."""
    match flag(suspended, default=False):
        case Truth.UNKNOWN if suspended is not None:
            return suspended
        case truth:
            return Known(truth is not Truth.YES, span if suspended is None else suspended.span)


def _without_star(arn: Value | None) -> Value | None:
    """The log group that `"${aws_cloudwatch_log_group.x.arn}:*"` names."""
    match arn:
        case Text(parts=(Unknown() as group, ":*")):
            return group
        case Choice():
            options = tuple(Option(when, _without_star(option)) for when, option in arn.options)
            return Choice(options, arn.because, arn.span)
        case _:
            return arn


def _selector(block: Map) -> Value:
    found = renamed(
        block,
        {
            "read_write_type": "ReadWriteType",
            "include_management_events": "IncludeManagementEvents",
            "exclude_management_event_sources": "ExcludeManagementEventSources",
        },
    )
    data = blocks(
        field(block, "data_resource"),
        lambda inner: renamed(inner, {"type": "Type", "values": "Values"}),
    )
    entries: dict[str, Value] = {**found.entries}
    entries["ReadWriteType"] = default(entries.get("ReadWriteType"), "All", block.span)
    entries["IncludeManagementEvents"] = default(
        entries.get("IncludeManagementEvents"),
        True,  # noqa: FBT003 - a value as code gives it
        block.span,
    )
    if data is not None:
        entries["DataResources"] = data
    return Map(entries, block.span, block.rest, found.keys)


def _advanced(block: Map) -> Value:
    found = renamed(block, {"name": "Name"})
    fields = blocks(field(block, "field_selector"), lambda one: renamed(one, _FIELD_SELECTOR))
    entries = {**found.entries}
    if fields is not None:
        entries["FieldSelectors"] = fields
    return Map(entries, block.span, block.rest, found.keys)


def _log_group(resource: Resource) -> Iterator[Declared]:
    kind = default(field(resource.body, "log_group_class"), "STANDARD", resource.span)
    yield LogGroup(resource, name_of(resource), kind)


def _metric_filter(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    makes = first_block(body, "metric_transformation")
    yield MetricFilter(
        resource,
        name=field(body, "name"),
        log_group=field(body, "log_group_name"),
        pattern=field(body, "pattern"),
        metric=field(makes, "name"),
        namespace=field(makes, "namespace"),
        value=field(makes, "value"),
        default=field(makes, "default_value"),
        dimensions=field(makes, "dimensions"),
        unit=default(field(makes, "unit"), "None", resource.span),
        narrowed_by=field(body, "field_selection_criteria"),
    )


def _log_subscription(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield LogSubscription(
        resource,
        field(body, "log_group_name"),
        field(body, "filter_pattern"),
        field(body, "destination_arn"),
    )


READERS: Mapping[str, Reader] = {
    "aws_cloudtrail": _trail,
    "aws_cloudtrail_event_data_store": _event_store,
    "aws_cloudwatch_log_group": _log_group,
    "aws_cloudwatch_log_metric_filter": _metric_filter,
    "aws_cloudwatch_log_subscription_filter": _log_subscription,
}
