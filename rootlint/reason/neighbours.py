"""Which watches may see what another one sees, without looking at all pairs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rootlint.model.estate import Estate
from rootlint.model.remember import remembered
from rootlint.model.truth import Truth
from rootlint.model.value import Reference
from rootlint.reason.chain import Watch, watches
from rootlint.reason.events import RootEvent

Sees = Callable[[Watch, RootEvent], Truth]


def neighbours(estate: Estate, watch: Watch) -> Iterator[Watch]:
    """All that stand beside a watch for certain, and perhaps others: of its unit, on its log group."""
    unit = watch.thing.resource.unit
    yield from _by_unit(estate).get(unit, ())
    for link in watch.groups:
        if link.holds is Truth.YES:
            reading = _by_group(estate).get(link.thing.resource.reference, ())
            yield from (found for found in reading if found.thing.resource.unit != unit)


@remembered
def seeing(estate: Estate, sees: Sees, event: RootEvent) -> tuple[Watch, ...]:
    """The watches that may see an event and tell somebody."""
    telling = (found for found in watches(estate) if found.reach.truth is not Truth.NO)
    return tuple(found for found in telling if sees(found, event) is not Truth.NO)


@remembered
def _by_unit(estate: Estate) -> Mapping[str, list[Watch]]:
    found: dict[str, list[Watch]] = {}
    for watch in watches(estate):
        found.setdefault(watch.thing.resource.unit, []).append(watch)
    return found


@remembered
def _by_group(estate: Estate) -> Mapping[Reference, list[Watch]]:
    """The watches by the log groups that they read, or may."""
    found: dict[Reference, list[Watch]] = {}
    for watch in watches(estate):
        for link in watch.groups:
            found.setdefault(link.thing.resource.reference, []).append(watch)
    return found
