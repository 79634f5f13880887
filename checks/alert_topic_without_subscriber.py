"""Alarms about the root user are published to a topic that nobody subscribes to.

A topic forwards messages to its subscriptions and keeps none. This one gets the alarm about the root
user, and no subscription in the code passes it on (or every subscription rejects it: alarm messages
carry no attributes, so a filter policy on attributes never matches). Nobody is told.

## Fix

Subscribe an address that is read, or a pager: `aws_sns_topic_subscription`, or `Subscription` of the
topic in CloudFormation. An e-mail subscription has to be confirmed by its owner.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_ALARM,
    Estate,
    EventProof,
    Group,
    Label,
    MetricFilter,
    Outcome,
    Publisher,
    Reach,
    Severity,
    Subscription,
    Topic,
    Truth,
    Undecided,
    Unknown,
    Violation,
    Watched,
    Why,
    check,
    first_seen,
    handed_on,
    only_leaves,
    pattern_of,
    publishers,
    topic_reaches,
    unsure,
)


@check(
    Topic,
    group=Group.ALARMS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/sns/latest/dg/welcome.html",
        "https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html",
    ),
    controls=ROOT_ALARM,
)
def alert_topic_without_subscriber(topic: Topic, estate: Estate) -> Iterator[Outcome]:
    found = publishers(estate, topic)
    if "alarms" in estate.elsewhere:
        return
    if not found:
        yield from _handed_on(topic, estate)
        return
    reach = topic_reaches(estate, topic)
    if reach.truth is Truth.YES:
        return
    question = "does anybody subscribe to this topic, which root alarms publish to?"
    sure = [publisher for publisher in found if publisher.holds is Truth.YES]
    # Somebody deploys a module that configures its provider: what it lacks may be in another one.
    here = topic.resource.scope.region is not None and only_leaves(reach)
    if not sure or (reach.truth is Truth.UNKNOWN and not here):
        because = reach.hides or unsure(found[0].by.resource)
        yield Undecided(topic.resource.span, question, because)
        return
    for publisher in sure:
        event = first_seen(publisher.watch)
        pattern = pattern_of(publisher.watch)
        if event is not None and pattern is not None:
            yield Violation(
                at=topic.resource.span,
                seen="publishes to nobody",
                message=_message(reach),
                proof=EventProof(
                    event,
                    (Watched(_NOBODY if here else f"{reach.reason}: 0 deliveries"),),
                    verdict="nobody in this code hears of it" if here else "nobody hears of it",
                    seen_by=Watched(_published(publisher), pattern.value, pattern.log),
                ),
                fix=_fix(reach),
                severity=Severity.NOTE if here else None,
                related=(*_rejecting(reach), *_switched_off(topic, estate)),
                deciding="subscription",
            )
            return


def _handed_on(topic: Topic, estate: Estate) -> Iterator[Outcome]:
    """A function that root's events come to hands them on to the topic, and may tell somebody itself."""
    handed = handed_on(estate, topic)
    if not handed:
        return
    reach = topic_reaches(estate, topic)
    if reach.truth is not Truth.YES:
        question = "does anybody hear what a function tells this topic about the root user?"
        itself = (
            Unknown(Why.LIMIT, "what the function does itself", x.resource.span) for x in handed
        )
        yield Undecided(topic.resource.span, question, (*reach.because, *itself))


def _message(reach: Reach) -> str:
    rejected = isinstance(reach.thing, Subscription)
    told = "whose subscribers do not get them" if rejected else "without a subscriber"
    return f"root alarms are published to a topic {told}"


def _fix(reach: Reach) -> str:
    if not isinstance(reach.thing, Subscription):
        return "subscribe an address that is read"
    if "filter policy" in reach.reason:
        return "a subscription without a filter policy, or one that takes these messages"
    return "give the subscription an address that is read"


_NOBODY = "no subscription in this code: 0 deliveries"


def _rejecting(reach: Reach) -> Iterator[Label]:
    """The subscription that does not take the message."""
    if isinstance(reach.thing, Subscription):
        yield Label(reach.thing.resource.span, "does not pass it on")


def _published(publisher: Publisher) -> str:
    if isinstance(publisher.watch.thing, MetricFilter):
        return "the filter counts it, the alarm publishes to the topic"
    return "the rule matches it and publishes to the topic"


def _switched_off(topic: Topic, estate: Estate) -> Iterator[Label]:
    """The subscriptions that are written and that the values in force switch off.

    One of another unit that only might be meant would lead people astray.
    """
    for found in estate.switched_off(Subscription):
        named = estate.denotes(found.topic, topic, by=found.resource)
        here = found.resource.unit == topic.resource.unit
        if named is Truth.YES or (named is Truth.UNKNOWN and here):
            yield found.resource.switch or Label(
                found.resource.span, "its list is empty: none is made"
            )
