"""The Serverless Application Model: functions, and what SAM makes of them: roles, rules, subscriptions.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.credentials import variables
from rootlint.cloudformation.vocabulary.sam_events import events
from rootlint.cloudformation.vocabulary.written import Reader, field, own, text
from rootlint.embedded.access import access_policy
from rootlint.model.identity import Holder, Language, PolicyAttachment, Role, RunsAs, Script
from rootlint.model.policy import PolicyKind
from rootlint.model.read import each
from rootlint.model.read import text as known_text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Map, Text, Unknown, Value, Why
from rootlint.model.watch import Destination


def _function(written: Written) -> Iterator[Declared]:
    resource = written.resource
    code = field(resource.body, "InlineCode")
    if code is not None:
        yield Script(resource, code, RunsAs.ROLE, Language.CODE)
    yield from variables(written)
    yield from _role(written)
    yield from events(written)
    invoked = field(field(resource.body, "EventInvokeConfig"), "DestinationConfig")
    success = text(field(invoked, "OnSuccess"), "Destination")
    if success is not None:
        yield Destination(resource, own(written), success)


def _state_machine(written: Written) -> Iterator[Declared]:
    definition = field(written.resource.body, "Definition")
    if definition is not None:
        yield Script(written.resource, definition, RunsAs.ROLE, Language.STATES)
    yield from _role(written)
    yield from events(written)


def _role(written: Written) -> Iterator[Declared]:
    """The role that is made where none is named, with the policies that then count."""
    function = written.resource
    if field(function.body, "Role") is not None:
        return
    resource = replace(function, kind="AWS::IAM::Role", address=f"{function.address}Role")
    name = Unknown(
        Why.ATTRIBUTE,
        f"name of `{resource.address}`",
        resource.span,
        refers=resource.reference,
        shape="name",
    )
    yield Role(resource)
    trust = field(function.body, "AssumeRolePolicyDocument")
    yield from access_policy(
        resource, PolicyKind.TRUST, trust, holder=Holder.ROLE, holder_name=name
    )
    for policy in each(field(function.body, "Policies")):
        yield from _policy(resource, policy, name, written.evaluator.setting.partition)


def _policy(resource: Resource, policy: Value, name: Value, partition: str) -> Iterator[Declared]:
    """A document, or a managed policy by its ARN or its name.

    A policy template (`SNSPublishMessagePolicy`) grants what the page says, none of it in IAM:
    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
    """
    if not isinstance(policy, Map):
        yield PolicyAttachment(resource, _arn(policy, partition), Holder.ROLE, name)
    elif "Statement" in policy.entries or policy.rest is not None:
        yield from access_policy(
            resource, PolicyKind.IDENTITY, policy, holder=Holder.ROLE, holder_name=name
        )


def _arn(policy: Value, partition: str) -> Value:
    """AWS's own policies may be written by their name alone."""
    written = known_text(policy)
    if isinstance(policy, Known | Text) and written and not written.startswith("arn:"):
        return Known(f"arn:{partition}:iam::aws:policy/{written}", policy.span)
    return policy


READERS: Mapping[str, Reader] = {
    "AWS::Serverless::Function": _function,
    "AWS::Serverless::StateMachine": _state_machine,
}
