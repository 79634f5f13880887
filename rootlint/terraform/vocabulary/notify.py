"""What carries a message: event rules and targets, topics, subscriptions, and other listeners.

Arguments and defaults as on the provider's pages of `aws_cloudwatch_event_*`, `aws_sns_*`,
`aws_notifications_*` and `aws_chatbot_*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.embedded.access import access_policy, put_events
from rootlint.embedded.notification import notification_pattern
from rootlint.model.policy import PolicyKind
from rootlint.model.read import default, each, flag, text
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Map, Value
from rootlint.model.watch import (
    Channel,
    Destination,
    EventBus,
    EventRule,
    EventTarget,
    KeyAlias,
    Listener,
    NotificationConfiguration,
    Subscription,
    Topic,
)
from rootlint.terraform.computed import name_of
from rootlint.terraform.vocabulary.written import Reader, field, first_block


def _rule(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield EventRule(
        resource,
        name=name_of(resource),
        pattern=field(body, "event_pattern"),
        schedule=field(body, "schedule_expression"),
        state=_state(resource),
        bus=default(field(body, "event_bus_name"), "default", resource.span),
    )


def _state(resource: Resource) -> Value:
    """`state`, or what the older `is_enabled` says."""
    written, enabled = field(resource.body, "state"), field(resource.body, "is_enabled")
    if written is not None or enabled is None:
        return default(written, "ENABLED", resource.span)
    match flag(enabled):
        case Truth.YES:
            return Known("ENABLED", enabled.span)
        case Truth.NO:
            return Known("DISABLED", enabled.span)
        case Truth.UNKNOWN:
            return enabled


def _target(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield EventTarget(resource, field(body, "rule"), field(body, "arn"), field(body, "role_arn"))


def _destination(resource: Resource) -> Iterator[Declared]:
    written = first_block(first_block(resource.body, "destination_config"), "on_success")
    yield Destination(
        resource, field(resource.body, "function_name"), field(written, "destination")
    )


def _bus(resource: Resource) -> Iterator[Declared]:
    yield EventBus(resource, name_of(resource))


def _bus_policy(resource: Resource) -> Iterator[Declared]:
    written = field(resource.body, "policy")
    target = default(field(resource.body, "event_bus_name"), "default", resource.span)
    yield from access_policy(
        resource, PolicyKind.RESOURCE, written, target=target, service="events"
    )


def _bus_permission(resource: Resource) -> Iterator[Declared]:
    """One statement: an account, `*`, or an organization in the condition, may put events."""
    body, span = resource.body, resource.span
    target = default(field(body, "event_bus_name"), "default", span)
    action = default(field(body, "action"), "events:PutEvents", span)
    condition = first_block(body, "condition")
    written = put_events(field(body, "principal"), action, _condition(condition), span)
    yield from access_policy(
        resource, PolicyKind.RESOURCE, written, target=target, service="events"
    )


def _condition(block: Value | None) -> Value | None:
    kind, key = text(field(block, "type")), text(field(block, "key"))
    value = field(block, "value")
    if not isinstance(block, Map) or kind is None or key is None or value is None:
        return block
    return Map({kind: Map({key: value}, block.span)}, block.span)


def _archive(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield Listener(resource, field(body, "event_source_arn"), field(body, "event_pattern"))


def _topic(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield Topic(resource, name_of(resource), field(body, "kms_master_key_id"))
    written = field(body, "policy")
    yield from access_policy(resource, PolicyKind.RESOURCE, written, service="sns")


def _topic_policy(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    written = field(body, "policy")
    target = field(body, "arn")
    yield from access_policy(resource, PolicyKind.RESOURCE, written, target=target, service="sns")


def _subscription(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield Subscription(
        resource,
        topic=field(body, "topic_arn"),
        protocol=field(body, "protocol"),
        endpoint=field(body, "endpoint"),
        filter_policy=field(body, "filter_policy"),
        filter_scope=default(
            field(body, "filter_policy_scope"), "MessageAttributes", resource.span
        ),
    )


def _channel(resource: Resource) -> Iterator[Declared]:
    """A chat channel hears what is published to its topics."""
    for topic in each(field(resource.body, "sns_topic_arns")):
        yield Listener(resource, topic)


def _notification(resource: Resource) -> Iterator[Declared]:
    """User Notifications listen with a rule of their own: a source, a type, and maybe a pattern."""
    body = resource.body
    fields = {"source": field(body, "source"), "detail-type": field(body, "event_type")}
    pattern = notification_pattern(fields, field(body, "event_pattern"), resource.span)
    yield Listener(
        resource,
        pattern=pattern,
        regions=field(body, "regions"),
        configuration=field(body, "notification_configuration_arn"),
    )


def _told(resource: Resource) -> Iterator[Declared]:
    yield Channel(resource, field(resource.body, "notification_configuration_arn"))


def _configuration(resource: Resource) -> Iterator[Declared]:
    yield NotificationConfiguration(resource)


def _alias(resource: Resource) -> Iterator[Declared]:
    yield KeyAlias(resource, name_of(resource), field(resource.body, "target_key_id"))


READERS: Mapping[str, Reader] = {
    "aws_chatbot_slack_channel_configuration": _channel,
    "aws_chatbot_teams_channel_configuration": _channel,
    "aws_cloudwatch_event_archive": _archive,
    "aws_cloudwatch_event_bus": _bus,
    "aws_cloudwatch_event_bus_policy": _bus_policy,
    "aws_cloudwatch_event_permission": _bus_permission,
    "aws_cloudwatch_event_rule": _rule,
    "aws_cloudwatch_event_target": _target,
    "aws_kms_alias": _alias,
    "aws_lambda_function_event_invoke_config": _destination,
    "aws_notifications_channel_association": _told,
    "aws_notifications_event_rule": _notification,
    "aws_notifications_notification_configuration": _configuration,
    "aws_sns_topic": _topic,
    "aws_sns_topic_policy": _topic_policy,
    "aws_sns_topic_subscription": _subscription,
}
