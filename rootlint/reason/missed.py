"""What a watch does not see and nobody else tells of: the union of all complete chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why
from rootlint.reason.chain import beside
from rootlint.reason.event_rule import STATE
from rootlint.reason.events import RootEvent
from rootlint.reason.neighbours import Sees, neighbours, seeing
from rootlint.reason.sight import Sight
from rootlint.reason.watch import Watch, doubts


class Miss(NamedTuple):
    """An event that passes a watch by, and what the watch makes of it.

    `truth` is YES where nobody else tells of it for certain, UNKNOWN where somebody may; `because` is
    what hides that.
    """

    event: RootEvent
    sight: Sight
    truth: Truth
    because: tuple[Unknown, ...] = ()


def missed(estate: Estate, watch: Watch) -> tuple[Miss, ...]:
    """The tier-1 events that this watch does not see and nobody else tells of, or perhaps nobody."""
    return tuple(_misses(estate, watch, watch.events))


def missed_lesser(estate: Estate, watch: Watch) -> tuple[Miss, ...]:
    """The same of the tier-2 events."""
    return tuple(_misses(estate, watch, watch.lesser_events))


def sure(found: tuple[Miss, ...]) -> tuple[Miss, ...]:
    """Those that are missed for certain; none where AWS describes no record of any of them."""
    certain = tuple(miss for miss in found if miss.truth is Truth.YES)
    return certain if any(miss.event.documented for miss in certain) else ()


def only_passwords(found: tuple[Miss, ...]) -> bool:
    """Whether sign-ins and calls are heard, and only what root does to its own sign-in is not.

    A password is changed by somebody who has signed in, of which somebody has heard then.
    """
    return all(miss.event.own_sign_in for miss in found)


def out_of_reach(estate: Estate, watch: Watch) -> tuple[Miss, ...]:
    """The tier-1 events that the watch would match, and that happen where it does not hear of them."""
    away = [
        event
        for event in watch.events
        if watch.gets(event) is Truth.NO and watch.sight(event).truth is Truth.YES
    ]
    return tuple(_untold(estate, watch, away, _gotten))


def told_of_by_aws(watch: Watch, away: Iterable[Miss]) -> bool:
    """Whether AWS describes a record that the watch's pattern matches where it does not hear of it.

    A reading call counts as well, also where the rule's state keeps it away in its own Region.
    """
    lesser = (event for event in watch.lesser_events if watch.gets(event) is Truth.NO)
    matched = (event for event in lesser if _matched_but_for_state(watch.sight(event)))
    return any(event.documented for event in (*(miss.event for miss in away), *matched))


def _matched_but_for_state(sight: Sight) -> bool:
    by_state = sight.term is not None and sight.term.field == STATE
    return sight.truth is Truth.YES or by_state


def _misses(estate: Estate, watch: Watch, events: tuple[RootEvent, ...]) -> Iterator[Miss]:
    """What another watch matches and does not get in its Region is the fault of that one."""
    unseen = [event for event in events if watch.sight(event).truth is Truth.NO]
    return _untold(estate, watch, unseen, _matched)


def _matched(other: Watch, event: RootEvent) -> Truth:
    return other.sight(event).truth & ~Truth.of(event.id in other.unrecorded)


def _gotten(other: Watch, event: RootEvent) -> Truth:
    return other.sight(event).truth & other.gets(event)


def _untold(
    estate: Estate,
    watch: Watch,
    unseen: list[RootEvent],
    sees: Sees,
) -> Iterator[Miss]:
    """Those of the events of which no other watch tells. One that does for certain is enough."""
    if not unseen:
        return
    beside_it = [other for other in neighbours(estate, watch) if _may_cover(estate, watch, other)]
    for event in unseen:
        if any(_covers(estate, watch, other, sees(other, event)) for other in beside_it):
            continue
        others = seeing(estate, sees, event)
        maybe = next((other for other in others if _may_cover(estate, watch, other)), None)
        truth = Truth.YES if maybe is None else Truth.UNKNOWN
        because = () if maybe is None else _hides(estate, watch, maybe, event)
        yield Miss(event, watch.sight(event), truth, because)


def _may_cover(estate: Estate, watch: Watch, other: Watch) -> bool:
    if other.thing is watch.thing or other.reach.truth is Truth.NO:
        return False
    return beside(estate, watch, other) is not Truth.NO


def _covers(estate: Estate, watch: Watch, other: Watch, sees: Truth) -> bool:
    """Whether another watch tells of an event for certain, or as surely as this one would."""
    sure = sees & beside(estate, watch, other)
    return sure is Truth.YES and other.reach.truth.value >= watch.reach.truth.value


def _hides(estate: Estate, watch: Watch, other: Watch, event: RootEvent) -> tuple[Unknown, ...]:
    """Why another watch may tell of an event, and may not."""
    if beside(estate, watch, other) is Truth.UNKNOWN:
        place = other.thing.resource
        return (Unknown(Why.PSEUDO, f"the account of `{place.address}`", place.span),)
    return other.reach.hides or doubts(other, event)
