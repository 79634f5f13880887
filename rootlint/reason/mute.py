"""Whether a mute rule silences an alarm for good.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import elements, text
from rootlint.model.truth import Truth, any_of
from rootlint.model.watch import Alarm, CompositeAlarm, MuteRule

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,7})S)?)?"
)
_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
# How long it is between two windows, by which of the five fields of a cron expression are `*`.
_EVERY = {"-----": 60, ".----": 3_600, "..---": 86_400, "..--.": 604_800}


class Muted(NamedTuple):
    """Whether an alarm is muted, and by which rule."""

    truth: Truth
    by: MuteRule | None = None


def muted(estate: Estate, alarm: Alarm | CompositeAlarm) -> Muted:
    """Whether the actions of an alarm are muted at all times: a window without end, or windows that meet."""
    found = Muted(Truth.NO)
    for rule in estate.every(MuteRule):
        truth = _names(estate, rule, alarm) & always(rule) & rule.resource.exists
        if truth.value > found.truth.value:
            found = Muted(truth, rule)
    return found


def _names(estate: Estate, rule: MuteRule, alarm: Alarm | CompositeAlarm) -> Truth:
    items, hidden = elements(rule.alarms)
    named = any_of(estate.denotes(item, alarm, by=rule.resource) for item in items)
    return named if hidden is None else named | Truth.UNKNOWN


def always(rule: MuteRule) -> Truth:
    """Whether the windows of a rule leave no time between them, and never end."""
    schedule, length = text(rule.schedule), _length(text(rule.duration))
    if rule.expires is not None or (schedule or "").startswith("at("):
        return Truth.NO
    if schedule is None or length is None:
        return Truth.UNKNOWN
    between = _between(schedule)
    return Truth.UNKNOWN if between is None else Truth.of(length >= between)


def _length(duration: str | None) -> int | None:
    """The seconds of an ISO 8601 duration such as `PT24H`."""
    found = _DURATION.fullmatch(duration or "")
    if found is None:
        return None
    return sum(_SECONDS[unit] * int(count) for unit, count in found.groupdict("0").items())


def _between(schedule: str) -> int | None:
    """The seconds from one window to the next, None where the expression says more than this reads."""
    fields = schedule.removeprefix("cron(").removesuffix(")").split()
    if len(fields) != 5 or not all(re.fullmatch(r"\*|\?|\d{1,2}|[A-Z]{3}", x) for x in fields):
        return None
    return _EVERY.get("".join("-" if field in {"*", "?"} else "." for field in fields))
