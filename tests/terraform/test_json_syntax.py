"""Configuration as JSON."""

import json

from rootlint.model.organization import OrganizationPolicy
from rootlint.model.resource import Resource
from rootlint.model.watch import Alarm, MetricFilter, Subscription
from rootlint.source import Span
from tests.terraform.reading import declared, resource, unit, written


def of(document: object, **beside: str) -> dict[str, str]:
    return {"main.tf.json": json.dumps(document), **beside}


def text_at(files: dict[str, str], span: Span) -> str:
    return files[span.path][span.start : span.end]


def topic(files: dict[str, str]) -> Resource:
    return resource(unit(files), "aws_sns_topic.t")


def test_blocks_are_objects_or_arrays_of_them() -> None:
    for shape in ({"t": {"name": "a"}}, [{"t": {"name": "a"}}], {"t": [{"name": "a"}]}):
        files = of({"resource": {"aws_sns_topic": shape}})
        assert written(topic(files).body.get("name")) == "a"


def test_a_string_is_a_template() -> None:
    files = of(
        {
            "variable": {"stage": {"type": "string", "default": "${literal}"}},
            "locals": {"n": 2, "list": ["x", "${var.stage}"]},
            "resource": {
                "aws_sns_topic": {"t": {"name": "a-${local.n + 1}-${local.list[1]}-$${x}"}}
            },
        }
    )
    assert written(topic(files).body.get("name")) == "a-3-${literal}-${x}"


def test_a_string_that_is_one_interpolation_is_its_value() -> None:
    files = of(
        {
            "locals": {"tags": {"a": "b"}},
            "resource": {"aws_sns_topic": {"t": {"tags": '${merge(local.tags, {c = "d"})}'}}},
        }
    )
    assert written(topic(files).body.get("tags")) == {"a": "b", "c": "d"}


def test_comments_are_no_arguments() -> None:
    files = of(
        {"//": "top", "resource": {"aws_sns_topic": {"//": "x", "t": {"//": "in", "name": "a"}}}}
    )
    found = topic(files)
    assert sorted(found.body.entries) == ["name"]


def test_references_and_meta_arguments_are_read() -> None:
    files = of(
        {
            "resource": {
                "aws_sns_topic": {"t": {"name": "a"}},
                "aws_sns_topic_subscription": {
                    "s": {
                        "for_each": '${toset(["a@example.com", "b@example.com"])}',
                        "topic_arn": "${aws_sns_topic.t.arn}",
                        "protocol": "email",
                        "endpoint": "${each.value}",
                        "depends_on": ["aws_sns_topic.t"],
                    }
                },
            }
        }
    )
    found = declared(unit(files), Subscription)
    assert [written(each.endpoint) for each in found] == ["a@example.com", "b@example.com"]
    assert {getattr(each.topic, "refers")[1] for each in found} == {"aws_sns_topic.t"}  # noqa: B009


def test_an_object_is_a_nested_block() -> None:
    files = of(
        {
            "resource": {
                "aws_cloudwatch_log_metric_filter": {
                    "f": {
                        "name": "f",
                        "pattern": '{ $.userIdentity.type = "Root" }',
                        "log_group_name": "g",
                        "metric_transformation": {"name": "m", "namespace": "n", "value": "1"},
                    }
                },
                "aws_cloudwatch_metric_alarm": {
                    "a": {
                        "dynamic": {
                            "metric_query": {
                                "for_each": ["m1"],
                                "content": {"id": "${metric_query.value}"},
                            }
                        }
                    }
                },
            }
        }
    )
    (found,) = declared(unit(files), MetricFilter)
    assert written(found.metric) == "m"
    (alarm,) = declared(unit(files), Alarm)
    assert written(alarm.metrics) != []


def test_a_policy_document_of_blocks() -> None:
    statement = {
        "sid": "Root",
        "effect": "Deny",
        "actions": ["*"],
        "resources": ["*"],
        "condition": {
            "test": "StringLike",
            "variable": "aws:PrincipalArn",
            "values": ["arn:aws:iam::*:root"],
        },
    }
    files = of(
        {
            "data": {"aws_iam_policy_document": {"d": {"statement": [statement]}}},
            "resource": {
                "aws_organizations_policy": {
                    "p": {"content": "${data.aws_iam_policy_document.d.json}", "name": "p"}
                }
            },
        }
    )
    (policy,) = declared(unit(files), OrganizationPolicy)
    assert policy.document is not None
    (found,) = policy.document.statements
    assert written(found.sid) == "Root"
    assert [written(each) for each in found.action.items] == ["*"] if found.action else False
    assert text_at(files, found.effect.span) == "Deny"


def test_a_place_within_a_string_with_escapes() -> None:
    files = {
        "main.tf.json": '{"locals": {"a": ["x"]}, "resource": {"aws_sns_topic": {"t": '
        '{"name": "\\u0061\\"b ${join("-", local.a)} ${var.missing}"}}}}'.replace(
            'join("-"', 'join(\\"-\\"'
        )
    }
    name = topic(files).body.get("name")
    assert name is not None
    assert str(written(name)).startswith('a"b x ')
    (hole,) = [part for part in getattr(name, "parts") if not isinstance(part, str)]  # noqa: B009
    assert text_at(files, hole.span) == "var.missing"


def test_a_file_that_is_no_json_may_hold_anything() -> None:
    found = unit({"main.tf.json": '{"resource": '})
    assert [spot.anything for spot in found.blind_spots] == [True]
    assert "ends where" in found.unreadable[0].reason


def test_a_word_that_is_no_block_is_said() -> None:
    (problem,) = unit(of({"resources": {}})).unreadable
    assert problem.reason == "`resources` is no kind of block"


def test_a_module_is_called_with_its_providers() -> None:
    files = of(
        {
            "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "us", "region": "us-east-1"}]},
            "module": {"m": {"source": "./m", "providers": {"aws": "aws.us"}, "name": "x"}},
        },
        **{
            "m/main.tf": 'variable "name" {}\nresource "aws_sns_topic" "t" {\n  name = var.name\n}\n'
        },
    )
    found = resource(unit(files), "module.m.aws_sns_topic.t")
    assert (written(found.body.get("name")), written(found.scope.region)) == ("x", "us-east-1")


def test_a_resource_of_cdk_for_terraform_names_its_construct() -> None:
    files = of(
        {
            "//": {"metadata": {"backend": "local", "stackName": "org"}},
            "resource": {
                "aws_sns_topic": {
                    "t": {"//": {"metadata": {"path": "org/alerts", "uniqueId": "t"}}, "name": "a"}
                }
            },
        }
    )
    (label,) = topic(files).calls
    assert label.text == "made by the construct `org/alerts`"
    assert text_at(files, label.span) == "org/alerts"
