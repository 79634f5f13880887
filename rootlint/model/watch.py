"""What watches an account: trails, log groups, filters, alarms, topics, rules and their targets.

Every field but `resource` is the value as written, or `None` where it is not written. Defaults of a
provider or of CloudFormation are filled in by the vocabulary where they differ from AWS's own.
"""

from __future__ import annotations

from rootlint.model.resource import Resource
from rootlint.model.value import Value
from rootlint.record import dataclass


@dataclass(frozen=True, slots=True)
class Trail:
    """A CloudTrail trail. Selectors are lists of maps with CloudTrail's API names as keys."""

    resource: Resource
    name: Value | None = None
    logging: Value | None = None
    multi_region: Value | None = None
    global_events: Value | None = None
    organization: Value | None = None
    log_group: Value | None = None
    bucket: Value | None = None
    topic: Value | None = None
    event_selectors: Value | None = None
    advanced_event_selectors: Value | None = None


@dataclass(frozen=True, slots=True)
class EventStore:
    """An event data store of CloudTrail Lake: it keeps events to be queried, and tells nobody.

    Its selectors are CloudTrail's advanced ones.
    """

    resource: Resource
    name: Value | None = None
    logging: Value | None = None
    multi_region: Value | None = None
    organization: Value | None = None
    advanced_event_selectors: Value | None = None


@dataclass(frozen=True, slots=True)
class LogGroup:
    resource: Resource
    name: Value | None = None
    group_class: Value | None = None


@dataclass(frozen=True, slots=True)
class MetricFilter:
    """A CloudWatch Logs metric filter with its one metric transformation."""

    resource: Resource
    name: Value | None = None
    log_group: Value | None = None
    pattern: Value | None = None
    metric: Value | None = None
    namespace: Value | None = None
    value: Value | None = None
    default: Value | None = None
    dimensions: Value | None = None
    unit: Value | None = None
    narrowed_by: Value | None = None


@dataclass(frozen=True, slots=True)
class LogSubscription:
    """A subscription filter: matching log events go to a Lambda function, a stream or a delivery."""

    resource: Resource
    log_group: Value | None = None
    pattern: Value | None = None
    destination: Value | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A metric alarm. `metrics` is the list of metric data queries, with the API's names as keys."""

    resource: Resource
    name: Value | None = None
    metric: Value | None = None
    namespace: Value | None = None
    metrics: Value | None = None
    statistic: Value | None = None
    extended_statistic: Value | None = None
    period: Value | None = None
    evaluation_periods: Value | None = None
    datapoints_to_alarm: Value | None = None
    threshold: Value | None = None
    threshold_metric: Value | None = None
    comparison: Value | None = None
    missing_data: Value | None = None
    dimensions: Value | None = None
    unit: Value | None = None
    actions_enabled: Value | None = None
    actions: Value | None = None


@dataclass(frozen=True, slots=True)
class CompositeAlarm:
    resource: Resource
    name: Value | None = None
    rule: Value | None = None
    actions_enabled: Value | None = None
    actions: Value | None = None
    suppressor: Value | None = None


@dataclass(frozen=True, slots=True)
class MuteRule:
    """Mutes the actions of alarms from `schedule` (a cron or at expression) on, for `duration` each time."""

    resource: Resource
    name: Value | None = None
    alarms: Value | None = None
    schedule: Value | None = None
    duration: Value | None = None
    expires: Value | None = None


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    """A KMS key; its policies are `AccessPolicy` objects."""

    resource: Resource


@dataclass(frozen=True, slots=True)
class KeyAlias:
    resource: Resource
    name: Value | None = None
    key: Value | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """An SNS topic; `inline` is the list of subscriptions written inside it (maps: Protocol, Endpoint)."""

    resource: Resource
    name: Value | None = None
    key: Value | None = None
    inline: Value | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    resource: Resource
    topic: Value | None = None
    protocol: Value | None = None
    endpoint: Value | None = None
    filter_policy: Value | None = None
    filter_scope: Value | None = None


@dataclass(frozen=True, slots=True)
class EventRule:
    """An EventBridge rule. `state` is ENABLED, DISABLED or ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS."""

    resource: Resource
    name: Value | None = None
    pattern: Value | None = None
    schedule: Value | None = None
    state: Value | None = None
    bus: Value | None = None


@dataclass(frozen=True, slots=True)
class EventBus:
    """An event bus of one's own; its policies are `AccessPolicy` objects."""

    resource: Resource
    name: Value | None = None


@dataclass(frozen=True, slots=True)
class EventTarget:
    """A target of a rule. Where the rule holds its targets itself, `rule` refers to that rule.

    `role` is what puts events on another bus in EventBridge's place.
    """

    resource: Resource
    rule: Value | None = None
    target: Value | None = None
    role: Value | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where Lambda tells that a function has dealt with an event: `success` is a topic, a bus, a queue."""

    resource: Resource
    function: Value | None = None
    success: Value | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """Another thing that hears of root events: User Notifications, a Chatbot channel, an event archive.

    `source` is what it listens to (a topic, a rule, or a pattern of its own in `pattern`, in
    `regions`). `configuration` is where User Notifications find whom to tell.
    """

    resource: Resource
    source: Value | None = None
    pattern: Value | None = None
    regions: Value | None = None
    configuration: Value | None = None


@dataclass(frozen=True, slots=True)
class NotificationConfiguration:
    """What holds the rules and the channels of User Notifications together; its ARN ends in no name of ours."""

    resource: Resource


@dataclass(frozen=True, slots=True)
class Channel:
    """An e-mail address or a chat channel that a configuration of User Notifications tells."""

    resource: Resource
    configuration: Value | None = None
