"""Plans, by themselves and over their source."""

import json
from typing import Any

from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why
from rootlint.model.watch import Alarm, Subscription
from rootlint.source import SourceFile, Sources
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.given import NOTHING
from rootlint.terraform.plan import alone, over_source, source_of
from rootlint.terraform.plan_file import Plan, load
from tests.terraform.reading import declared, resource, written


def planned(*resources: dict[str, Any], **more: Any) -> Plan:
    """A plan of resources `{address, values, unknown, expressions}`."""
    parts = [(each, each["address"].split("[")[0].split(".")[-2:]) for each in resources]
    content = {
        "format_version": "1.2",
        "planned_values": {
            "root_module": {
                "resources": [
                    {
                        "address": each["address"],
                        "mode": "managed",
                        "type": kind,
                        "name": name,
                        "values": each.get("values", {}),
                    }
                    for each, (kind, name) in parts
                ]
            }
        },
        "resource_changes": [
            {
                "address": each["address"],
                "type": kind,
                "change": {
                    "actions": ["create"],
                    "after_unknown": each.get("unknown", {}),
                    "after_sensitive": each.get("sensitive", {}),
                },
            }
            for each, (kind, name) in parts
        ],
        "configuration": {
            "root_module": {
                "resources": [
                    {
                        "address": f"{kind}.{name}",
                        "mode": "managed",
                        "type": kind,
                        "name": name,
                        "expressions": each.get("expressions", {}),
                    }
                    for each, (kind, name) in parts
                ]
            }
        },
        **more,
    }
    found = load(SourceFile("plan.json", json.dumps(content)))
    assert isinstance(found, Plan), found
    return found


TOPIC = {"address": "aws_sns_topic.t", "values": {"name": "t"}, "unknown": {"arn": True}}


def subscription(**values: Any) -> dict[str, Any]:
    return {"address": "aws_sns_topic_subscription.s", **values}


def test_values_are_known_and_the_place_is_the_address_in_the_plan() -> None:
    found = resource(alone(planned(TOPIC)), "aws_sns_topic.t")
    assert written(found.body) == {"name": "t"}
    assert found.span.path == "plan.json"
    assert found.span.end - found.span.start == len("aws_sns_topic.t")


def test_what_is_known_after_apply_refers_to_the_only_resource_that_it_mentions() -> None:
    plan = planned(
        TOPIC,
        subscription(
            values={"protocol": "email", "endpoint": "a@example.com"},
            unknown={"topic_arn": True, "arn": True},
            expressions={"topic_arn": {"references": ["aws_sns_topic.t.arn", "aws_sns_topic.t"]}},
        ),
    )
    (found,) = declared(alone(plan), Subscription)
    assert isinstance(found.topic, Unknown)
    assert found.topic.refers == ("plan.json", "aws_sns_topic.t", "arn")


def test_what_goes_through_a_local_refers_to_nothing() -> None:
    plan = planned(
        TOPIC,
        subscription(
            unknown={"topic_arn": True}, expressions={"topic_arn": {"references": ["local.arn"]}}
        ),
    )
    (found,) = declared(alone(plan), Subscription)
    assert isinstance(found.topic, Unknown)
    assert found.topic.refers is None


def test_what_is_sensitive_is_not_known() -> None:
    plan = planned({**TOPIC, "sensitive": {"name": True}})
    value = resource(alone(plan), "aws_sns_topic.t").body.get("name")
    assert isinstance(value, Unknown)
    assert value.detail == "sensitive in the plan"


def test_what_is_computed_and_not_written_is_not_there() -> None:
    assert "arn" not in resource(alone(planned(TOPIC)), "aws_sns_topic.t").body.entries


def test_a_plan_of_a_part_may_hide_anything() -> None:
    (spot,) = alone(planned(TOPIC, complete=False)).blind_spots
    assert spot.anything
    assert not alone(planned(TOPIC)).blind_spots


def test_what_terraform_forgets_lives_on() -> None:
    gone = {"address": "aws_cloudwatch_metric_alarm.a", "type": "aws_cloudwatch_metric_alarm"}
    changes = [{**gone, "change": {"actions": ["forget"]}}]
    found = alone(planned(TOPIC, resource_changes=changes))
    (alarm,) = (x for x in found.resources if x.kind == "aws_cloudwatch_metric_alarm")
    assert alarm.exists is Truth.UNKNOWN
    assert alarm.because is not None
    assert "lives on" in alarm.because.detail


