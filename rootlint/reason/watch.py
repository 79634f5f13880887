"""A watch: a filter, rule or listener, what it sees, and who hears of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rootlint.model.estate import Link as Linked
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, all_of
from rootlint.model.value import Unknown, Why
from rootlint.model.watch import EventRule, Listener, LogGroup, LogSubscription, MetricFilter
from rootlint.reason.event_rule import on_default_bus, pattern_tree, rule_sees
from rootlint.reason.events import RootEvent, must_alarm
from rootlint.reason.forwarding import NOTHING, Supply
from rootlint.reason.reach import Reach
from rootlint.reason.sight import Sight
from rootlint.reason.watching import sight_of

Watcher = MetricFilter | LogSubscription | EventRule | Listener
LogWatcher = MetricFilter | LogSubscription


class Watch(NamedTuple):
    """A filter, rule or listener; `root` says whether it is meant for root.

    `sights` are what its pattern makes of the events that must alarm, by their numbers; `reach` is
    whether a person hears of what it sees. `groups` are the declared log groups that it reads,
    `regions` the only ones whose events it gets but for what `supply` brings to its bus, where they
    are known, and `unrecorded` the events that none of the trails records that write to its log group.
    `because` is what hides what comes to it, and whether AWS takes it at all.
    """

    thing: Watcher
    root: Truth
    sights: Mapping[str, Sight]
    reach: Reach
    groups: tuple[Linked[LogGroup], ...] = ()
    regions: frozenset[str] = frozenset()
    unrecorded: frozenset[str] = frozenset()
    supply: Supply = NOTHING
    because: tuple[Unknown, ...] = ()

    def sight(self, event: RootEvent) -> Sight:
        return self.sights.get(event.id, Sight(Truth.NO))

    @property
    def events(self) -> tuple[RootEvent, ...]:
        """The tier-1 events, in the order in which they are shown."""
        return must_alarm(self.thing.resource.scope.partition)

    @property
    def lesser_events(self) -> tuple[RootEvent, ...]:
        """The tier-2 events: reading calls, and what another event comes with."""
        return must_alarm(self.thing.resource.scope.partition, 2)

    def gets(self, event: RootEvent) -> Truth:
        """Whether the event comes to the watch: from its Regions, which may be any where none is known,
        or by way of other rules, and recorded by a trail.
        """
        if event.id in self.unrecorded:
            return Truth.NO
        away = bool(self.regions) and event.eventbridge.region not in self.regions
        return self.supply.brings(event) if away else Truth.YES

    def heard(self, event: RootEvent) -> Truth:
        """Whether a person hears of the event through this watch, once it is on its way."""
        return all_of((self.gets(event), self.sight(event).truth, self.reach.truth))


def sees(watch: Watch, event: RootEvent) -> Truth:
    """Whether a watch sees any event, also one that need not alarm; on a bus of one's own, if it comes there."""
    thing = watch.thing
    if not isinstance(thing, EventRule) or on_default_bus(thing) is Truth.YES:
        return sight_of(thing, event).truth
    tree = pattern_tree(thing.pattern)
    seen = Truth.NO if tree is None else rule_sees(thing, tree, event).truth
    return seen & watch.supply.brings(event)


def doubts(watch: Watch, event: RootEvent) -> tuple[Unknown, ...]:
    """Why it is not known whether a watch sees an event: its unknown parts, or what AWS leaves open."""
    pattern = watch.thing.pattern
    if pattern is None:
        return ()
    tree = None if isinstance(watch.thing, LogWatcher) else pattern_tree(pattern)
    hidden = tuple(unknowns(tree or pattern)) or _hides_rest(watch)
    term = watch.sight(event).term
    if hidden:
        return hidden
    if term is None:
        return (Unknown(Why.LIMIT, "what the pattern makes of an event", pattern.span),)
    told = f"`{term.field} {term.wanted}` where the event has {term.found}"
    return (Unknown(Why.UNSPECIFIED, told, pattern.span),)


def _hides_rest(watch: Watch) -> tuple[Unknown, ...]:
    """What else hides what a watch sees: what comes to it, its state, what narrows it further."""
    narrowed = getattr(watch.thing, "narrowed_by", None)
    state = tuple(unknowns(getattr(watch.thing, "state", None)))
    if narrowed is None:
        return watch.because or state
    return (*watch.because, Unknown(Why.LIMIT, "what else narrows the filter", narrowed.span))
