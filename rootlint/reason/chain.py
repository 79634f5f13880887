"""From the trail to a person: every watch of an estate, what it sees, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rootlint.model.estate import Estate
from rootlint.model.estate import Link as Linked
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.resource import Resource
from rootlint.model.same import same, unknowns
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Reference, Text, Unknown, Value, Why
from rootlint.model.watch import (
    EventRule,
    Listener,
    LogGroup,
    LogSubscription,
    MetricFilter,
    Trail,
)
from rootlint.reason.accounts import same_account
from rootlint.reason.alarm_links import filter_reaches
from rootlint.reason.event_rule import on_default_bus
from rootlint.reason.events import RootEvent, must_alarm
from rootlint.reason.filter_quota import over_quota
from rootlint.reason.forwarding import NOT_FORWARDED, Supply, supply
from rootlint.reason.notifications import notifies, regions_of
from rootlint.reason.reach import (
    THROUGH,
    Link,
    Reach,
    if_holds,
    unsure,
)
from rootlint.reason.root_watch import root_filter, root_rule
from rootlint.reason.rule_links import rule_reaches
from rootlint.reason.sight import Sight, Term
from rootlint.reason.trail import records
from rootlint.reason.watch import LogWatcher, Watch, Watcher, doubts
from rootlint.reason.watching import listener_sights, log_sights, rule_sights


@remembered
def watches(estate: Estate) -> tuple[Watch, ...]:
    """Every watch of the estate, those for root and all others."""
    logs: tuple[LogWatcher, ...] = (*estate.every(MetricFilter), *estate.every(LogSubscription))
    rules = (found for found in estate.every(EventRule) if found.pattern is not None)
    listeners = (found for found in estate.every(Listener) if found.source is None)
    return (
        *(_log_watch(estate, found) for found in logs),
        *(_rule(estate, found) for found in rules),
        *(_listener(estate, found) for found in listeners),
    )


def watch_of(estate: Estate, thing: Watcher) -> Watch:
    """The watch that a filter or rule of the estate is."""
    return _by_thing(estate)[id(thing)]


@remembered
def _by_thing(estate: Estate) -> Mapping[int, Watch]:
    return {id(watch.thing): watch for watch in watches(estate)}


def seen(watch: Watch, event: RootEvent) -> Reach:
    """Whether an event that is recorded comes to a watch, and its pattern matches it."""
    truth = watch.sight(event).truth & watch.gets(event)
    because = doubts(watch, event) if truth is Truth.UNKNOWN else ()
    return Reach(truth, Link.PATTERN, watch.thing, "its pattern does not match", because)


def nears(estate: Estate, trail: Trail, watch: Watch) -> Reach:
    """Whether what the trail's account does comes to a watch: through the log group, or on the bus."""
    thing = watch.thing
    if isinstance(thing, MetricFilter | LogSubscription):
        holds = feeds(estate, trail, watch)
        hides = unsure(thing.resource, *unknowns(trail.log_group), *unknowns(thing.log_group))
        return Reach(holds, Link.FEED, thing, "the trail does not feed its log group", hides)
    holds = same_account(trail.resource, thing.resource)
    far = Unknown(Why.PSEUDO, f"the account of `{thing.resource.address}`", thing.resource.span)
    return Reach(holds, Link.FEED, thing, "it is in another account", (far,))


def hides(estate: Estate, trail: Trail) -> tuple[Unknown, ...]:
    """What may watch the trail's records out of our sight: what gets the trail or its log group."""
    group = without_star(trail.log_group)
    groups = estate.target(group, LogGroup, trail.resource) if group is not None else ()
    around = [trail.resource, *(link.thing.resource for link in groups)]
    return tuple(hidden for resource in around for hidden in estate.hidden(resource))


def feeds(estate: Estate, trail: Trail, watch: Watch) -> Truth:
    """Whether the trail's records arrive in the log group that a filter reads."""
    fed_group = without_star(trail.log_group)
    read = getattr(watch.thing, "log_group", None)
    if fed_group is None or read is None:
        return Truth.NO
    if not watch.groups:
        return _same_group(fed_group, read)
    return any_of(
        link.holds & estate.denotes(fed_group, link.thing, by=trail.resource)
        for link in watch.groups
    )


def without_star(group: Value | None) -> Value | None:
    """A log group's ARN without the `:*` that CloudTrail wants behind it."""
    match group:
        case Text(parts=(Unknown() as arn, ":*")):
            return arn
        case _:
            return group


def _same_group(fed_group: Value, read: Value) -> Truth:
    """Two values that name no declared group: a name, and an ARN that ends in it."""
    answer = same(fed_group, read)
    arn, name = text(fed_group), text(read)
    if answer is Truth.YES or arn is None or name is None:
        return answer
    return Truth.of(arn.removesuffix(":*").endswith(f":log-group:{name.removesuffix(':*')}"))


def fed(estate: Estate, watch: Watch) -> Truth:
    """Whether some trail feeds the log group that a filter reads.

    A group that the estate does not declare, or an estate without a trail, may be fed from elsewhere.
    """
    if getattr(watch.thing, "log_group", None) is None:
        return Truth.UNKNOWN
    if watch.groups and estate.every(Trail):
        return _any_fed(estate, watch.groups)
    found = any_of(feeds(estate, trail, watch) for trail in _feeders(estate, watch))
    return found | Truth.UNKNOWN


