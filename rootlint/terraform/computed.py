"""Attributes that AWS makes and whose shape is known: ARNs, and ids that equal a written argument.

The shapes are those of the provider's pages (https://registry.terraform.io/providers/hashicorp/aws)
and of the service authorization reference of AWS.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rootlint.model.read import text
from rootlint.model.resource import Resource, Scope
from rootlint.model.value import Known, Map, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.convert import spelt
from rootlint.terraform.providers import partition_of
from rootlint.terraform.values import with_reference


class _Arn(NamedTuple):
    """`arn:PARTITION:service:REGION:ACCOUNT:` + prefix + the value of an argument."""

    service: str
    prefix: str = ""
    name: str = "name"
    regional: bool = True
    account: bool = True


_ARNS: Mapping[str, _Arn] = {
    "aws_cloudtrail": _Arn("cloudtrail", "trail/"),
    "aws_cloudwatch_composite_alarm": _Arn("cloudwatch", "alarm:", "alarm_name"),
    "aws_cloudwatch_event_bus": _Arn("events", "event-bus/"),
    "aws_cloudwatch_event_rule": _Arn("events", "rule/"),
    "aws_cloudwatch_metric_alarm": _Arn("cloudwatch", "alarm:", "alarm_name"),
    "aws_codebuild_project": _Arn("codebuild", "project/"),
    "aws_iam_group": _Arn("iam", "group", regional=False),
    "aws_iam_instance_profile": _Arn("iam", "instance-profile", regional=False),
    "aws_iam_policy": _Arn("iam", "policy", regional=False),
    "aws_iam_role": _Arn("iam", "role", regional=False),
    "aws_iam_user": _Arn("iam", "user", regional=False),
    "aws_kinesis_firehose_delivery_stream": _Arn("firehose", "deliverystream/"),
    "aws_kinesis_stream": _Arn("kinesis", "stream/"),
    "aws_kms_alias": _Arn("kms"),
    "aws_kms_key": _Arn("kms", "key/", "key_id"),
    "aws_lambda_function": _Arn("lambda", "function:", "function_name"),
    "aws_s3_bucket": _Arn("s3", "", "bucket", regional=False, account=False),
    "aws_sfn_state_machine": _Arn("states", "stateMachine:"),
    "aws_sns_topic": _Arn("sns"),
    "aws_sqs_queue": _Arn("sqs"),
}
# A log group's ARN stays a hole: its text would lose whose it is when `:*` is put behind it.
_IDS: Mapping[str, str] = {
    "aws_cloudtrail": "arn",
    "aws_cloudwatch_composite_alarm": "alarm_name",
    "aws_cloudwatch_event_bus": "name",
    "aws_cloudwatch_event_rule": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_log_metric_filter": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_codebuild_project": "arn",
    "aws_iam_group": "name",
    "aws_iam_instance_profile": "name",
    "aws_iam_policy": "arn",
    "aws_iam_role": "name",
    "aws_iam_user": "name",
    "aws_kms_alias": "name",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_s3_bucket_policy": "bucket",
    "aws_sfn_state_machine": "arn",
    "aws_sns_topic": "arn",
    "aws_sns_topic_policy": "arn",
    "aws_ssm_document": "name",
}


def readable(resource: Resource) -> Map:
    """What a reference to the resource may read: its arguments, and the attributes that are known.

    Its name names the resource, wherever it comes from; an argument that names another resource
    goes on naming that one.
    """
    refers = resource.reference
    rest = Unknown(
        Why.ATTRIBUTE, f"`{resource.address}` is known after apply", resource.span, refers
    )
    entries = dict(resource.body.entries)
    name = _name_argument(resource.kind)
    found = name_of(resource, name)
    if found is not None:
        entries[name] = with_reference(found, refers._replace(attribute=name))
    arn = _arn(resource)
    if arn is not None:
        entries.setdefault("arn", arn)
    same = entries.get(_IDS.get(resource.kind, ""))
    if same is not None:
        entries.setdefault("id", same)
    return Map(entries, resource.span, resource.body.rest or rest, resource.body.keys, refers)


def name_of(resource: Resource, argument: str = "name") -> Value | None:
    """The name of a resource: as written, or beginning with its prefix; None where AWS or the provider makes it up."""
    written = resource.body.get(argument)
    prefix = resource.body.get(f"{argument}_prefix")
    if written is not None or prefix is None:
        return written
    return spelt((prefix, made_up(resource, argument)), prefix.span)


def account_of(scope: Scope, span: Span) -> Value:
    """The id of the account that a provider works in."""
    if isinstance(scope.account, Known):
        return scope.account
    of = f" of provider `{scope.provider}`" if scope.provider else ""
    return Unknown(Why.PSEUDO, f"the account's id{of}", span, shape="account")


def region_of(scope: Scope, span: Span) -> Value:
    """The Region that a provider works in."""
    if scope.region is not None:
        return scope.region
    of = f" of provider `{scope.provider}`" if scope.provider else ""
    return Unknown(Why.PSEUDO, f"the Region{of}", span, shape="region")


def _name_argument(kind: str) -> str:
    found = _ARNS.get(kind)
    return found.name if found else "name"


def _arn(resource: Resource) -> Value | None:
    shape = _ARNS.get(resource.kind)
    if shape is None:
        return None
    scope, span = resource.scope, resource.span
    region = region_of(scope, span) if shape.regional else ""
    account = account_of(scope, span) if shape.account else ""
    partition = partition_of(scope.region, scope.partition)
    head = (f"arn:{partition}:{shape.service}:", region, ":", account, f":{shape.prefix}")
    name = name_of(resource, shape.name) or made_up(resource, shape.name)
    return spelt((*head, *_path(resource, shape), name), span)


def _path(resource: Resource, shape: _Arn) -> tuple[str | Value, ...]:
    """The path of an IAM resource, `/` unless written; the bus of an event rule unless it is the default one."""
    if shape.service == "iam":
        return (resource.body.get("path") or "/",)
    bus = resource.body.get("event_bus_name")
    if resource.kind != "aws_cloudwatch_event_rule" or bus is None or text(bus) == "default":
        return ()
    return (bus, "/")


def made_up(resource: Resource, argument: str) -> Unknown:
    """A name that AWS or the provider makes up."""
    said = f"`{resource.address}.{argument}` is known after apply"
    refers = resource.reference._replace(attribute=argument)
    return Unknown(Why.ATTRIBUTE, said, resource.span, refers, shape="name")
