"""From an action or a target to a person: topics, their subscriptions, and what else notifies."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.embedded import parse_json
from rootlint.model.estate import Estate
from rootlint.model.read import elements, text
from rootlint.model.remember import remembered
from rootlint.model.resource import Resource
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Map, Text, Unknown, Value, Why
from rootlint.model.watch import Listener, Subscription, Topic
from rootlint.reason.event_pattern import hears
from rootlint.reason.publish import published
from rootlint.reason.publisher import Source
from rootlint.reason.reach import (
    THROUGH,
    Link,
    Reach,
    best,
    if_holds,
    joined,
    unless_hidden,
    unsure,
)

# Actions on machines: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html
_NOBODY = frozenset({"automate", "autoscaling", "swf"})
# What runs code of the user, pages somebody, or calls another service.
_HEARS = frozenset({"lambda", "ssm", "ssm-contacts", "ssm-incidents", "states"})


def reaches_person(
    estate: Estate, value: Value | None, source: Source | None, by: Resource
) -> Reach:
    """Whether what an action or target names tells a person. What is not a topic of ours may.

    `source` publishes there: without one, whether it may is not asked. `by` is the resource in which
    the value is written.
    """
    topics = estate.target(value, Topic, by)
    if topics:
        hides = unsure(by, *unknowns(value))
        if all(x.holds is Truth.UNKNOWN for x in topics):
            # Which topic, if it is one of these, decides nothing: it may be declared elsewhere.
            return Reach(Truth.UNKNOWN, Link.ACTION, None, "declared elsewhere", hides)
        paths = (if_holds(x.holds, _through(estate, x.thing, source), hides) for x in topics)
        return best(paths, THROUGH)
    if value is None:
        return Reach(Truth.NO, Link.ACTION, None, "nothing is named")
    service = service_of(value)
    if service in _NOBODY:
        return Reach(Truth.NO, Link.ACTION, None, "the action tells nobody")
    if service in _HEARS or (service == "events" and "api-destination/" in (text(value) or "")):
        return THROUGH
    far = service in {"", "sns"}
    reason = "declared elsewhere" if far else f"whom `{service}` tells"
    told = "what an alarm or a rule names" if far else reason
    hides = tuple(unknowns(value)) or (Unknown(Why.ELSEWHERE, told, value.span),)
    return Reach(Truth.UNKNOWN, Link.ACTION, None, reason, hides)


def _through(estate: Estate, topic: Topic, source: Source | None) -> Reach:
    """Into a topic, and on to whoever subscribes to it."""
    if source is None:
        return topic_reaches(estate, topic)
    found = published(estate, topic, source)
    reason = found.cause.value if found.cause is not None else ""
    into = Reach(found.truth, Link.PUBLISH, found.thing, reason, found.because)
    return joined(into, topic_reaches(estate, topic))


def service_of(value: Value | None) -> str:
    """The service in an ARN of which the head is known, else ""."""
    head = value.parts[0] if isinstance(value, Text) else text(value)
    parts = head.split(":") if isinstance(head, str) else []
    return parts[2] if len(parts) > 3 and parts[0] == "arn" else ""


@remembered
def topic_reaches(estate: Estate, topic: Topic) -> Reach:
    """Whether somebody subscribes to a topic and gets the messages of alarms and rules."""
    nobody = Reach(Truth.NO, Link.SUBSCRIBER, topic, "the topic has no subscription")
    paths = (*_inline(topic), *_subscribed(estate, topic), *_listened(estate, topic))
    return unless_hidden(best(paths, nobody), estate.hidden(topic.resource))


def only_leaves(reach: Reach) -> bool:
    """Whether nothing hides a subscriber but outputs: then there is none in all that was read."""
    return bool(reach.because) and all(hole.why is Why.OUTPUT for hole in reach.because)


def accepts(subscription: Subscription) -> Truth:
    """Whether a subscription lets a message of CloudWatch or EventBridge through.

    By default a filter policy looks at message attributes, and these messages have none:
    https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
    """
    policy = subscription.filter_policy
    if policy is None or text(policy) == "" or (isinstance(policy, Known) and policy.value is None):
        return Truth.YES
    parsed = parse_json(policy)
    if isinstance(parsed, Map) and not parsed.entries and parsed.rest is None:
        return Truth.YES
    scope = subscription.filter_scope
    if scope is not None and text(scope) != "MessageAttributes":
        return Truth.UNKNOWN
    return hears(parsed, {}).truth


def _inline(topic: Topic) -> Iterator[Reach]:
    items, hidden = elements(topic.inline)
    for item in items:
        endpoint = item.get("Endpoint") if isinstance(item, Map) else item
        yield THROUGH if text(endpoint) != "" else _rejected(topic, "an endpoint is empty")
    if hidden is not None:
        yield Reach(Truth.UNKNOWN, Link.SUBSCRIBER, topic, "subscriptions are not known", (hidden,))


def _subscribed(estate: Estate, topic: Topic) -> Iterator[Reach]:
    for link in estate.linked(Subscription, "topic", topic):
        subscription = link.thing
        taken = accepts(subscription)
        if text(subscription.endpoint) == "":
            yield _rejected(subscription, "the endpoint of its subscription is empty")
        elif taken is Truth.NO:
            yield _rejected(
                subscription, "the filter policy of its subscription rejects the message"
            )
        else:
            hides = unsure(subscription.resource, *_hides(subscription))
            yield if_holds(link.holds & taken, THROUGH, hides)


def _hides(subscription: Subscription) -> tuple[Unknown, ...]:
    return (*unknowns(subscription.topic), *unknowns(subscription.filter_policy))


def _listened(estate: Estate, topic: Topic) -> Iterator[Reach]:
    for link in estate.linked(Listener, "source", topic):
        listener = link.thing
        hides = unsure(listener.resource, *unknowns(listener.source))
        yield if_holds(link.holds, THROUGH, hides)


def _rejected(thing: Topic | Subscription, reason: str) -> Reach:
    return Reach(Truth.NO, Link.SUBSCRIBER, thing, reason)
