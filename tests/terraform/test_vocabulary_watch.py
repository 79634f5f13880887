import pytest

from rootlint.model.identity import AccessPolicy
from rootlint.model.unit import Unit
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
from tests.terraform.reading import declared, unit, written


def block(kind: str, body: str = "") -> Unit:
    return unit(f'resource "{kind}" "x" {{\n{body}\n}}\n')


def test_a_trail_has_the_defaults_of_the_provider() -> None:
    (trail,) = declared(block("aws_cloudtrail", 'name = "t"'), Trail)
    shown = [
        written(value)
        for value in (
            trail.logging,
            trail.global_events,
            trail.multi_region,
            trail.organization,
            trail.event_selectors,
            trail.log_group,
        )
    ]
    assert shown == [True, True, False, False, None, None]


def test_event_selectors_have_the_names_of_the_api() -> None:
    body = """
  event_selector {
    read_write_type                  = "WriteOnly"
    exclude_management_event_sources = ["kms.amazonaws.com"]
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
  event_selector {
    include_management_events = false
  }
"""
    (trail,) = declared(block("aws_cloudtrail", body), Trail)
    assert written(trail.event_selectors) == [
        {
            "ReadWriteType": "WriteOnly",
            "IncludeManagementEvents": True,
            "ExcludeManagementEventSources": ["kms.amazonaws.com"],
            "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}],
        },
        {"ReadWriteType": "All", "IncludeManagementEvents": False},
    ]


def test_advanced_event_selectors_have_the_names_of_the_api() -> None:
    body = """
  advanced_event_selector {
    name = "management"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field      = "eventSource"
      not_equals = ["kms.amazonaws.com"]
    }
  }
"""
    (trail,) = declared(block("aws_cloudtrail", body), Trail)
    assert written(trail.advanced_event_selectors) == [
        {
            "Name": "management",
            "FieldSelectors": [
                {"Field": "eventCategory", "Equals": ["Management"]},
                {"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]},
            ],
        }
    ]


def test_a_filter_has_its_one_transformation() -> None:
    body = """
  name           = "Root"
  pattern        = "{ $.userIdentity.type = \\"Root\\" }"
  log_group_name = "trail"
  metric_transformation {
    name      = "RootUsage"
    namespace = "CIS"
    value     = "1"
  }
"""
    (found,) = declared(block("aws_cloudwatch_log_metric_filter", body), MetricFilter)
    shown = [
        written(value)
        for value in (found.metric, found.namespace, found.value, found.default, found.unit)
    ]
    assert shown == ["RootUsage", "CIS", "1", None, "None"]
    assert written(found.pattern) == '{ $.userIdentity.type = "Root" }'


def test_log_groups_and_subscriptions() -> None:
    (group,) = declared(block("aws_cloudwatch_log_group", 'name = "g"'), LogGroup)
    body = 'log_group_name = "g"\nfilter_pattern = ""\ndestination_arn = "arn:l"'
    (found,) = declared(block("aws_cloudwatch_log_subscription_filter", body), LogSubscription)
    assert (written(group.name), written(group.group_class)) == ("g", "STANDARD")
    assert (written(found.pattern), written(found.destination)) == ("", "arn:l")


def test_an_alarm_as_written() -> None:
    body = """
  alarm_name          = "root"
  metric_name         = "RootUsage"
  namespace           = "CIS"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = "1"
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = ["arn:aws:sns:us-east-1:111122223333:alerts"]
"""
    (alarm,) = declared(block("aws_cloudwatch_metric_alarm", body), Alarm)
    shown = [
        written(value)
        for value in (alarm.period, alarm.missing_data, alarm.actions_enabled, alarm.actions)
    ]
    assert shown == [300, "missing", True, ["arn:aws:sns:us-east-1:111122223333:alerts"]]
    assert (alarm.metrics, alarm.dimensions, alarm.datapoints_to_alarm) == (None, None, None)


def test_metric_queries_have_the_names_of_the_api() -> None:
    body = """
  metric_query {
    id          = "e1"
    expression  = "m1 * 2"
    return_data = true
  }
  metric_query {
    id = "m1"
    metric {
      metric_name = "RootUsage"
      namespace   = "CIS"
      period      = 60
      stat        = "Sum"
      dimensions  = { A = "b" }
    }
  }
"""
    (alarm,) = declared(block("aws_cloudwatch_metric_alarm", body), Alarm)
    metric = {"MetricName": "RootUsage", "Namespace": "CIS", "Dimensions": {"A": "b"}}
    assert written(alarm.metrics) == [
        {"Id": "e1", "Expression": "m1 * 2", "ReturnData": True},
        {
            "Id": "m1",
            "ReturnData": False,
            "MetricStat": {"Period": 60, "Stat": "Sum", "Metric": metric},
        },
    ]


def test_a_composite_alarm() -> None:
    body = 'alarm_name = "c"\nalarm_rule = "ALARM(a)"\nactions_suppressor {\n  alarm = "s"\n}'
    (alarm,) = declared(block("aws_cloudwatch_composite_alarm", body), CompositeAlarm)
    assert (written(alarm.rule), written(alarm.suppressor)) == ("ALARM(a)", {"alarm": "s"})


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("", "ENABLED"),
        ("is_enabled = false", "DISABLED"),
        ("is_enabled = true", "ENABLED"),
        (
            'state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"',
            "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        ),
        ("is_enabled = var.on", "?"),
    ],
)
def test_the_state_of_a_rule(body: str, state: str) -> None:
    (rule,) = declared(block("aws_cloudwatch_event_rule", body), EventRule)
    assert (written(rule.state), written(rule.bus)) == (state, "default")


