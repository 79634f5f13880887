"""Events that a rule puts on another bus: on which rules they come in, and whether the bus takes them.

Services put their events on the default bus of the account and Region; on another one is only what is
forwarded or put there: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html. For
what is forwarded: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html and
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html. Whether AWS forwards once
more what was forwarded is documented both ways: it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, all_of
from rootlint.model.value import Reference, Unknown, Why
from rootlint.model.watch import EventBus, EventRule, EventTarget, Topic
from rootlint.reason.bus_names import bus_name, same_bus, shown
from rootlint.reason.bus_policy import open_to_others, takes
from rootlint.reason.event_rule import on_default_bus
from rootlint.reason.events import RootEvent
from rootlint.reason.people import service_of
from rootlint.reason.reach import Link, Reach
from rootlint.reason.sight import Sight
from rootlint.reason.watching import rule_sights, sight_of

_Place = tuple[str, ...]

NOT_FORWARDED = "bus"
"""The field of a term that says that no rule puts the event on the bus."""


class Forward(NamedTuple):
    """A rule and its target, which is a bus; `holds` says whether it is its target.

    `sights` are what the rule makes of the events that must alarm, by their numbers.
    """

    rule: EventRule
    target: EventTarget
    holds: Truth
    sights: Mapping[str, Sight]

    def passes(self, event: RootEvent) -> Sight:
        """What the rule makes of an event, wherever that is recorded."""
        return self.sights.get(event.id) or sight_of(self.rule, event)

    def near(self, event: RootEvent) -> Truth:
        """Whether the event is recorded where the rule is; where that is not known, it may be anywhere."""
        region = text(self.rule.resource.scope.region)
        return Truth.of(region in {None, event.eventbridge.region})


class Supply:
    """What comes to the bus of a rule by other rules: each with whether what it matches gets there.

    A rule that the bus refuses is among them, one that forwards to another bus is not.
    `otherwise` says whether what none of them forwards may come all the same, `because` why.
    """

    __slots__ = ("_known", "because", "forwards", "otherwise")

    def __init__(
        self,
        forwards: tuple[tuple[Forward, Reach], ...],
        otherwise: Truth,
        because: tuple[Unknown, ...] = (),
    ) -> None:
        self.forwards = forwards
        self.otherwise = otherwise
        self.because = because
        self._known: dict[str, Truth] = {}

    def brings(self, event: RootEvent) -> Truth:
        """Whether one of the rules puts the event on the bus: asked of each rule that is on it."""
        if event.id not in self._known:
            self._known[event.id] = self._brings(event)
        return self._known[event.id]

    def _brings(self, event: RootEvent) -> Truth:
        brought = self.otherwise
        for one, reach in self.forwards:
            brought |= all_of((one.near(event), reach.truth, one.passes(event).truth))
            if brought is Truth.YES:
                break
        return brought


NOTHING = Supply((), Truth.NO)


def supply(estate: Estate, rule: EventRule) -> Supply:
    """What comes to the bus of a rule by way of others."""
    known, place = _supplies(estate), _place(estate, rule)
    if place not in known:
        known[place] = _supply(estate, rule)
    return known[place]


@remembered
def _supplies(_: Estate) -> dict[_Place, Supply]:
    return {}


def _place(estate: Estate, rule: EventRule) -> _Place:
    """Which bus a rule is on: rules in one place get the same events."""
    own = rule.resource
    if on_default_bus(rule) is Truth.YES:
        scope = own.scope
        return own.unit, scope.provider, text(scope.region) or "", text(scope.account) or ""
    buses = estate.target(rule.bus, EventBus, own)
    bus = next((link.thing for link in buses if link.holds is Truth.YES), None)
    return (own if bus is None else bus.resource).reference


def _supply(estate: Estate, rule: EventRule) -> Supply:
    found = _forwards(estate)
    near = (*found.by_bus.get(bus_name(rule.bus), ()), *found.by_bus.get(None, ()))
    reaches = [(one, _arrives(estate, one, rule)) for one in near]
    meant = tuple(
        (one, reach) for one, reach in reaches if reach.truth is not Truth.NO or reach.thing
    )
    hidden = (*found.unknown, *(hole for _, reach in meant for hole in reach.because))
    own = on_default_bus(rule) is not Truth.YES
    shown = any(reach.truth is not Truth.UNKNOWN for _, reach in meant)
    others = _others(estate, rule, shown=shown) if own else ()
    otherwise = Truth.UNKNOWN if others or found.unknown else Truth.NO
    return Supply(meant, otherwise, tuple(dict.fromkeys((*hidden, *others))))


def goes_to_bus(estate: Estate, target: EventTarget) -> bool:
    """Whether a target is a bus: one that the code declares, or by its ARN."""
    if service_of(target.target) == "events":
        return "api-destination/" not in shown(target.target)
    buses = estate.target(target.target, EventBus, target.resource)
    return any(link.holds is Truth.YES for link in buses)


def forwarded(estate: Estate, rule: EventRule, target: EventTarget) -> Reach:
    """How far an event gets that a rule puts on another bus: the rules on that bus tell of it, if any.

    What they hear is theirs to tell, so it is no way to a person of the rule that forwards.
    """
    buses = estate.target(target.target, EventBus, target.resource)
    bus = next((x.thing for x in buses if x.holds is Truth.YES), None)
    hidden = () if bus is None else estate.hidden(bus.resource)
    arrivals: list[Reach] = []
    for other in _receivers(estate, target):
        arrivals.append(_arrives(estate, Forward(rule, target, Truth.YES, {}), other))
        if arrivals[-1].truth is Truth.YES and not hidden:
            return Reach(Truth.NO, Link.FORWARD, bus, "the rules of the other bus tell of it")
    unsure = [found for found in arrivals if found.truth is Truth.UNKNOWN]
    if bus is None or hidden or unsure:
        holes = (*hidden, *(x for found in unsure for x in found.because))
        return _far(target, bus, holes or tuple(unknowns(target.target)))
    refused = next((found for found in arrivals if found.thing is not None), None)
    nobody = "no rule is on that bus"
    return refused or Reach(Truth.NO, Link.TARGET, bus, nobody)


def _far(target: EventTarget, bus: EventBus | None, holes: tuple[Unknown, ...]) -> Reach:
    span = target.resource.span if target.target is None else target.target.span
    far = Unknown(Why.ELSEWHERE, "the rules of a bus that is not declared here", span)
    return Reach(Truth.UNKNOWN, Link.FORWARD, bus, "whom the other bus tells", holes or (far,))


class _Forwards(NamedTuple):
    """The forwarding rules by the name of the bus, None where that is not known.

    `unknown` is a target that may be a bus, any bus.
    """

    by_bus: Mapping[str | None, list[Forward]]
    unknown: tuple[Unknown, ...] = ()


@remembered
def _forwards(estate: Estate) -> _Forwards:
    by_bus: dict[str | None, list[Forward]] = {}
    unknown: tuple[Unknown, ...] = ()
    for target in estate.every(EventTarget):
        if not goes_to_bus(estate, target):
            if not unknown and service_of(target.target) == "" and not _is_topic(estate, target):
                unknown = tuple(unknowns(target.target))[:1]
        else:
            name = bus_name(target.target)
            for link in estate.target(target.rule, EventRule, target.resource):
                holds = link.holds & target.resource.exists
                one = Forward(link.thing, target, holds, _sights(link.thing))
                by_bus.setdefault(name, []).append(one)
    return _Forwards(by_bus, unknown)


def _is_topic(estate: Estate, target: EventTarget) -> bool:
    topics = estate.target(target.target, Topic, target.resource)
    return any(link.holds is Truth.YES for link in topics)


def _sights(rule: EventRule) -> Mapping[str, Sight]:
    """What a rule makes of the events that must alarm; on a bus of one's own, if they come to it."""
    sights = rule_sights(rule, rule.resource.scope.partition)
    on_bus = on_default_bus(rule)
    return {
        number: sight if on_bus is Truth.YES else Sight(sight.truth & on_bus)
        for number, sight in sights.items()
    }


