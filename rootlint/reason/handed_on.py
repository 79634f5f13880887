"""What a function hands on once it has run: Lambda tells the destination of its success.

Rules, topics, alarms and log groups invoke a function without waiting for it, and then a destination
counts: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html. Nothing that
the code shows says what the function does itself: it may tell somebody or nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.estate import Estate
from rootlint.model.read import elements, text
from rootlint.model.remember import remembered
from rootlint.model.same import same
from rootlint.model.truth import Truth
from rootlint.model.value import Value
from rootlint.model.watch import (
    Destination,
    EventRule,
    EventTarget,
    LogSubscription,
    Subscription,
    Topic,
)
from rootlint.reason.chain import watches
from rootlint.reason.root_alarms import publishers, root_alarms
from rootlint.reason.watch import Watcher


def handed_on(estate: Estate, topic: Topic) -> tuple[Destination, ...]:
    """The destinations by which a topic hears of functions that a watch for root invokes."""
    found = (link.thing for link in estate.linked(Destination, "success", topic))
    return tuple(x for x in found if any(_is_one(x.function, by) for by in _invoked(estate)))


@remembered
def _invoked(estate: Estate) -> tuple[Value, ...]:
    """What the watches for root invoke: targets, actions, subscribers of topics, and log subscriptions."""
    return tuple(value for value in _every(estate) if value is not None)


def _every(estate: Estate) -> Iterator[Value | None]:
    for watch in watches(estate):
        if watch.root is not Truth.NO:
            yield from _by_watch(estate, watch.thing)
    for found in root_alarms(estate):
        yield from elements(found.watching.alarm.actions)[0]
    for subscription in estate.every(Subscription):
        topics = estate.target(subscription.topic, Topic, subscription.resource)
        if any(publishers(estate, link.thing) for link in topics):
            yield subscription.endpoint


def _by_watch(estate: Estate, thing: Watcher) -> Iterator[Value | None]:
    if isinstance(thing, LogSubscription):
        yield thing.destination
    elif isinstance(thing, EventRule):
        yield from (x.thing.target for x in estate.linked(EventTarget, "rule", thing))


def _is_one(function: Value | None, invoked: Value) -> bool:
    """Whether two values name one function: by reference, or a name and an ARN that ends in it."""
    if function is None:
        return False
    ours, theirs = getattr(function, "refers", None), getattr(invoked, "refers", None)
    if ours is not None and theirs is not None:
        return bool((ours.unit, ours.address) == (theirs.unit, theirs.address))
    name, arn = text(function), text(invoked)
    by_name = name is not None and arn is not None and arn.endswith(f":function:{name}")
    return by_name or same(function, invoked) is Truth.YES
