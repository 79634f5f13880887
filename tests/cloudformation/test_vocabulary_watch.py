from collections.abc import Iterator

import pytest

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Value
from rootlint.model.watch import (
    Alarm,
    CompositeAlarm,
    EventBus,
    EventRule,
    EventTarget,
    Listener,
    LogGroup,
    LogSubscription,
    MetricFilter,
    Subscription,
    Topic,
    Trail,
)
from tests.cloudformation.reading import declared, only, show, unit


def one(kind: str, properties: str) -> str:
    return f"Resources:\n  It:\n    Type: {kind}\n    Properties: {properties}\n"


def fields(thing: object) -> dict[str, str]:
    """What of a thing is written or has a default, in short."""
    slots = getattr(thing, "__slots__", ())
    found = ((name, getattr(thing, name)) for name in slots if name != "resource")
    return {name: show(value) for name, value in found if value is not None}


def scalars(*values: Value | None) -> Iterator[object]:
    for value in values:
        assert isinstance(value, Known)
        yield value.value


def test_trail_defaults() -> None:
    assert fields(only(one("AWS::CloudTrail::Trail", "{}"), Trail)) == {
        "logging": "true",
        "multi_region": "false",
        "global_events": "true",
        "organization": "false",
    }


def test_trail() -> None:
    found = only(
        one(
            "AWS::CloudTrail::Trail",
            "{TrailName: t, IsLogging: 'false', IsMultiRegionTrail: Yes, S3BucketName: b, SnsTopicName: s,"
            " EventSelectors: [{ReadWriteType: All, IncludeManagementEvents: false}],"
            " AdvancedEventSelectors: [{FieldSelectors: [{Field: eventCategory, Equals: [Management]}]}]}",
        ),
        Trail,
    )
    assert list(scalars(found.logging, found.multi_region)) == [False, True]
    assert fields(found) == {
        "name": "t",
        "logging": "false",
        "multi_region": "true",
        "global_events": "true",
        "organization": "false",
        "bucket": "b",
        "topic": "s",
        "event_selectors": "[{ReadWriteType: All, IncludeManagementEvents: false}]",
        "advanced_event_selectors": "[{FieldSelectors: [{Field: eventCategory, Equals: [Management]}]}]",
    }


def test_log_group() -> None:
    found = only(one("AWS::Logs::LogGroup", "{LogGroupName: g}"), LogGroup)
    assert fields(found) == {"name": "g", "group_class": "STANDARD"}


def test_metric_filter() -> None:
    found = only(
        one(
            "AWS::Logs::MetricFilter",
            "{FilterName: f, LogGroupName: g, FilterPattern: '{ $.a = b }', MetricTransformations:"
            " [{MetricName: m, MetricNamespace: n, MetricValue: 1, DefaultValue: '0', Dimensions: [{Key: k, Value: $.x}]}]}",
        ),
        MetricFilter,
    )
    assert list(scalars(found.value, found.default)) == ["1", 0]
    assert fields(found) == {
        "name": "f",
        "log_group": "g",
        "pattern": "{ $.a = b }",
        "metric": "m",
        "namespace": "n",
        "value": "1",
        "default": "0",
        "dimensions": "{k: $.x}",
        "unit": "None",
    }


@pytest.mark.parametrize("narrowing", ["FieldSelectionCriteria: x", "ApplyOnTransformedLogs: true"])
def test_what_else_decides_which_events_a_filter_sees(narrowing: str) -> None:
    text = one("AWS::Logs::MetricFilter", f"{{MetricTransformations: [{{}}], {narrowing}}}")
    assert only(text, MetricFilter).narrowed_by is not None


def test_subscription_filter() -> None:
    text = one(
        "AWS::Logs::SubscriptionFilter",
        "{LogGroupName: g, FilterPattern: '', DestinationArn: d}",
    )
    assert fields(only(text, LogSubscription)) == {
        "log_group": "g",
        "pattern": "",
        "destination": "d",
    }


def test_alarm() -> None:
    found = only(
        one(
            "AWS::CloudWatch::Alarm",
            "{AlarmName: a, MetricName: m, Namespace: n, Statistic: Sum, Period: '300', EvaluationPeriods: 1,"
            " DatapointsToAlarm: 1, Threshold: 1.0, ComparisonOperator: c, Dimensions: [{Name: k, Value: v}],"
            " Unit: Count, ActionsEnabled: 'true', AlarmActions: [x], ExtendedStatistic: p99, ThresholdMetricId: t}",
        ),
        Alarm,
    )
    numbers = scalars(
        found.period, found.evaluation_periods, found.threshold, found.actions_enabled
    )
    assert list(numbers) == [300, 1, 1, True]
    assert fields(found) == {
        "name": "a",
        "metric": "m",
        "namespace": "n",
        "statistic": "Sum",
        "extended_statistic": "p99",
        "period": "300",
        "evaluation_periods": "1",
        "datapoints_to_alarm": "1",
        "threshold": "1",
        "threshold_metric": "t",
        "comparison": "c",
        "missing_data": "missing",
        "dimensions": "{k: v}",
        "unit": "Count",
        "actions_enabled": "true",
        "actions": "[x]",
    }


def test_alarm_of_several_metrics() -> None:
    found = only(
        one(
            "AWS::CloudWatch::Alarm",
            "{Metrics: [{Id: m1, MetricStat: {Stat: Sum, Period: 60, Metric: {MetricName: m, Dimensions: [{Name: k, Value: v}]}}}]}",
        ),
        Alarm,
    )
    assert show(found.metrics) == (
        "[{Id: m1, MetricStat: {Stat: Sum, Period: 60, Metric: {MetricName: m, Dimensions: {k: v}}}}]"
    )


