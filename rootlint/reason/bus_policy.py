"""Whether an event bus takes what a rule puts on it: its policy, and the account of the rule.

Within an account the role of the target is enough, and the policy may only deny; another account has
to be let in: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.read import text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Text, Unknown, Value, Why
from rootlint.model.watch import EventBus, EventRule, EventTarget
from rootlint.reason.accounts import same_account
from rootlint.reason.answer import Answer, Request, every, negated, some
from rootlint.reason.iam import allows, denies
from rootlint.reason.publish import policies_of
from rootlint.reason.reach import THROUGH, Link, Reach
from rootlint.reason.role_session import role_request
from rootlint.reason.root import ACCOUNT

_PUT = "events:PutEvents"


def takes(
    estate: Estate, sender: EventRule, target: EventTarget, receiver: EventBus | EventRule
) -> Reach:
    """Whether the bus takes what the sender puts on it; of a default bus any rule that is on it stands for it."""
    policies = _policies(estate, receiver)
    hidden = tuple(x.hidden for x in policies if x.document is None and x.hidden is not None)
    documents = [_of_this_bus(x.document) for x in policies if x.document is not None]
    request = _request(sender, target, documents)
    denied = some((*(denies(x, request) for x in documents), *_unread(hidden)))
    let_in = _whoever(some((*(allows(x, request) for x in documents), *_unread(hidden))), target)
    same = same_account(sender.resource, receiver.resource)
    if same is Truth.YES:
        return _reach(every((negated(denied), _by_role(target, let_in))), receiver)
    found = every((negated(denied), let_in))
    around = estate.hidden(receiver.resource)
    if found.truth is Truth.NO and (same is not Truth.NO or around):
        far = Unknown(Why.ELSEWHERE, "the account of the other bus", target.resource.span)
        return Reach(
            Truth.UNKNOWN, Link.FORWARD, receiver, "it is in another account", around or (far,)
        )
    return _reach(found, receiver)


def put_request(
    estate: Estate, sender: EventRule, bus: EventBus
) -> tuple[Request, tuple[Value, ...]]:
    """The call with which a rule puts an event on a bus, and the policies of the bus as written."""
    documents = [x.document for x in policies_of(estate, bus) if x.document is not None]
    targets = (x.thing for x in estate.linked(EventTarget, "rule", sender))
    target = next(
        (x for x in targets if estate.denotes(x.target, bus, by=x.resource) is Truth.YES),
        EventTarget(sender.resource),
    )
    account = text(bus.resource.scope.account) or ACCOUNT
    region = text(bus.resource.scope.region) or "us-east-1"
    where = f"{bus.resource.scope.partition}:events:{region}:{account}"
    request = _request(sender, target, documents)
    name = text(bus.name) or "bus"
    request = request._replace(resource=f"arn:{where}:event-bus/{name}")
    return request, tuple(found.raw for found in documents)


def open_to_others(estate: Estate, bus: EventBus) -> tuple[Unknown, ...]:
    """Why rules of other accounts may put events on a bus; nothing if its policies let none in."""
    found = [
        Unknown(Why.ELSEWHERE, "what other accounts put on the bus", x.resource.span)
        for x in _policies(estate, bus)
        if _lets_strangers_in(x)
    ]
    return tuple(found[:1])


def _lets_strangers_in(policy: AccessPolicy) -> bool:
    """A policy that lets anybody in lets in more than its own account: for that none is needed."""
    if policy.document is None:
        return True
    effects = (text(statement.effect) for statement in policy.document.statements)
    return any(effect != "Deny" for effect in effects)


def _by_role(target: EventTarget, let_in: Answer) -> Answer:
    """What a target without a role may do within its account, AWS does not say."""
    if target.role is not None or let_in.truth is Truth.YES:
        return Answer(Truth.YES)
    unsaid = Unknown(Why.UNSPECIFIED, "a target that names no role", target.resource.span)
    return Answer(Truth.UNKNOWN, unknowns=(unsaid,))


def _reach(answer: Answer, receiver: EventBus | EventRule) -> Reach:
    if answer.truth is Truth.YES:
        return THROUGH
    return Reach(answer.truth, Link.PUBLISH, receiver, "the bus does not take it", answer.unknowns)


def _unread(hidden: tuple[Unknown, ...]) -> Iterator[Answer]:
    if hidden:
        yield Answer(Truth.UNKNOWN, unknowns=hidden)


def _of_this_bus(policy: Policy) -> Policy:
    """A policy of a bus speaks of that bus, however its ARN is written."""
    statements = (replace(x, resource=None, not_resource=None) for x in policy.statements)
    return replace(policy, statements=tuple(statements))


def _whoever(let_in: Answer, target: EventTarget) -> Answer:
    """Whether anybody of the account is let in counts; a role that is not known may be the one that is."""
    if let_in.truth is not Truth.NO or target.role is None or _role_name(target) is not None:
        return let_in
    return Answer(Truth.UNKNOWN, let_in.term, tuple(unknowns(target.role)))


def _role_name(target: EventTarget) -> str | None:
    written = text(target.role)
    if isinstance(target.role, Text) and isinstance(target.role.parts[-1], str):
        written = target.role.parts[-1]
    return written.rpartition("/")[2] if written and "/" in written else None


def _request(sender: EventRule, target: EventTarget, documents: list[Policy]) -> Request:
    """The call with which the role of a rule puts an event; what its conditions ask of it is not known."""
    account = text(sender.resource.scope.account) or ACCOUNT
    keys = {x.key.lower() for one in documents for s in one.statements for x in s.conditions}
    request = role_request(_PUT, "*", account=account)
    name = _role_name(target) or "eventbridge"
    known = {"aws:principalaccount", "aws:principalarn"}
    return request._replace(
        principal=f"arn:aws:sts::{account}:assumed-role/{name}/session",
        context={**request.context, "aws:principalarn": (f"arn:aws:iam::{account}:role/{name}",)},
        credential="the role of the rule",
        hidden=request.hidden | (keys - known),
    )


def _policies(estate: Estate, receiver: EventBus | EventRule) -> tuple[AccessPolicy, ...]:
    if isinstance(receiver, EventBus):
        return policies_of(estate, receiver)
    return tuple(x for x in estate.every(AccessPolicy) if _of_default_bus(x, receiver))


def _of_default_bus(policy: AccessPolicy, rule: EventRule) -> bool:
    if policy.kind is not PolicyKind.RESOURCE or policy.service != "events":
        return False
    named = text(policy.target) or ""
    return named.rpartition("/")[2] == "default" and policy.resource.unit == rule.resource.unit
