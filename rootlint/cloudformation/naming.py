"""What `Ref` and `Fn::GetAtt` of a resource give: its written name, or an ARN of known shape.

The pages of the resource types say under "Return values" what `Ref` and `Fn::GetAtt` give:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.choices import spread
from rootlint.cloudformation.nodes import Mapping, Node, Scalar
from rootlint.cloudformation.pseudo import pseudo
from rootlint.cloudformation.scope import Scope
from rootlint.model.same import text_of
from rootlint.model.value import Choice, Known, Reference, Text, Unknown, Value, Why
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator

# Types of which `Ref` gives the name, and the property in which it is written.
NAMES = {
    "AWS::CloudTrail::Trail": "TrailName",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CloudWatch::CompositeAlarm": "AlarmName",
    "AWS::Events::EventBus": "Name",
    "AWS::Events::Rule": "Name",
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamName",
    "AWS::Kinesis::Stream": "Name",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Logs::MetricFilter": "FilterName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::Serverless::Function": "FunctionName",
    "AWS::SSM::Document": "Name",
    "AWS::SSM::Parameter": "Name",
}


class Arn(NamedTuple):
    """`arn:PARTITION:SERVICE:REGION:ACCOUNT:BEFORE` and the name, the path of IAM in between."""

    service: str
    before: str
    named_by: str
    regional: bool = True
    account: bool = True
    path: bool = False
    after: str = ""


_TOPIC = Arn("sns", "", "TopicName")
_POLICY = Arn("iam", "policy", "ManagedPolicyName", regional=False, path=True)
_FUNCTION = Arn("lambda", "function:", "FunctionName")
# By type and attribute; "" is what `Ref` gives.
ARNS = {
    ("AWS::CloudTrail::Trail", "Arn"): Arn("cloudtrail", "trail/", "TrailName"),
    ("AWS::CloudWatch::Alarm", "Arn"): Arn("cloudwatch", "alarm:", "AlarmName"),
    ("AWS::CloudWatch::CompositeAlarm", "Arn"): Arn("cloudwatch", "alarm:", "AlarmName"),
    ("AWS::Events::EventBus", "Arn"): Arn("events", "event-bus/", "Name"),
    ("AWS::IAM::Group", "Arn"): Arn("iam", "group", "GroupName", regional=False, path=True),
    ("AWS::IAM::ManagedPolicy", ""): _POLICY,
    ("AWS::IAM::ManagedPolicy", "PolicyArn"): _POLICY,
    ("AWS::IAM::Role", "Arn"): Arn("iam", "role", "RoleName", regional=False, path=True),
    ("AWS::IAM::User", "Arn"): Arn("iam", "user", "UserName", regional=False, path=True),
    ("AWS::Kinesis::Stream", "Arn"): Arn("kinesis", "stream/", "Name"),
    ("AWS::KinesisFirehose::DeliveryStream", "Arn"): Arn(
        "firehose", "deliverystream/", "DeliveryStreamName"
    ),
    ("AWS::Lambda::Function", "Arn"): _FUNCTION,
    ("AWS::Logs::LogGroup", "Arn"): Arn("logs", "log-group:", "LogGroupName", after=":*"),
    ("AWS::S3::Bucket", "Arn"): Arn("s3", "", "BucketName", regional=False, account=False),
    ("AWS::Serverless::Function", "Arn"): _FUNCTION,
    ("AWS::SNS::Topic", ""): _TOPIC,
    ("AWS::SNS::Topic", "TopicArn"): _TOPIC,
    ("AWS::SQS::Queue", "Arn"): Arn("sqs", "", "QueueName"),
}
_NAMES_BY_ATTRIBUTE = {
    ("AWS::SNS::Topic", "TopicName"): "TopicName",
    ("AWS::SQS::Queue", "QueueName"): "QueueName",
    ("AWS::SSO::PermissionSet", "Name"): "Name",
}
_PATH = "Path"


def attribute_of(
    evaluator: Evaluator, name: str, attribute: str, place: Span, scope: Scope
) -> Value | None:
    """What a declared resource gives; what it refers to is kept in any case."""
    kind = kind_of(evaluator.resources[name].node)
    refers = evaluator.reference(name, attribute)
    arn = ARNS.get((kind, attribute))
    if arn is not None:
        return _arn(evaluator, name, arn, _At(place, refers), scope)
    written = _NAMES_BY_ATTRIBUTE.get((kind, attribute)) if attribute else NAMES.get(kind)
    if written is None:
        detail = f"`{refers.address}.{attribute}`" if attribute else f"`{refers.address}`"
        return Unknown(Why.ATTRIBUTE, detail, place, refers=refers)
    return _name(evaluator, name, written, _At(place, refers), scope)


def kind_of(node: Node) -> str:
    """The type of a resource; empty where it is not written."""
    kind = node.get("Type") if isinstance(node, Mapping) else None
    return kind.text if isinstance(kind, Scalar) else ""


class _At(NamedTuple):
    """Where a resource is referred to, and as what."""

    place: Span
    refers: Reference

    def made_up(self) -> Unknown:
        """A name that CloudFormation makes: it is known that it is one name, and whose."""
        detail = f"name of `{self.refers.address}`"
        return Unknown(Why.ATTRIBUTE, detail, self.place, refers=self.refers, shape="name")


def _name(evaluator: Evaluator, name: str, written: str, at: _At, scope: Scope) -> Value | None:
    value = written_value(evaluator, name, written, scope)
    return spread((value,), lambda found: _referring(found[0], at), at.place)


def _referring(value: Value | None, at: _At) -> Value:
    match value:
        case None | Known(value=None):
            return at.made_up()
        case Known():
            return replace(value, value=text_of(value.value), refers=at.refers)
        case Choice():
            return value
        case _:
            return replace(value, refers=at.refers)


def written_value(evaluator: Evaluator, name: str, written: str, scope: Scope) -> Value | None:
    """A property of a resource; one that hangs on itself is unknown."""
    key = (name, written, scope.assumed)
    if key not in evaluator.names:
        copy = evaluator.resources[name]
        detail = f"`{name}` hangs on itself"
        evaluator.names[key] = Unknown(Why.LIMIT, detail, copy.evaluator.key_span(copy.key))
        inner = Scope(scope.assumed, names=copy.scope.names)
        node = _property(copy.node, written)
        found = copy.evaluator.evaluate(node, inner) if node is not None else None
        evaluator.names[key] = found
    return evaluator.names[key]


def _property(node: Node, written: str) -> Node | None:
    properties = node.get("Properties") if isinstance(node, Mapping) else None
    return properties.get(written) if isinstance(properties, Mapping) else None


def _arn(evaluator: Evaluator, name: str, arn: Arn, at: _At, scope: Scope) -> Value | None:
    found = [written_value(evaluator, name, arn.named_by, scope)]
    if arn.path:
        found.append(written_value(evaluator, name, _PATH, scope))
    return spread(found, lambda parts: _put_together(evaluator, arn, parts, at), at.place)


def _put_together(
    evaluator: Evaluator, arn: Arn, parts: tuple[Value | None, ...], at: _At
) -> Value:
    made = Assembly(at.place)
    _add(made, "arn:", at)
    _pseudo(made, evaluator, "AWS::Partition", at)
    _add(made, f":{arn.service}:", at)
    if arn.regional:
        _pseudo(made, evaluator, "AWS::Region", at)
    _add(made, ":", at)
    if arn.account:
        _pseudo(made, evaluator, "AWS::AccountId", at)
    _add(made, f":{arn.before}", at)
    if arn.path:
        made.add(parts[1] or Known("/", at.place), at.place)
    made.add(parts[0] or at.made_up(), at.place)
    _add(made, arn.after, at)
    whole = made.value(at.refers)
    # All of it comes from one place, which is that of the whole.
    return replace(whole, pieces=()) if isinstance(whole, Known | Text) else whole


def _add(made: Assembly, text: str, at: _At) -> None:
    if text:
        made.add(Known(text, at.place), at.place)


def _pseudo(made: Assembly, evaluator: Evaluator, name: str, at: _At) -> None:
    value = pseudo(evaluator.setting, name, at.place)
    assert value is not None
    made.add(value, at.place)
