"""Whether a topic lets CloudWatch or EventBridge publish: its policy, and the policy of its key.

https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html and
https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from rootlint.embedded import policy
from rootlint.model.estate import Estate
from rootlint.model.fill import FILLINGS, fill_text
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Reference, Unknown, Value, Why
from rootlint.model.watch import EncryptionKey, EventBus, KeyAlias, Topic
from rootlint.reason.answer import Answer, Request, Term
from rootlint.reason.iam import decide, denies
from rootlint.reason.publisher import Message, Source, stands
from rootlint.reason.resolved import resolved

_AWS_KEY = "alias/aws/sns"
_KEY_ACTIONS = ("kms:GenerateDataKey", "kms:Decrypt")
_DEFAULT_TOPIC = """{"Version": "2008-10-17", "Statement": [{"Effect": "Allow",
"Principal": {"AWS": "*"}, "Action": ["SNS:Publish", "SNS:Subscribe"], "Resource": "*",
"Condition": {"StringEquals": {"AWS:SourceOwner": "%s"}}}]}"""
_DEFAULT_KEY = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
"Principal": {"AWS": "arn:%s:iam::%s:root"}, "Action": "kms:*", "Resource": "*"}]}"""


class Cause(Enum):
    """Why a topic does not let a service publish."""

    DEFAULT_POLICY = "the topic's default policy lets no service publish"
    POLICY = "the topic's policy does not let it publish"
    AWS_KEY = "no service may use the key that AWS manages for SNS"
    DEFAULT_KEY_POLICY = "the key's default policy lets no service use it"
    KEY_POLICY = "the key's policy does not let it use the key"


class Published(NamedTuple):
    """Whether a message gets into a topic; where not, why.

    `thing` is what has to be mended, `request` what is refused, and `documents` are the policies that
    refuse it, those holes filled of which it is known what they stand for. `term` is the part of them
    that comes closest, or (where it is `denied`) that denies it.
    """

    truth: Truth
    cause: Cause | None = None
    thing: Declared | None = None
    request: Request | None = None
    documents: tuple[Value, ...] = ()
    because: tuple[Unknown, ...] = ()
    term: Term | None = None
    denied: bool = False


_IN = Published(Truth.YES)


# Of more policies that may each be put on one topic, nobody can say which one counts.
MOST_POLICIES = 20

_Ask = Callable[[Message], tuple[Request, ...]]


def published(estate: Estate, topic: Topic, source: Source) -> Published:
    """Whether a message of an alarm or an event rule gets into a topic of the code."""
    known = _known(estate)
    pair = (topic.resource.reference, source.resource.reference)
    if pair not in known:
        known[pair] = _published(estate, topic, source)
    return known[pair]


@remembered
def _known(_: Estate) -> dict[tuple[Reference, Reference], Published]:
    """What is worked out already: each pair is asked about by several checks."""
    return {}


def _published(estate: Estate, topic: Topic, source: Source) -> Published:
    answers = (_through_policy(estate, topic, source), _through_key(estate, topic, source))
    return min(answers, key=lambda found: found.truth.value)


def _through_policy(estate: Estate, topic: Topic, source: Source) -> Published:
    policies = policies_of(estate, topic)
    if len(policies) > MOST_POLICIES:
        said = f"which of {len(policies)} policies is put on `{topic.resource.address}`"
        return Published(Truth.UNKNOWN, because=(Unknown(Why.LIMIT, said, topic.resource.span),))
    if policies:
        return _agreed(
            [
                _through(found, topic, source, _publish)._replace(cause=Cause.POLICY)
                for found in policies
            ]
        )
    account = next(stands(topic, "")).account
    document = Known(_DEFAULT_TOPIC % account, topic.resource.span)
    found = _judged(document, topic, source, _publish)
    found = found._replace(cause=Cause.DEFAULT_POLICY, thing=topic)
    return _unless_hidden(found, estate.hidden(topic.resource))


def _publish(message: Message) -> tuple[Request, ...]:
    return (message.publish(),)


def _through_key(estate: Estate, topic: Topic, source: Source) -> Published:
    """Where a topic is encrypted, the service has to use its key."""
    name = text(topic.key)
    if topic.key is None or name == "":
        return _IN
    if name is not None and (name == _AWS_KEY or name.endswith(f":{_AWS_KEY}")):
        found = _by_default_key(topic, source, topic)
        return found._replace(cause=Cause.AWS_KEY, term=None)
    key = _key_of(estate, topic)
    if key is None:
        hides = tuple(unknowns(topic.key)) or (_elsewhere(topic.key),)
        return Published(Truth.UNKNOWN, because=hides)
    policies = policies_of(estate, key)
    if policies:
        return _agreed([_through(x, topic, source, _use_of(x)) for x in policies])
    return _unless_hidden(_by_default_key(topic, source, key), estate.hidden(key.resource))


def _by_default_key(topic: Topic, source: Source, thing: Topic | EncryptionKey) -> Published:
    """The policy of a key to which nobody gives one, or that AWS manages: principals of its account."""
    stand = next(stands(topic, ""))
    document = Known(_DEFAULT_KEY % (stand.partition, stand.account), thing.resource.span)
    found = _judged(document, topic, source, _use)
    return found._replace(cause=Cause.DEFAULT_KEY_POLICY, thing=thing)


def _use(message: Message) -> tuple[Request, ...]:
    return tuple(message.use_key(action, frozenset()) for action in _KEY_ACTIONS)


