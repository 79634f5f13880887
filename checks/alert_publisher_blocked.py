"""A topic does not let the alarm about the root user in.

The alarm fires, the rule matches, and the topic refuses the message; nobody sees an error. EventBridge
may publish only where the topic's policy says so. A policy of its own replaces the default one, which
let alarms of the same account in. Where the topic is encrypted, the policy of the key has to let the
service use it, and the key that AWS manages (`alias/aws/sns`) lets no service.

## Fix

Let the service publish in the topic's policy, and use a key of your own in whose policy the service
has `kms:Decrypt` and `kms:GenerateDataKey*`:

    Principal: {Service: [cloudwatch.amazonaws.com, events.amazonaws.com]}
    Action: sns:Publish
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    AccessPolicy,
    Cause,
    Claim,
    Estate,
    EventRule,
    Group,
    Label,
    Outcome,
    Policy,
    Published,
    Publisher,
    RequestProof,
    Severity,
    Span,
    Topic,
    Truth,
    Undecided,
    Violation,
    check,
    published,
    publishers,
    unsure,
)


@check(
    Topic,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
        "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
        "https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns",
    ),
    controls=ROOT_ALARM,
)
def alert_publisher_blocked(topic: Topic, estate: Estate) -> Iterator[Outcome]:
    told: set[tuple[Cause | None, bool]] = set()
    asked = False
    for publisher in publishers(estate, topic):
        if asked and publisher.holds is not Truth.YES:
            continue  # the same question
        found = published(estate, topic, publisher.by)
        is_rule = isinstance(publisher.by, EventRule)
        if found.truth is Truth.YES or (found.cause, is_rule) in told:
            continue
        told.add((found.cause, is_rule))
        if found.truth is Truth.UNKNOWN or publisher.holds is not Truth.YES:
            question = "does this topic take the alarm about the root user?"
            because = found.because or unsure(publisher.by.resource)
            asked = True
            yield Undecided(topic.resource.span, question, because)
        else:
            yield _violation(topic, publisher, found)


def _violation(topic: Topic, publisher: Publisher, found: Published) -> Violation:
    assert found.request is not None
    assert found.cause is not None
    is_rule = isinstance(publisher.by, EventRule)
    who = "EventBridge" if is_rule else "CloudWatch"
    told = "rule" if is_rule else "alarm"
    term = found.term if found.cause in _WRITTEN else None
    return Violation(
        at=_place(topic, found),
        seen="denies it" if found.denied else _SEEN[found.cause],
        message=f"{who} cannot publish to this topic, which it should tell of the root user",
        proof=RequestProof(found.request, found.documents, Claim.REFUSED, term),
        fix=(_EXCEPT if found.denied else _FIX[found.cause]).format(
            service=found.request.principal
        ),
        related=(Label(publisher.by.resource.span, f"this {told} publishes there"),),
        resource=topic.resource,
        deciding=found.cause.name,
    )


_SEEN = {
    Cause.DEFAULT_POLICY: "its default policy lets no service publish",
    Cause.POLICY: "does not let it publish",
    Cause.AWS_KEY: "no service may use this key",
    Cause.DEFAULT_KEY_POLICY: "its default policy lets no service use it",
    Cause.KEY_POLICY: "does not let it use the key",
}
_FIX = {
    Cause.DEFAULT_POLICY: "a topic policy that lets {service} publish",
    Cause.POLICY: "let {service} publish",
    Cause.AWS_KEY: "use a key of your own that lets {service} use it",
    Cause.DEFAULT_KEY_POLICY: "let {service} use the key in its policy",
    Cause.KEY_POLICY: "let {service} decrypt and generate data keys",
}


_EXCEPT = "except {service} from what it denies"
_WRITTEN = frozenset({Cause.POLICY, Cause.KEY_POLICY})


def _place(topic: Topic, found: Published) -> Span:
    if found.cause is Cause.AWS_KEY and topic.key is not None:
        return topic.key.span
    thing = found.thing
    if isinstance(thing, AccessPolicy) and thing.document is not None:
        return _closest(found, thing.document)
    return (thing or topic).resource.span


def _closest(found: Published, document: Policy) -> Span:
    """The part of a policy that decides; its statement, where that part is the ARN of another resource."""
    term = found.term
    if term is None or term.span is None:
        return document.span
    whole = document.statements[term.statement].span
    inside = term.span.path == whole.path and whole.start <= term.span.start < whole.end
    return whole if term.element == "Resource" and not inside else term.span
