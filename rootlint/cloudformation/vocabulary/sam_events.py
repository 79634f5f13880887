"""The events of a function or a state machine of SAM: rules, schedules and subscriptions of their own.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import field, own, text
from rootlint.model.read import default
from rootlint.model.read import text as known_text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Map, Unknown, Value, Why
from rootlint.model.watch import EventRule, EventTarget, LogSubscription, Subscription

_RULES = frozenset({"CloudWatchEvent", "EventBridgeRule", "Schedule"})


def events(written: Written) -> Iterator[Declared]:
    """What the events declare; each has the logical id that SAM gives it."""
    every = field(written.resource.body, "Events")
    if not isinstance(every, Map):
        return
    for name, event in every.entries.items():
        kind = known_text(field(event, "Type"))
        body = field(event, "Properties")
        if kind is not None and isinstance(event, Map) and isinstance(body, Map):
            resource = replace(
                written.resource,
                address=f"{written.resource.address}{name}",
                body=body,
                span=every.keys.get(name, event.span),
                whole=event.span,
            )
            yield from _event(resource, kind, own(written, "Arn"))


def _event(resource: Resource, kind: str, target: Value) -> Iterator[Declared]:
    if kind in _RULES:
        yield from _rule(replace(resource, kind="AWS::Events::Rule"), target)
    elif kind == "CloudWatchLogs":
        made = replace(resource, kind="AWS::Logs::SubscriptionFilter")
        group, pattern = text(made.body, "LogGroupName"), text(made.body, "FilterPattern")
        yield LogSubscription(made, group, pattern, target)
    elif kind == "SNS":
        yield _subscription(replace(resource, kind="AWS::SNS::Subscription"), target)


def _subscription(made: Resource, function: Value) -> Subscription:
    """The function itself subscribes, or a queue that it reads."""
    queue = field(made.body, "SqsSubscription")
    direct = queue is None or known_text(queue) == "false"
    return Subscription(
        made,
        topic=text(made.body, "Topic"),
        protocol=Known("lambda" if direct else "sqs", made.span),
        endpoint=function if direct else _queue(made, queue),
        filter_policy=field(made.body, "FilterPolicy"),
        filter_scope=default(text(made.body, "FilterPolicyScope"), "MessageAttributes", made.span),
    )


def _queue(made: Resource, written: Value | None) -> Value:
    """The queue that is named, or the one that SAM makes."""
    named = text(written, "QueueArn") if isinstance(written, Map) else None
    return named or Unknown(Why.ATTRIBUTE, f"queue of `{made.address}`", made.span)


def _rule(resource: Resource, target: Value) -> Iterator[Declared]:
    body = resource.body
    name = text(body, "RuleName") or text(body, "Name")
    yield EventRule(
        resource,
        name=name,
        pattern=field(body, "Pattern"),
        schedule=text(body, "Schedule"),
        state=default(text(body, "State"), _state(body), resource.span),
        bus=default(text(body, "EventBusName"), "default", resource.span),
    )
    itself = name if isinstance(name, Known) else Known(resource.address, resource.span)
    yield EventTarget(resource, replace(itself, refers=resource.reference), target)


def _state(body: Map) -> str:
    """The older `Enabled: false` switches a rule off too."""
    return "DISABLED" if known_text(field(body, "Enabled")) == "false" else "ENABLED"
