"""Values and resources for tests of what watches an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rootlint.embedded import policy
from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.resource import BlindSpot, Door, Resource, Scope
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Unit
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.model.watch import (
    Alarm,
    EventRule,
    EventTarget,
    LogGroup,
    MetricFilter,
    Subscription,
    Topic,
    Trail,
)
from rootlint.source import Span

SPAN = Span("main.tf", 0, 10)
CIS = (
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS'
    ' && $.eventType != "AwsServiceEvent" }'
)
CONSOLE_ONLY = '{ $.eventName = "ConsoleLogin" && $.userIdentity.type = "Root" }'
ROOT_RULE = {
    "detail-type": ["AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail"],
    "detail": {"userIdentity": {"type": ["Root"]}},
}


def value(plain: Any) -> Value:
    """A value out of plain data; a value stays what it is."""
    match plain:
        case Known() | Unknown() | Text() | List() | Map() | Choice() | Encoded():
            return plain
        case Mapping():
            return Map({name: value(entry) for name, entry in plain.items()}, SPAN)
        case list() | tuple():
            return List(tuple(value(item) for item in plain), SPAN)
        case _:
            return Known(plain, SPAN)


def unknown(detail: str = "var.x has no value", shape: str = "") -> Unknown:
    return Unknown(Why.VARIABLE, detail, SPAN, shape=shape)


def resource(
    address: str,
    kind: str = "aws",
    *,
    unit: str = "main",
    exists: Truth = Truth.YES,
    scope: Scope = Scope(),  # noqa: B008 - a value that nobody can change
) -> Resource:
    return Resource(unit, address, kind, Map({}, SPAN), SPAN, SPAN, exists, scope=scope)


def refers(address: str, attribute: str = "", *, unit: str = "main", text: Any = None) -> Value:
    """What an expression such as `aws_sns_topic.alerts.arn` evaluates to."""
    reference = Reference(unit, address, attribute)
    if text is not None:
        return Known(text, SPAN, reference)
    return Unknown(Why.ATTRIBUTE, f"{address}.{attribute}", SPAN, reference)


def trail(address: str = "trail", **fields: Any) -> Trail:
    return Trail(
        resource(address), **_values({"multi_region": True, "log_group": group_arn(), **fields})
    )


def group_arn(address: str = "group") -> Value:
    return refers(address, "arn")


def group(address: str = "group", name: str = "cloudtrail") -> LogGroup:
    return LogGroup(resource(address), value(name))


def metric_filter(pattern: Any = CIS, address: str = "filter", **fields: Any) -> MetricFilter:
    given = {
        "name": "RootUsage",
        "log_group": refers("group", "name", text="cloudtrail"),
        "pattern": pattern,
        "metric": "RootUsage",
        "namespace": "CIS",
        "value": "1",
        **fields,
    }
    return MetricFilter(resource(address), **_values(given))


def alarm(address: str = "alarm", **fields: Any) -> Alarm:
    given = {
        "name": "root-usage",
        "metric": "RootUsage",
        "namespace": "CIS",
        "statistic": "Sum",
        "period": 300,
        "evaluation_periods": 1,
        "threshold": 1,
        "comparison": "GreaterThanOrEqualToThreshold",
        "actions": [refers("topic", "arn")],
        **fields,
    }
    return Alarm(resource(address), **_values(given))


def topic(address: str = "topic", **fields: Any) -> Topic:
    return Topic(resource(address), **_values({"name": "alerts", **fields}))


def subscription(address: str = "subscription", **fields: Any) -> Subscription:
    given = {
        "topic": refers("topic", "arn"),
        "protocol": "email",
        "endpoint": "root@example.com",
        **fields,
    }
    return Subscription(resource(address), **_values(given))


def rule(pattern: Any = None, address: str = "rule", **fields: Any) -> EventRule:
    given = {"name": "root", "pattern": ROOT_RULE if pattern is None else pattern, **fields}
    return EventRule(resource(address), **_values(given))


def target(address: str = "target", **fields: Any) -> EventTarget:
    given = {
        "rule": refers("rule", "name", text="root"),
        "target": refers("topic", "arn"),
        **fields,
    }
    return EventTarget(resource(address), **_values(given))


def unit(
    *things: Declared,
    name: str = "main",
    blind_spots: tuple[BlindSpot, ...] = (),
    doors: tuple[Door, ...] = (),
) -> Unit:
    return Unit(name, things, tuple(thing.resource for thing in things), blind_spots, doors)


def estate(*things: Declared, **more: Any) -> Estate:
    return Estate([unit(*things, **more)])


def _values(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if plain is None else value(plain) for name, plain in fields.items()}


def topic_policy(*services: str, address: str = "topic_policy", **statement: Any) -> AccessPolicy:
    """The policy of the topic that lets services publish; other elements of its statement as given."""
    given = {
        "Effect": "Allow",
        "Principal": {"Service": [f"{service}.amazonaws.com" for service in services]},
        "Action": "sns:Publish",
        "Resource": "*",
        **statement,
    }
    document = policy(value({"Version": "2012-10-17", "Statement": [given]}))
    assert isinstance(document, Policy)
    return AccessPolicy(
        resource(address), PolicyKind.RESOURCE, document, target=refers("topic", "arn")
    )