def test_references_lead_through_modules() -> None:
    configuration = {
        "root_module": {
            "module_calls": {
                "topics": {
                    "module": {
                        "outputs": {"arn": {"expression": {"references": ["aws_sns_topic.t.arn"]}}},
                        "resources": [
                            {"address": "aws_sns_topic.t", "expressions": {"name": {}}},
                        ],
                    }
                },
                "alarms": {
                    "expressions": {
                        "topic": {"references": ["module.topics.arn", "module.topics"]}
                    },
                    "module": {
                        "resources": [
                            {
                                "address": "aws_cloudwatch_metric_alarm.a",
                                "expressions": {"alarm_actions": {"references": ["var.topic"]}},
                            }
                        ]
                    },
                },
            }
        }
    }
    values = {
        "root_module": {
            "child_modules": [
                {
                    "address": "module.topics",
                    "resources": [
                        {
                            "address": "module.topics.aws_sns_topic.t",
                            "mode": "managed",
                            "type": "aws_sns_topic",
                            "name": "t",
                            "values": {"name": "t"},
                        },
                    ],
                },
                {
                    "address": "module.alarms",
                    "resources": [
                        {
                            "address": "module.alarms.aws_cloudwatch_metric_alarm.a",
                            "mode": "managed",
                            "type": "aws_cloudwatch_metric_alarm",
                            "name": "a",
                            "values": {},
                        },
                    ],
                },
            ]
        }
    }
    changes = [
        {
            "address": "module.alarms.aws_cloudwatch_metric_alarm.a",
            "change": {"actions": ["no-op"], "after_unknown": {"alarm_actions": True}},
        }
    ]
    plan = planned(configuration=configuration, planned_values=values, resource_changes=changes)
    (alarm,) = declared(alone(plan), Alarm)
    assert isinstance(alarm.actions, Unknown)
    assert alarm.actions.refers == ("plan.json", "module.topics.aws_sns_topic.t", "arn")


SOURCE = """
variable "on" {}
data "aws_caller_identity" "me" {}
resource "aws_sns_topic" "t" {
  count = var.on ? 1 : 0
  name  = "t-${data.aws_caller_identity.me.account_id}"
}
"""


def over(plan: Plan, text: str) -> Any:
    sources = Sources()
    sources.add(SourceFile("live/main.tf", text))
    return over_source(
        plan, "live", {"live": ("live/main.tf",)}, sources, given=NOTHING, configurations={}
    )


def test_a_plan_knows_what_the_source_does_not_and_the_place_is_the_source() -> None:
    plan = planned(
        {"address": "aws_sns_topic.t[0]", "values": {"name": "t-111122223333"}},
        variables={"on": {"value": True}},
    )
    found = resource(over(plan, SOURCE), "aws_sns_topic.t[0]")
    value = found.body.get("name")
    assert value is not None
    assert (written(value), value.span.path) == ("t-111122223333", "live/main.tf")
    assert found.exists is Truth.YES


def test_what_a_plan_does_not_make_is_absent() -> None:
    plan = planned(variables={"on": {"value": False}})
    found = resource(over(plan, SOURCE), "aws_sns_topic.t[0]")
    assert found.exists is Truth.NO
    assert found.switch is not None
    assert found.switch.text == "`false` by the plan"


def test_the_source_is_the_only_root_that_declares_the_same() -> None:
    sources = Sources()
    for folder in ("a", "b"):
        text = 'resource "aws_sns_topic" "%s" {}' % ("t" if folder == "a" else "other")
        sources.add(SourceFile(f"{folder}/main.tf", text))
    known = {name: Configuration(name, (f"{name}/main.tf",), sources) for name in ("a", "b")}
    assert source_of(planned(TOPIC), known, known) == "a"
    assert source_of(planned(), known, known) is None


def test_a_plan_without_sense_ends_with_a_word() -> None:
    for text in ("[]", "{", '{"planned_values": 3}', "[" * 100_000):
        assert not isinstance(load(SourceFile("plan.json", text)), Plan)
    odd = {"planned_values": {"root_module": {"resources": [3, {"values": [], "address": {}}]}}}
    found = load(SourceFile("plan.json", json.dumps(odd)))
    assert isinstance(found, Plan)
    assert not alone(found).resources


def test_the_reason_for_an_unknown_is_said() -> None:
    plan = planned(
        {"address": "aws_sns_topic.t", "unknown": {"name": True}, "expressions": {"name": {}}}
    )
    value = resource(alone(plan), "aws_sns_topic.t").body.get("name")
    assert isinstance(value, Unknown)
    assert value.why is Why.ATTRIBUTE


def test_a_resource_of_another_kind_that_the_plan_makes_is_there() -> None:
    text = (
        'resource "null_resource" "n" {\n  provisioner "local-exec" {\n    command = "x"\n  }\n}\n'
    )
    found = over(planned({"address": "null_resource.n"}), text)
    assert resource(found, "null_resource.n").exists is Truth.YES
