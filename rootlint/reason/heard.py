"""Whether a person hears of what a trail records: the union of all chains from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Unknown
from rootlint.model.watch import LogGroup, Trail
from rootlint.reason.chain import hides, nears, seen, watches, without_star
from rootlint.reason.events import RootEvent, must_alarm
from rootlint.reason.neighbours import of_unit, on_group
from rootlint.reason.reach import Link, Reach, best, joined, unless_hidden
from rootlint.reason.trail import records
from rootlint.reason.watch import LogWatcher, Watch


class _Path(NamedTuple):
    """What a watch makes of an event; of several the best counts, of those alike the first."""

    place: int
    reach: Reach


class _Near(NamedTuple):
    """A watch that the trail's records come to, or may, and its place in the order."""

    place: int
    watch: Watch
    feed: Reach


class _Nearby(NamedTuple):
    """All of these. `afar` is where those of other units begin that may be in the same account."""

    found: tuple[_Near, ...]
    afar: int | None


def heard(estate: Estate, trail: Trail) -> tuple[tuple[RootEvent, Reach], ...]:
    """For each tier-1 event whether a person hears of it: the union of all chains from the trail.

    Where nobody does, the reach is that of the chain that gets furthest.
    """
    hidden = hides(estate, trail)
    nearby = _nearby(estate, trail)
    events = must_alarm(trail.resource.scope.partition)
    return tuple((event, _heard(estate, trail, event, nearby, hidden)) for event in events)


def _nearby(estate: Estate, trail: Trail) -> _Nearby:
    """The watches that the trail's records come to, or may.

    One that tells of every event is enough: of many such, which tell of the same, the first stands
    for all.
    """
    own = _on_its_group(estate, trail)
    found: list[_Near] = []
    # In an account that is given, those of other units are each asked for theirs.
    alone = text(trail.resource.scope.account) is None
    for place, watch in _nearest_first(estate, trail, own, alone=alone):
        feed = nears(estate, trail, watch)
        if feed.truth is not Truth.NO:
            found.append(_Near(place, watch, feed))
        if feed.truth is Truth.YES and all(watch.heard(x) is Truth.YES for x in watch.events):
            return _Nearby((found[-1],), None)
    return _Nearby(tuple(found), len(own) if alone else None)


def _on_its_group(estate: Estate, trail: Trail) -> tuple[Watch, ...]:
    """The watches that read the trail's own log group for certain."""
    group = without_star(trail.log_group)
    groups = estate.target(group, LogGroup, trail.resource) if group is not None else ()
    by_group = on_group(estate)
    return tuple(x for link in groups for x in by_group.get(link.thing.resource.reference, ()))


def _nearest_first(
    estate: Estate, trail: Trail, own: tuple[Watch, ...], *, alone: bool
) -> Iterator[tuple[int, Watch]]:
    """The watches on the trail's own log group before all others, each with its place.

    The others are all that look at logs, and on the bus, with `alone`, those of the trail's unit.
    """
    yield from enumerate(own)
    before = {id(watch) for watch in own}
    every = watches(estate)
    unit = of_unit(estate).get(trail.resource.unit, ()) if alone else range(len(every))
    bus = (at for at in unit if not _is_log(every[at].thing))
    for at in chain(_logs(estate), bus):
        if id(every[at]) not in before:
            yield len(own) + at, every[at]


@remembered
def _logs(estate: Estate) -> tuple[int, ...]:
    return tuple(at for at, watch in enumerate(watches(estate)) if _is_log(watch.thing))


def _is_log(thing: Declared) -> bool:
    return isinstance(thing, LogWatcher)


def _heard(
    estate: Estate,
    trail: Trail,
    event: RootEvent,
    nearby: _Nearby,
    hidden: tuple[Unknown, ...],
) -> Reach:
    nobody = Reach(Truth.NO, Link.PATTERN, trail, "nothing looks at the event")
    recorded = records(trail, event)
    start = Reach(recorded.truth, Link.FEED, trail, recorded.reason, recorded.because)
    paths = [
        _Path(place, joined(feed, seen(watch, event), watch.reach))
        for place, watch, feed in nearby.found
    ]
    if nearby.afar is not None:
        paths += _from_afar(estate, trail, event, nearby.afar)
    ordered = (path.reach for path in sorted(paths, key=attrgetter("place")))
    return joined(start, unless_hidden(best(ordered, nobody), hidden))


def _from_afar(estate: Estate, trail: Trail, event: RootEvent, begin: int) -> Iterator[_Path]:
    """The best that a rule or listener of another unit makes of an event."""
    for place, reach in _abroad(estate, event):
        watch = watches(estate)[place]
        if watch.thing.resource.unit != trail.resource.unit:
            yield _Path(begin + place, joined(nears(estate, trail, watch), reach))
            return


@remembered
def _abroad(estate: Estate, event: RootEvent) -> tuple[_Path, ...]:
    """What rules and listeners make of an event that may not come to them, the best first."""
    found = [
        _Path(place, joined(seen(watch, event), watch.reach))
        for place, watch in enumerate(watches(estate))
        if not _is_log(watch.thing)
    ]
    return tuple(sorted(found, key=_merit, reverse=True))


def _merit(path: _Path) -> tuple[bool, int, int]:
    """Behind a link that may not hold all that is not broken is alike."""
    broken = path.reach.truth is Truth.NO
    return (not broken, path.reach.progress if broken else 0, -path.place)