def _receivers(estate: Estate, target: EventTarget) -> tuple[EventRule, ...]:
    """The rules that may be on the bus of a target."""
    name = bus_name(target.target)
    if name is None:
        return tuple(chain(*_rules_by_bus(estate).values()))
    return (*_rules_by_bus(estate).get(name, ()), *_rules_by_bus(estate).get(None, ()))


@remembered
def _rules_by_bus(estate: Estate) -> Mapping[str | None, tuple[EventRule, ...]]:
    """By the name of the bus, None where that is not known, the first rule in each place."""
    found: dict[str | None, dict[_Place, EventRule]] = {}
    for rule in estate.every(EventRule):
        if rule.pattern is not None:
            found.setdefault(bus_name(rule.bus), {}).setdefault(_place(estate, rule), rule)
    return {name: tuple(rules.values()) for name, rules in found.items()}


def _arrives(estate: Estate, one: Forward, rule: EventRule) -> Reach:
    """Whether what a rule forwards comes to the bus of another: it is that bus, and it takes it."""
    buses = estate.target(one.target.target, EventBus, one.target.resource)
    bus = next((link.thing for link in buses if link.holds is Truth.YES), None)
    on_it = one.holds & same_bus(estate, one.target, rule, bus)
    if on_it is Truth.NO or one.rule is rule:
        return Reach(Truth.NO, Link.FORWARD, None, "it is another bus")
    hides = (*unknowns(one.target.target), *unknowns(rule.bus))
    taken = _taken(estate, one, bus or rule)
    if on_it is Truth.UNKNOWN:
        far = Unknown(Why.ELSEWHERE, "whether it is this bus", one.target.resource.span)
        return taken._replace(truth=taken.truth & on_it, because=hides or taken.because or (far,))
    return taken


def _taken(estate: Estate, one: Forward, receiver: EventBus | EventRule) -> Reach:
    """Whether the bus takes it; asked once for each pair, though many rules may be on a bus."""
    known = _known(estate)
    pair = (one.rule.resource.reference, id(one.target), receiver.resource.reference)
    if pair not in known:
        known[pair] = takes(estate, one.rule, one.target, receiver)
    return known[pair]


@remembered
def _known(_: Estate) -> dict[tuple[Reference, int, Reference], Reach]:
    return {}


def _others(estate: Estate, rule: EventRule, *, shown: bool) -> tuple[Unknown, ...]:
    """Why more may come to a bus of one's own than what the code forwards to it; nothing if it may not.

    `shown` says that the code forwards to it at all.
    """
    buses = estate.target(rule.bus, EventBus, rule.resource)
    bus = next((link.thing for link in buses if link.holds is Truth.YES), None)
    span = rule.resource.span if rule.bus is None else rule.bus.span
    if not shown:
        nobody = Unknown(Why.ELSEWHERE, "a rule that forwards to this bus", span)
        return (*unknowns(rule.bus), nobody)[:1]
    if bus is None:
        return (Unknown(Why.ELSEWHERE, "a bus that is not declared here", span),)
    return (*estate.hidden(bus.resource), *open_to_others(estate, bus))
