"""What a filter or rule of the code makes of an event, in whichever account its pattern names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value
from rootlint.model.watch import EventRule, Listener, LogSubscription, MetricFilter
from rootlint.reason.event_pattern import envelope, hears
from rootlint.reason.event_rule import on_default_bus, pattern_tree, rule_sees
from rootlint.reason.events import RootEvent, in_account, must_alarm
from rootlint.reason.logs_pattern import LONGEST, Fault, read_pattern, sees
from rootlint.reason.sight import SYNTAX, Sight, Term
from rootlint.source import Span

_ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")
_MOST_ACCOUNTS = 4
_UNSURE = Sight(Truth.UNKNOWN)


def _wanted(partition: str) -> tuple[RootEvent, ...]:
    """The events of both tiers that somebody should hear of."""
    return (*must_alarm(partition), *must_alarm(partition, 2))


def log_sights(found: MetricFilter | LogSubscription, partition: str) -> Mapping[str, Sight]:
    """What a metric or subscription filter makes of the events that must alarm, by their numbers."""
    if found.pattern is None:
        return {event.id: _UNSURE for event in _wanted(partition)}
    written = text(found.pattern)
    if written is None or len(written) > LONGEST:
        sights = {event.id: pattern_sight(found.pattern, event) for event in _wanted(partition)}
    else:
        sights = dict(_text_sights(written, partition))
    narrowed = isinstance(found, MetricFilter) and found.narrowed_by is not None
    return {number: _narrow(sight) for number, sight in sights.items()} if narrowed else sights


@lru_cache(maxsize=1024)
def _text_sights(written: str, partition: str) -> Mapping[str, Sight]:
    """Whole sets of filters are often repeated, text by text."""
    value = Known(written, Span("", 0, 0))
    return {event.id: pattern_sight(value, event) for event in _wanted(partition)}


def _narrow(sight: Sight) -> Sight:
    """A filter that reads some Regions or accounts only may not see what its pattern matches."""
    return _UNSURE if sight.truth is Truth.YES else sight


def pattern_sight(pattern: Value, event: RootEvent) -> Sight:
    """What a log pattern makes of an event. A pattern that AWS rejects sees nothing."""
    if isinstance(pattern, Choice):
        return _agreed([pattern_sight(x.value, event) for x in pattern.options if x.value])
    parsed = read_pattern(pattern)
    if isinstance(parsed, Unknown):
        return _UNSURE
    if isinstance(parsed, Fault):
        term = Term(SYNTAX, parsed.message, "", parsed.at, parsed.at + 1, refused=True)
        return Sight(Truth.NO, term)
    return _in_its_account(pattern, event, lambda moved: sees(parsed, moved.record))


def _agreed(sights: list[Sight]) -> Sight:
    """What a pattern makes of an event in every scenario."""
    return sights[0] if len({sight.truth for sight in sights}) == 1 else _UNSURE


def rule_sights(found: EventRule, partition: str) -> Mapping[str, Sight]:
    """What an event rule makes of the events that must alarm and appear on its bus, by their numbers."""
    tree = pattern_tree(found.pattern)
    if tree is None:
        return {}
    return {
        event.id: _in_its_account(tree, event, lambda moved: rule_sees(found, tree, moved))
        for event in _wanted(partition)
    }


def listener_sights(found: Listener, partition: str) -> Mapping[str, Sight]:
    """What a listener with a pattern of its own makes of the events that must alarm; without one it may hear all."""
    tree = pattern_tree(found.pattern)
    if tree is None:
        return {event.id: _UNSURE for event in _wanted(partition)}
    return {
        event.id: _in_its_account(tree, event, lambda moved: hears(tree, envelope(moved)))
        for event in _wanted(partition)
    }


def sight_of(
    found: EventRule | Listener | LogSubscription | MetricFilter, event: RootEvent
) -> Sight:
    """What a filter, rule or listener makes of any event, in the account of its record.

    What comes to a bus of one's own is another matter: there it is not known.
    """
    if found.pattern is None:
        return Sight(Truth.NO)
    if not isinstance(found, EventRule | Listener):
        return pattern_sight(found.pattern, event)
    tree = pattern_tree(found.pattern)
    if tree is None:
        return Sight(Truth.NO)
    if isinstance(found, EventRule):
        sight = rule_sees(found, tree, event)
        on_bus = on_default_bus(found)
        return sight if on_bus is Truth.YES else Sight(sight.truth & on_bus)
    return hears(tree, envelope(event))


def _in_its_account(pattern: Value, event: RootEvent, see: Callable[[RootEvent], Sight]) -> Sight:
    """The most that the pattern makes of the event, in an account that it names or in any other.

    The account number of the records only stands for one: a pattern is written for its own.
    """
    named = dict.fromkeys(number for part in _texts(pattern) for number in _ACCOUNT.findall(part))
    accounts = [*named][:_MOST_ACCOUNTS]
    sights = [see(in_account(event, account)) for account in (*accounts, event.account)]
    return max(sights, key=lambda sight: sight.truth.value)


def _texts(value: Value) -> Iterator[str]:
    stack: list[Value | None] = [value]
    while stack:
        match stack.pop():
            case Known(value=str() as written):
                yield written
            case Text(parts=parts):
                yield from (part for part in parts if isinstance(part, str))
            case List(items=items):
                stack.extend(items)
            case Map(entries=entries):
                stack.extend(entries.values())
            case Encoded(value=inner):
                stack.append(inner)
            case Choice(options=options):
                stack.extend(option.value for option in options)
            case _:
                pass
