"""Who hears that a session of the root user of a member account is opened."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.truth import Truth, all_of
from rootlint.model.value import Unknown
from rootlint.model.watch import EventRule
from rootlint.reason.chain import watches
from rootlint.reason.event_rule import on_default_bus
from rootlint.reason.events import RootEvent
from rootlint.reason.events import event as event_of
from rootlint.reason.unheard import Pattern, pattern_of
from rootlint.reason.watch import Watch, doubts, sees


class AssumeRoot(NamedTuple):
    """Whether somebody hears of `event`, a call of sts:AssumeRoot; the `patterns` that do not match it."""

    truth: Truth
    event: RootEvent
    patterns: tuple[Pattern, ...] = ()
    because: tuple[Unknown, ...] = ()


def assume_root(estate: Estate, unit: str) -> AssumeRoot | None:
    """Who hears of it in a unit that has alarms about the root user; None where it has none."""
    every = [watch for watch in watches(estate) if watch.thing.resource.unit == unit]
    if not any(_is_alarm(watch) for watch in every):
        return None
    event = event_of("E25")
    truths = [_heard(watch, event) for watch in watches(estate)]
    hidden = estate.opaque(unit)
    if Truth.YES in truths:
        return AssumeRoot(Truth.YES, event)
    if Truth.UNKNOWN in truths or hidden:
        unsure = watches(estate)[truths.index(Truth.UNKNOWN)] if Truth.UNKNOWN in truths else None
        because = () if unsure is None else (*doubts(unsure, event), *unsure.reach.hides)
        return AssumeRoot(Truth.UNKNOWN, event, because=hidden or because)
    patterns = (pattern_of(watch) for watch in every)
    blind = [x for x, watch in zip(patterns, every, strict=True) if x and _blind(watch, event)]
    return AssumeRoot(Truth.NO, event, tuple(blind))


def _is_alarm(watch: Watch) -> bool:
    return watch.root is Truth.YES and watch.reach.truth is not Truth.NO


def _heard(watch: Watch, event: RootEvent) -> Truth:
    return all_of((sees(watch, event), watch.gets(event), watch.reach.truth))


def _blind(watch: Watch, event: RootEvent) -> bool:
    own_bus = isinstance(watch.thing, EventRule) and on_default_bus(watch.thing) is not Truth.YES
    return not own_bus and sees(watch, event) is Truth.NO
