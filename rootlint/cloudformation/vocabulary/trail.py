"""CloudTrail and CloudWatch Logs: trails, log groups, filters on them.

Properties as on the pages of `AWS::CloudTrail::Trail` and `AWS::Logs::*`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Logs.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, flag, number, pairs, text
from rootlint.model.read import default, each, unless_empty
from rootlint.model.read import flag as known_flag
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Value
from rootlint.model.watch import EventStore, LogGroup, LogSubscription, MetricFilter, Trail

# Where it is not written, a trail logs, covers one Region and the global services of one account.
_YES: bool = True
_NO: bool = False


def _trail(written: Written) -> Iterator[Declared]:
    resource = written.resource
    body, span = resource.body, resource.span
    yield Trail(
        resource,
        name=text(body, "TrailName"),
        logging=default(flag(body, "IsLogging"), _YES, span),
        multi_region=default(flag(body, "IsMultiRegionTrail"), _NO, span),
        global_events=default(flag(body, "IncludeGlobalServiceEvents"), _YES, span),
        organization=default(flag(body, "IsOrganizationTrail"), _NO, span),
        log_group=unless_empty(text(body, "CloudWatchLogsLogGroupArn")),
        bucket=text(body, "S3BucketName"),
        topic=text(body, "SnsTopicName"),
        event_selectors=field(body, "EventSelectors"),
        advanced_event_selectors=field(body, "AdvancedEventSelectors"),
    )


def _event_store(written: Written) -> Iterator[Declared]:
    resource = written.resource
    body, span = resource.body, resource.span
    yield EventStore(
        resource,
        name=text(body, "Name"),
        logging=default(flag(body, "IngestionEnabled"), _YES, span),
        multi_region=default(flag(body, "MultiRegionEnabled"), _YES, span),
        organization=default(flag(body, "OrganizationEnabled"), _NO, span),
        advanced_event_selectors=field(body, "AdvancedEventSelectors"),
    )


def _log_group(written: Written) -> Iterator[Declared]:
    resource = written.resource
    kind = default(text(resource.body, "LogGroupClass"), "STANDARD", resource.span)
    yield LogGroup(resource, text(resource.body, "LogGroupName"), kind)


def _metric_filter(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    for makes in each(field(body, "MetricTransformations")) or (None,):
        yield MetricFilter(
            written.resource,
            name=text(body, "FilterName"),
            log_group=text(body, "LogGroupName"),
            pattern=text(body, "FilterPattern"),
            metric=text(makes, "MetricName"),
            namespace=text(makes, "MetricNamespace"),
            value=text(makes, "MetricValue"),
            default=number(makes, "DefaultValue"),
            dimensions=pairs(field(makes, "Dimensions"), "Key"),
            unit=default(text(makes, "Unit"), "None", written.resource.span),
            narrowed_by=_narrowed_by(written.resource),
        )


def _narrowed_by(resource: Resource) -> Value | None:
    """What else decides which events the filter sees: criteria, or a transformation of them."""
    criteria = text(resource.body, "FieldSelectionCriteria")
    transformed = flag(resource.body, "ApplyOnTransformedLogs")
    if criteria is None and known_flag(transformed, default=False) is not Truth.NO:
        return transformed
    return criteria


def _log_subscription(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield LogSubscription(
        written.resource,
        text(body, "LogGroupName"),
        text(body, "FilterPattern"),
        text(body, "DestinationArn"),
    )


READERS: Mapping[str, Reader] = {
    "AWS::CloudTrail::EventDataStore": _event_store,
    "AWS::CloudTrail::Trail": _trail,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::Logs::MetricFilter": _metric_filter,
    "AWS::Logs::SubscriptionFilter": _log_subscription,
}
