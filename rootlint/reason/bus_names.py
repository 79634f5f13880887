"""Which event bus a value names: a name, or an ARN with an account and a Region."""

from __future__ import annotations

from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.truth import Truth, all_of
from rootlint.model.value import Known, Text, Unknown, Value
from rootlint.model.watch import EventBus, EventRule, EventTarget
from rootlint.reason.accounts import same_account
from rootlint.reason.event_rule import on_default_bus

_BUS = "event-bus/"
_HOLE = "\ufffc"


def same_bus(estate: Estate, target: EventTarget, rule: EventRule, bus: EventBus | None) -> Truth:
    """Whether a target names the bus that a rule is on."""
    if bus is not None and on_default_bus(rule) is not Truth.YES:
        return estate.denotes(rule.bus, bus, by=rule.resource)
    ours, theirs = bus_name(rule.bus), bus_name(target.target)
    named = Truth.UNKNOWN if ours is None or theirs is None else Truth.of(ours == theirs)
    return all_of((named, _same_region(target, rule), _same_owner(target, rule)))


def _same_region(target: EventTarget, rule: EventRule) -> Truth:
    here = text(rule.resource.scope.region)
    match _part(target.target, 3):
        case str() as there if here is not None:
            return Truth.of(there == here)
        case Unknown(shape="region") if target.resource.scope == rule.resource.scope:
            return Truth.YES
        case _:
            return Truth.UNKNOWN


def _same_owner(target: EventTarget, rule: EventRule) -> Truth:
    here = text(rule.resource.scope.account)
    match _part(target.target, 4):
        case str() as there if here is not None:
            return Truth.of(there == here)
        case Unknown(shape="account"):
            return same_account(target.resource, rule.resource)
        case _:
            return Truth.UNKNOWN


def _part(value: Value | None, number: int) -> str | Unknown | None:
    """A part of an ARN between two colons: a text, or the hole that it is."""
    match value:
        case Known(value=str() as arn):
            return (*arn.split(":", 5), "", "", "", "")[number]
        case Text(parts=parts):
            holes = [part for part in parts if isinstance(part, Unknown)]
            part = (*shown(value).split(":", 5), "", "", "", "")[number]
            if part != _HOLE:
                return None if _HOLE in part else part
            before = ":".join(shown(value).split(":")[:number])
            return holes[before.count(_HOLE)]
        case _:
            return None


def shown(value: Value | None) -> str:
    """A text with one character for each of its holes."""
    if isinstance(value, Text):
        return "".join(part if isinstance(part, str) else _HOLE for part in value.parts)
    return text(value) or ""


def bus_name(value: Value | None) -> str | None:
    """The name of a bus, as written or at the end of its ARN; None where it is not known."""
    written = "default" if value is None else shown(value)
    name = written.rpartition(_BUS)[2] if written.startswith("arn:") else written
    return name if name and _HOLE not in name else None