def _use_of(found: AccessPolicy) -> _Ask:
    """The requests to a key. AWS does not say which condition keys they carry: all are hidden."""
    statements = found.document.statements if found.document is not None else ()
    keys = frozenset(asked.key.lower() for one in statements for asked in one.conditions)
    return lambda message: tuple(message.use_key(action, keys) for action in _KEY_ACTIONS)


def _key_of(estate: Estate, topic: Topic) -> EncryptionKey | None:
    """The key of the code that a topic names, by itself or by an alias; None where that is not known."""
    named, by = topic.key, topic.resource
    for alias in estate.target(named, KeyAlias, by):
        if alias.holds is Truth.YES:
            named, by = alias.thing.key, alias.thing.resource
    keys = estate.target(named, EncryptionKey, by)
    return next((key.thing for key in keys if key.holds is Truth.YES), None)


def _elsewhere(value: Value) -> Unknown:
    return Unknown(Why.UNDECLARED, "a key that is not declared here", value.span)


_Holder = Topic | EncryptionKey | EventBus
_SERVICES: Mapping[type, str] = {Topic: "sns", EncryptionKey: "kms", EventBus: "events"}


@remembered
def policies_of(estate: Estate, thing: _Holder) -> tuple[AccessPolicy, ...]:
    """The policies that are written in a topic, key or bus, or put on it for certain or perhaps."""
    service = _SERVICES[type(thing)]
    within = _inline(estate).get((thing.resource.unit, thing.resource.address), ())
    linked = (found.thing for found in estate.linked(AccessPolicy, "target", thing))
    return (
        *within,
        *(x for x in linked if _is_of(x, service) and _may_be_on(x, thing)),
    )


@remembered
def _inline(estate: Estate) -> Mapping[tuple[str, str], tuple[AccessPolicy, ...]]:
    """The resource policies that are written inside what they are for, by its address."""
    found: dict[tuple[str, str], tuple[AccessPolicy, ...]] = {}
    for one in estate.every(AccessPolicy):
        if one.kind is PolicyKind.RESOURCE and one.target is None:
            own = (one.resource.unit, one.resource.address)
            found[own] = (*found.get(own, ()), one)
    return found


def _is_of(found: AccessPolicy, service: str) -> bool:
    return found.kind is PolicyKind.RESOURCE and found.service in {"", service}


def _may_be_on(found: AccessPolicy, thing: _Holder) -> bool:
    """Whether a policy may be on a thing: not if its target refers to another resource of the unit."""
    refers = getattr(found.target, "refers", None)
    own = thing.resource
    return refers is None or refers.unit != own.unit or refers.address == own.address


def _through(found: AccessPolicy, topic: Topic, source: Source, ask: _Ask) -> Published:
    if found.document is None or found.resource.exists is not Truth.YES:
        because = found.hidden or found.resource.because
        return Published(Truth.UNKNOWN, because=() if because is None else (because,))
    judged = _judged(found.document.raw, topic, source, ask)
    return judged._replace(cause=Cause.KEY_POLICY, thing=found)


def _agreed(answers: list[Published]) -> Published:
    """What several policies of one thing come to, of which the last one that is put on it counts."""
    if len({found.truth for found in answers}) == 1:
        return answers[0]
    return Published(Truth.UNKNOWN, because=tuple(hole for x in answers for hole in x.because))


def _unless_hidden(found: Published, hidden: tuple[Unknown, ...]) -> Published:
    if found.truth is not Truth.NO or not hidden:
        return found
    return Published(Truth.UNKNOWN, because=hidden)


def _messages(topic: Topic, source: Source, written: str) -> Iterator[Message]:
    yield from (Message(topic, source, stand) for stand in stands(topic, written))


def _judged(document: Value, topic: Topic, source: Source, ask: _Ask) -> Published:
    """Whether a document allows the requests, in whichever account and Region it is written for."""
    written = fill_text(document, FILLINGS[0])
    answers = [_in_one(document, message, ask) for message in _messages(topic, source, written)]
    return max(answers, key=lambda found: found.truth.value)


def _in_one(document: Value, message: Message, ask: _Ask) -> Published:
    raw = resolved(document, message.word)
    read = policy(raw)
    if isinstance(read, Unknown):
        return Published(Truth.UNKNOWN, because=(read,))
    found = _IN
    for request in ask(message):
        answer = _asked(read, request, message)
        if answer.truth.value < found.truth.value:
            denied = denies(read, request).truth is Truth.YES
            found = Published(
                answer.truth, None, None, request, (raw,), answer.unknowns, answer.term, denied
            )
    return found


def _asked(read: Policy, request: Request, message: Message) -> Answer:
    """The decision; where the name of the source is not known, what depends on it is not either."""
    answer = decide((read,), request)
    named = message.source_is_named or not _may_mean(read, message)
    if answer.truth is not Truth.NO or named:
        return answer
    hidden = request._replace(hidden=request.hidden | {"aws:sourcearn"})
    return decide((read,), hidden)


def _may_mean(read: Policy, message: Message) -> bool:
    """Whether a condition on the source may mean it, whose name is not known."""
    asked = (one for statement in read.statements for one in statement.conditions)
    return any(
        message.may_be_source(value)
        for one in asked
        if one.key.lower() == "aws:sourcearn"
        for value in one.values.items
    )
