"""Which events that are none of root's doing a watch for root matches all the same."""

from __future__ import annotations

from rootlint.model.truth import Truth
from rootlint.model.value import Unknown
from rootlint.model.watch import EventRule, Listener
from rootlint.reason.events import RootEvent, noise
from rootlint.reason.logs_pattern import Fault, conditions, read_pattern, sees
from rootlint.reason.logs_syntax import AnyOf, Compare, JsonPattern
from rootlint.reason.watch import Watch
from rootlint.reason.watch import sees as watch_sees

_SERVICE_EVENT = "AwsServiceEvent"


def noise_seen(watch: Watch) -> tuple[RootEvent, ...]:
    """The events that must not alarm and that the watch matches for certain.

    None where AWS describes no record of any of them.
    """
    found = [event for event in noise() if watch_sees(watch, event) is Truth.YES]
    found.sort(key=lambda event: (not event.documented, event.id))
    return tuple(found) if any(event.documented for event in found) else ()


def enough_alone(watch: Watch, event: RootEvent) -> tuple[int, int] | None:
    """Where the alternative of a pattern with `||` stands that matches an event by itself."""
    pattern = watch.thing.pattern
    if pattern is None or isinstance(watch.thing, EventRule | Listener):
        return None
    parsed = read_pattern(pattern)
    if not isinstance(parsed, JsonPattern) or not isinstance(parsed.root, AnyOf):
        return None
    for part in map(JsonPattern, parsed.root.parts):
        if sees(part, event.record).truth is Truth.YES:
            found = tuple(conditions(part))
            return found[0].start, found[-1].end
    return None


def misspelt_exclusion(watch: Watch) -> Compare | None:
    """The comparison that should leave out what services do, and does not spell it as records do."""
    pattern = watch.thing.pattern
    if pattern is None or isinstance(watch.thing, EventRule | Listener):
        return None
    parsed = read_pattern(pattern)
    if isinstance(parsed, Fault | Unknown):
        return None
    return next((x for x in conditions(parsed) if isinstance(x, Compare) and _misspelt(x)), None)


def _misspelt(condition: Compare) -> bool:
    wanted = condition.operand.text
    alike = wanted.lower() == _SERVICE_EVENT.lower()
    return condition.operator == "!=" and alike and wanted != _SERVICE_EVENT