def test_a_target_refers_to_its_rule() -> None:
    found = unit(
        'resource "aws_cloudwatch_event_rule" "r" {\n  name = "root"\n}\n'
        'resource "aws_cloudwatch_event_target" "t" {\n'
        '  rule = aws_cloudwatch_event_rule.r.name\n  arn = "arn:x"\n}\n'
    )
    (target,) = declared(found, EventTarget)
    assert written(target.rule) == "root"
    assert getattr(target.rule, "refers")[1] == "aws_cloudwatch_event_rule.r"  # noqa: B009 - not every value has one


def test_a_topic_with_its_policy_and_key() -> None:
    body = 'name = "t"\nkms_master_key_id = "alias/aws/sns"\npolicy = "{}"'
    found = block("aws_sns_topic", body)
    (topic,), (policy,) = declared(found, Topic), declared(found, AccessPolicy)
    assert (written(topic.name), written(topic.key)) == ("t", "alias/aws/sns")
    assert policy.target is None


def test_a_subscription_filters_by_attributes_unless_written() -> None:
    body = 'topic_arn = "arn:t"\nprotocol = "email"\nendpoint = "a@example.com"'
    (found,) = declared(block("aws_sns_topic_subscription", body), Subscription)
    assert (written(found.filter_policy), written(found.filter_scope)) == (
        None,
        "MessageAttributes",
    )


def test_a_chat_channel_listens_to_its_topics() -> None:
    found = block("aws_chatbot_slack_channel_configuration", 'sns_topic_arns = ["a", "b"]')
    assert [written(each.source) for each in declared(found, Listener)] == ["a", "b"]


def test_user_notifications_have_a_pattern_of_their_own() -> None:
    body = """
  source        = "aws.signin"
  event_type    = "AWS Console Sign In via CloudTrail"
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
"""
    (found,) = declared(block("aws_notifications_event_rule", body), Listener)
    assert written(found.pattern) == {
        "source": ["aws.signin"],
        "detail-type": ["AWS Console Sign In via CloudTrail"],
        "detail": {"userIdentity": {"type": ["Root"]}},
    }


def test_an_event_bus_and_who_may_put_events_on_it() -> None:
    (bus,) = declared(block("aws_cloudwatch_event_bus", 'name = "security"'), EventBus)
    assert written(bus.name) == "security"
    body = 'event_bus_name = "security"\npolicy = "{\\"Statement\\": []}"'
    (policy,) = declared(block("aws_cloudwatch_event_bus_policy", body), AccessPolicy)
    assert (policy.service, written(policy.target)) == ("events", "security")
    assert policy.document is not None


def test_a_permission_of_an_event_bus_is_a_statement() -> None:
    body = 'principal = "111122223333"\nstatement_id = "a"'
    (policy,) = declared(block("aws_cloudwatch_event_permission", body), AccessPolicy)
    assert written(policy.target) == "default"
    assert policy.document is not None
    (statement,) = policy.document.statements
    assert statement.action is not None
    assert [written(x) for x in statement.action.items] == ["events:PutEvents"]
    assert not statement.conditions


def test_a_permission_may_be_for_an_organization() -> None:
    condition = 'condition {\ntype = "StringEquals"\nkey = "aws:PrincipalOrgID"\nvalue = "o-1"\n}'
    body = f'principal = "*"\nstatement_id = "a"\n{condition}'
    (policy,) = declared(block("aws_cloudwatch_event_permission", body), AccessPolicy)
    assert policy.document is not None
    ((asked,),) = (statement.conditions for statement in policy.document.statements)
    assert (asked.operator, asked.key) == ("StringEquals", "aws:PrincipalOrgID")
