"""Which watches may see what another one sees, without looking at all pairs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rootlint.model.estate import Estate
from rootlint.model.remember import remembered
from rootlint.model.truth import Truth
from rootlint.model.value import Reference
from rootlint.reason.chain import watches
from rootlint.reason.events import RootEvent
from rootlint.reason.watch import Watch

Sees = Callable[[Watch, RootEvent], Truth]


def neighbours(estate: Estate, watch: Watch) -> Iterator[Watch]:
    """All that stand beside a watch for certain, and perhaps others: of its unit, on its log group."""
    unit = watch.thing.resource.unit
    every = watches(estate)
    yield from (every[place] for place in of_unit(estate).get(unit, ()))
    for link in watch.groups:
        if link.holds is Truth.YES:
            reading = _reading(estate).get(link.thing.resource.reference, ())
            yield from (found for found in reading if found.thing.resource.unit != unit)


@remembered
def seeing(estate: Estate, sees: Sees, event: RootEvent) -> tuple[Watch, ...]:
    """The watches that may see an event and tell somebody."""
    telling = (found for found in watches(estate) if found.reach.truth is not Truth.NO)
    return tuple(found for found in telling if sees(found, event) is not Truth.NO)


@remembered
def of_unit(estate: Estate) -> Mapping[str, list[int]]:
    """The places of the watches among all, by their units."""
    found: dict[str, list[int]] = {}
    for place, watch in enumerate(watches(estate)):
        found.setdefault(watch.thing.resource.unit, []).append(place)
    return found


@remembered
def on_group(estate: Estate) -> Mapping[Reference, list[Watch]]:
    """The watches by the log groups that they read for certain."""
    return _by_group(estate, (Truth.YES,))


@remembered
def _reading(estate: Estate) -> Mapping[Reference, list[Watch]]:
    """The watches by the log groups that they read, or may."""
    return _by_group(estate, tuple(Truth))


def _by_group(estate: Estate, holds: tuple[Truth, ...]) -> dict[Reference, list[Watch]]:
    found: dict[Reference, list[Watch]] = {}
    for watch in watches(estate):
        for link in watch.groups:
            if link.holds in holds:
                found.setdefault(link.thing.resource.reference, []).append(watch)
    return found
