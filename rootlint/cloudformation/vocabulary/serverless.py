"""The Serverless Application Model: a function's events are rules and subscriptions of their own.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, default, each, field, own, text
from rootlint.embedded.access import access_policy
from rootlint.model.identity import Holder, Language, RunsAs, Script
from rootlint.model.policy import PolicyKind
from rootlint.model.read import text as known_text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Map, Value
from rootlint.model.watch import EventRule, EventTarget, LogSubscription, Subscription

_RULES = frozenset({"CloudWatchEvent", "EventBridgeRule"})


def _function(written: Written) -> Iterator[Declared]:
    resource = written.resource
    code = field(resource.body, "InlineCode")
    if code is not None:
        yield Script(resource, code, RunsAs.ROLE, Language.CODE)
    for inline in each(field(resource.body, "Policies")):
        if isinstance(inline, Map) and "Statement" in inline.entries:
            yield from access_policy(
                resource, PolicyKind.IDENTITY, inline, holder=Holder.ROLE, holder_name=own(written)
            )
    yield from _events(written)


def _state_machine(written: Written) -> Iterator[Declared]:
    definition = field(written.resource.body, "Definition")
    if definition is not None:
        yield Script(written.resource, definition, RunsAs.ROLE, Language.STATES)
    yield from _events(written)


def _events(written: Written) -> Iterator[Declared]:
    events = field(written.resource.body, "Events")
    for name, event in events.entries.items() if isinstance(events, Map) else ():
        kind = known_text(field(event, "Type"))
        body = field(event, "Properties")
        if kind is not None and isinstance(event, Map) and isinstance(body, Map):
            place = events.keys.get(name, event.span) if isinstance(events, Map) else event.span
            resource = replace(
                written.resource,
                address=f"{written.resource.address}{name}",
                body=body,
                span=place,
                whole=event.span,
            )
            yield from _event(resource, kind, own(written, "Arn"))


def _event(resource: Resource, kind: str, target: Value) -> Iterator[Declared]:
    if kind in _RULES:
        yield from _rule(replace(resource, kind="AWS::Events::Rule"), target)
    elif kind == "CloudWatchLogs":
        made = replace(resource, kind="AWS::Logs::SubscriptionFilter")
        body = made.body
        group, pattern = text(body, "LogGroupName"), text(body, "FilterPattern")
        yield LogSubscription(made, group, pattern, target)
    elif kind == "SNS":
        made = replace(resource, kind="AWS::SNS::Subscription")
        yield Subscription(
            made,
            topic=text(made.body, "Topic"),
            protocol=Known("lambda", made.span),
            endpoint=target,
            filter_policy=field(made.body, "FilterPolicy"),
            filter_scope=default(
                text(made.body, "FilterPolicyScope"), "MessageAttributes", made.span
            ),
        )


def _rule(resource: Resource, target: Value) -> Iterator[Declared]:
    body = resource.body
    name = text(body, "RuleName")
    rule = EventRule(
        resource,
        name=name,
        pattern=field(body, "Pattern"),
        state=default(text(body, "State"), _state(body), resource.span),
        bus=default(text(body, "EventBusName"), "default", resource.span),
    )
    yield rule
    itself = name if isinstance(name, Known) else Known(resource.address, resource.span)
    yield EventTarget(resource, replace(itself, refers=resource.reference), target)


def _state(body: Map) -> str:
    """The older `Enabled: false` switches a rule off too."""
    return "DISABLED" if known_text(field(body, "Enabled")) == "false" else "ENABLED"


READERS: Mapping[str, Reader] = {
    "AWS::Serverless::Function": _function,
    "AWS::Serverless::StateMachine": _state_machine,
}