@remembered
def _any_fed(estate: Estate, groups: tuple[Linked[LogGroup], ...]) -> Truth:
    """Whether some trail feeds one of the groups that a filter reads."""
    by_group = _by_group(estate)
    return any_of(
        link.holds & any_of(fed.holds for fed in by_group.get(link.thing.resource.reference, ()))
        for link in groups
    )


def _feeders(estate: Estate, watch: Watch) -> Iterable[Trail]:
    """The trails that may feed a filter's log group: where it is declared, those that may name it."""
    if not watch.groups:
        return estate.every(Trail)
    by_group = _by_group(estate)
    near = (by_group.get(link.thing.resource.reference, ()) for link in watch.groups)
    return {id(fed.thing): fed.thing for found in near for fed in found}.values()


@remembered
def _by_group(estate: Estate) -> Mapping[Reference, tuple[Linked[Trail], ...]]:
    """The trails by the declared log groups that they deliver to, or may."""
    found: dict[Reference, list[Linked[Trail]]] = {}
    for trail in estate.every(Trail):
        group = without_star(trail.log_group)
        for link in estate.target(group, LogGroup, trail.resource) if group is not None else ():
            own = link.thing.resource.reference
            found.setdefault(own, []).append(Linked(trail, link.holds))
    return {own: tuple(trails) for own, trails in found.items()}


def beside(estate: Estate, one: Watch, other: Watch) -> Truth:
    """Whether another watch sees the events of the same account: those of the same log group, or bus."""
    if one.thing.resource.unit == other.thing.resource.unit:
        return same_account(one.thing.resource, other.thing.resource)
    logs = (MetricFilter, LogSubscription)
    if isinstance(one.thing, logs) and isinstance(other.thing, logs):
        return _share_group(estate, one.thing, other.thing, other.groups)
    return Truth.UNKNOWN


def _share_group(
    estate: Estate, one: LogWatcher, other: LogWatcher, groups: tuple[Linked[LogGroup], ...]
) -> Truth:
    if groups:
        return any_of(estate.denotes(one.log_group, x.thing, by=one.resource) for x in groups)
    return same(one.log_group, other.log_group) & Truth.UNKNOWN


def _log_watch(estate: Estate, found: LogWatcher) -> Watch:
    """A metric filter, or a subscription filter: its function, stream or queue is somebody who hears."""
    sights = log_sights(found, found.resource.scope.partition)
    further = filter_reaches(estate, found) if isinstance(found, MetricFilter) else THROUGH
    reach = if_holds(found.resource.exists, further, unsure(found.resource))
    groups = estate.target(found.log_group, LogGroup, found.resource)
    refused = over_quota(estate, found, tuple(x.thing for x in groups if x.holds is Truth.YES))
    if refused:
        sights = {
            number: Sight(sight.truth & Truth.UNKNOWN, sight.term)
            for number, sight in sights.items()
        }
    watch = Watch(found, root_filter(found), sights, reach, groups, because=refused)
    is_fed = fed(estate, watch)
    if is_fed is Truth.YES:
        return watch._replace(unrecorded=_unrecorded(estate, watch))
    if is_fed is Truth.UNKNOWN:
        return watch
    return watch._replace(reach=Reach(Truth.NO, Link.FEED, found, "no trail feeds its log group"))


def _unrecorded(estate: Estate, watch: Watch) -> frozenset[str]:
    """The events that no trail records which writes to the filter's log group, or may."""
    trails = [x for x in _feeders(estate, watch) if feeds(estate, x, watch) is not Truth.NO]
    return frozenset(
        event.id
        for event in (*watch.events, *watch.lesser_events)
        if all(records(trail, event).truth is Truth.NO for trail in trails)
    )


def _rule(estate: Estate, found: EventRule) -> Watch:
    """An event rule: on a bus of one's own it sees what is forwarded to it."""
    sights = rule_sights(found, found.resource.scope.partition)
    reach = if_holds(found.resource.exists, rule_reaches(estate, found), unsure(found.resource))
    supplied = supply(estate, found)
    because = supplied.because
    watch = Watch(found, root_rule(found), sights, reach, supply=supplied, because=because)
    if on_default_bus(found) is not Truth.YES:
        events = {event.id: event for event in (*watch.events, *watch.lesser_events)}
        return watch._replace(sights={x: _supplied(sights[x], events[x], supplied) for x in sights})
    region = text(found.resource.scope.region)
    return watch._replace(regions=frozenset((region,) if region else ()))


def _supplied(sight: Sight, event: RootEvent, supplied: Supply) -> Sight:
    """What a rule makes of an event, if that comes to its bus at all."""
    brought = supplied.brings(event)
    if sight.truth & brought is sight.truth:
        return sight
    return Sight(
        sight.truth & brought, Term(NOT_FORWARDED, "", "") if brought is Truth.NO else None
    )


def _listener(estate: Estate, found: Listener) -> Watch:
    sights = listener_sights(found, found.resource.scope.partition)
    reach = if_holds(found.resource.exists, notifies(estate, found), unsure(found.resource))
    return Watch(found, root_rule(found), sights, reach, regions=regions_of(found))


def _events(resource: Resource) -> tuple[RootEvent, ...]:
    return must_alarm(resource.scope.partition)