def test_composite_alarm() -> None:
    found = only(
        one("AWS::CloudWatch::CompositeAlarm", "{AlarmRule: ALARM(a), ActionsSuppressor: s}"),
        CompositeAlarm,
    )
    assert fields(found) == {"rule": "ALARM(a)", "actions_enabled": "true", "suppressor": "s"}


RULE = one(
    "AWS::Events::Rule",
    "{EventPattern: {source: [aws.signin], detail: {x: [{exists: false}, {numeric: ['>', 0]}]}},"
    " Targets: [{Id: a, Arn: one}, {Id: b, Arn: two}]}",
)


def test_rule() -> None:
    assert fields(only(RULE, EventRule)) == {
        "pattern": "{source: [aws.signin], detail: {x: [{exists: false}, {numeric: [>, 0]}]}}",
        "state": "ENABLED",
        "bus": "default",
    }


def test_targets_name_the_rule_that_holds_them() -> None:
    found = unit(RULE)
    (rule,) = [thing for thing in found.declares if isinstance(thing, EventRule)]
    links = Estate([found]).linked(EventTarget, "rule", rule)
    assert [(show(link.thing.target), link.holds) for link in links] == [
        ("one", Truth.YES),
        ("two", Truth.YES),
    ]


def test_topic() -> None:
    found = only(
        one(
            "AWS::SNS::Topic",
            "{TopicName: t, KmsMasterKeyId: alias/x, Subscription: [{Protocol: email, Endpoint: e}]}",
        ),
        Topic,
    )
    assert fields(found) == {
        "name": "t",
        "key": "alias/x",
        "inline": "[{Protocol: email, Endpoint: e}]",
    }


def test_subscription() -> None:
    found = only(
        one(
            "AWS::SNS::Subscription",
            "{TopicArn: t, Protocol: email, Endpoint: e, FilterPolicy: {a: [b]}}",
        ),
        Subscription,
    )
    assert fields(found) == {
        "topic": "t",
        "protocol": "email",
        "endpoint": "e",
        "filter_policy": "{a: [b]}",
        "filter_scope": "MessageAttributes",
    }


@pytest.mark.parametrize(
    ("kind", "properties", "source", "pattern"),
    [
        ("AWS::Chatbot::SlackChannelConfiguration", "{SnsTopicArns: [t]}", "t", "nothing"),
        ("AWS::Chatbot::MicrosoftTeamsChannelConfiguration", "{SnsTopicArns: [t]}", "t", "nothing"),
        ("AWS::Events::Archive", "{SourceArn: s, EventPattern: {a: [b]}}", "s", "{a: [b]}"),
        ("AWS::Notifications::EventRule", "{Source: aws.signin, EventType: X, EventPattern: '{\"a\": [1]}'}", "nothing", "json({source: [aws.signin], detail-type: [X], a: [1]})"),
    ],
)  # fmt: skip
def test_listeners(kind: str, properties: str, source: str, pattern: str) -> None:
    found = only(one(kind, properties), Listener)
    assert (show(found.source), show(found.pattern)) == (source, pattern)


def test_events_of_a_function_are_rules() -> None:
    text = one(
        "AWS::Serverless::Function",
        "{FunctionName: f, Events: {Login: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}}},"
        " Off: {Type: CloudWatchEvent, Properties: {Pattern: {source: [b]}, Enabled: false}},"
        " Logs: {Type: CloudWatchLogs, Properties: {LogGroupName: g, FilterPattern: p}},"
        " Note: {Type: SNS, Properties: {Topic: t}}, Web: {Type: Api, Properties: {}}}}",
    )
    found = unit(text)
    rules = declared(text, EventRule)
    assert [(rule.resource.address, show(rule.state)) for rule in rules] == [
        ("ItLogin", "ENABLED"),
        ("ItOff", "DISABLED"),
    ]
    assert [resource.kind for resource in found.resources] == [
        "AWS::Serverless::Function",
        "AWS::IAM::Role",
        "AWS::Events::Rule",
        "AWS::Events::Rule",
        "AWS::Logs::SubscriptionFilter",
        "AWS::SNS::Subscription",
    ]
    estate = Estate([found])
    links = estate.linked(EventTarget, "rule", estate.every(EventRule)[0])
    assert [link.holds for link in links] == [Truth.YES]
    assert show(only(text, LogSubscription).log_group) == "g"
    assert show(only(text, Subscription).protocol) == "lambda"


def test_an_event_bus_and_who_may_put_events_on_it() -> None:
    text = one("AWS::Events::EventBus", "{Name: security, Policy: {Statement: []}}")
    assert show(only(text, EventBus).name) == "security"
    policy = only(text, AccessPolicy)
    assert policy.service == "events"
    assert policy.target is None


_ORGANIZATION = "{Type: StringEquals, Key: aws:PrincipalOrgID, Value: o-1}"
_WHOLE = "{Effect: Allow, Principal: '*', Action: events:PutEvents, Resource: '*'}"


@pytest.mark.parametrize(
    ("properties", "operators"),
    [
        ("{StatementId: a, Action: events:PutEvents, Principal: '111122223333'}", []),
        (f"{{StatementId: a, Principal: '*', Condition: {_ORGANIZATION}}}", ["StringEquals"]),
        (f"{{StatementId: a, Statement: {_WHOLE}}}", []),
    ],
)
def test_a_permission_of_an_event_bus_is_a_statement(properties: str, operators: list[str]) -> None:
    policy = only(one("AWS::Events::EventBusPolicy", properties), AccessPolicy)
    assert policy.service == "events"
    assert show(policy.target) == "default"
    assert policy.document is not None
    (statement,) = policy.document.statements
    assert [asked.operator for asked in statement.conditions] == operators
