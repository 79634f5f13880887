"""What carries a message: event rules and targets, topics, subscriptions, and other listeners.

Properties as on the pages of `AWS::Events::*`, `AWS::SNS::*`, `AWS::Notifications::EventRule` and
`AWS::Chatbot::*`: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Events.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, own, text
from rootlint.embedded.access import access_policy, put_events
from rootlint.embedded.notification import notification_pattern
from rootlint.model.policy import PolicyKind
from rootlint.model.read import default, each
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


def _rule(written: Written) -> Iterator[Declared]:
    resource = written.resource
    body = resource.body
    yield EventRule(
        resource,
        name=text(body, "Name"),
        pattern=field(body, "EventPattern"),
        schedule=text(body, "ScheduleExpression"),
        state=default(text(body, "State"), "ENABLED", resource.span),
        bus=default(text(body, "EventBusName"), "default", resource.span),
    )
    for target in each(field(body, "Targets")):
        yield EventTarget(resource, own(written), field(target, "Arn"), text(target, "RoleArn"))


def _destination(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    success = field(field(body, "DestinationConfig"), "OnSuccess")
    yield Destination(written.resource, text(body, "FunctionName"), text(success, "Destination"))


def _bus(written: Written) -> Iterator[Declared]:
    resource = written.resource
    yield EventBus(resource, text(resource.body, "Name"))
    document = field(resource.body, "Policy")
    yield from access_policy(resource, PolicyKind.RESOURCE, document, service="events")


def _bus_policy(written: Written) -> Iterator[Declared]:
    """A whole statement, or the parts of the one that lets an account put events."""
    body, span = written.resource.body, written.resource.span
    statement = field(body, "Statement")
    if statement is None:
        condition = _condition(field(body, "Condition"))
        document = put_events(text(body, "Principal"), text(body, "Action"), condition, span)
    else:
        document = Map({"Statement": statement}, statement.span)
    target = default(text(body, "EventBusName"), "default", span)
    yield from access_policy(
        written.resource, PolicyKind.RESOURCE, document, target=target, service="events"
    )


def _condition(block: Value | None) -> Value | None:
    kind, key, value = (field(block, name) for name in ("Type", "Key", "Value"))
    if not isinstance(kind, Known) or not isinstance(key, Known) or value is None:
        return block
    return Map({str(kind.value): Map({str(key.value): value}, value.span)}, value.span)


def _archive(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield Listener(written.resource, text(body, "SourceArn"), field(body, "EventPattern"))


def _topic(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield Topic(
        written.resource,
        text(body, "TopicName"),
        text(body, "KmsMasterKeyId"),
        field(body, "Subscription"),
    )


def _topic_policy(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    document = field(body, "PolicyDocument")
    for topic in each(field(body, "Topics")) or (None,):
        yield from access_policy(
            written.resource, PolicyKind.RESOURCE, document, target=topic, service="sns"
        )


def _topic_inline_policy(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    document, topic = field(body, "PolicyDocument"), text(body, "TopicArn")
    yield from access_policy(
        written.resource, PolicyKind.RESOURCE, document, target=topic, service="sns"
    )


def _subscription(written: Written) -> Iterator[Declared]:
    resource = written.resource
    body = resource.body
    yield Subscription(
        resource,
        topic=text(body, "TopicArn"),
        protocol=text(body, "Protocol"),
        endpoint=text(body, "Endpoint"),
        filter_policy=field(body, "FilterPolicy"),
        filter_scope=default(text(body, "FilterPolicyScope"), "MessageAttributes", resource.span),
    )


def _channel(written: Written) -> Iterator[Declared]:
    """A chat channel hears what is published to its topics."""
    for topic in each(field(written.resource.body, "SnsTopicArns")):
        yield Listener(written.resource, topic)


def _notification(written: Written) -> Iterator[Declared]:
    """User Notifications listen with a rule of their own: a source, a type, and maybe a pattern."""
    resource = written.resource
    fields = {
        "source": text(resource.body, "Source"),
        "detail-type": text(resource.body, "EventType"),
    }
    pattern = notification_pattern(fields, field(resource.body, "EventPattern"), resource.span)
    yield Listener(
        resource,
        pattern=pattern,
        regions=field(resource.body, "Regions"),
        configuration=text(resource.body, "NotificationConfigurationArn"),
    )


def _told(written: Written) -> Iterator[Declared]:
    configuration = text(written.resource.body, "NotificationConfigurationArn")
    yield Channel(written.resource, configuration)


def _configuration(written: Written) -> Iterator[Declared]:
    yield NotificationConfiguration(written.resource)


def _alias(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield KeyAlias(written.resource, text(body, "AliasName"), text(body, "TargetKeyId"))


READERS: Mapping[str, Reader] = {
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": _channel,
    "AWS::Chatbot::SlackChannelConfiguration": _channel,
    "AWS::Events::Archive": _archive,
    "AWS::Events::EventBus": _bus,
    "AWS::Events::EventBusPolicy": _bus_policy,
    "AWS::Events::Rule": _rule,
    "AWS::KMS::Alias": _alias,
    "AWS::Lambda::EventInvokeConfig": _destination,
    "AWS::Notifications::ChannelAssociation": _told,
    "AWS::Notifications::EventRule": _notification,
    "AWS::Notifications::NotificationConfiguration": _configuration,
    "AWS::SNS::Subscription": _subscription,
    "AWS::SNS::Topic": _topic,
    "AWS::SNS::TopicInlinePolicy": _topic_inline_policy,
    "AWS::SNS::TopicPolicy": _topic_policy,
}
