"""Which alarms are one alarm to CloudWatch, because they have one name."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.same import same
from rootlint.model.truth import Truth
from rootlint.model.watch import Alarm, CompositeAlarm
from rootlint.source import Span


def namesakes(estate: Estate, alarm: Alarm) -> tuple[Alarm | CompositeAlarm, ...]:
    """The other alarms of a unit that are written with the same literal name."""
    name = text(alarm.name)
    found = () if name is None else _by_name(estate).get((alarm.resource.unit, name), ())
    return tuple(x for x in found if x.resource.reference != alarm.resource.reference)


@remembered
def _by_name(estate: Estate) -> Mapping[tuple[str, str], tuple[Alarm | CompositeAlarm, ...]]:
    found: dict[tuple[str, str], tuple[Alarm | CompositeAlarm, ...]] = {}
    every: tuple[Alarm | CompositeAlarm, ...] = (
        *estate.every(Alarm),
        *estate.every(CompositeAlarm),
    )
    for alarm in every:
        name = text(alarm.name)
        if name is not None:
            own = (alarm.resource.unit, name)
            found[own] = (*found.get(own, ()), alarm)
    return found


def same_scope(alarm: Alarm, other: Alarm | CompositeAlarm) -> Truth:
    """Whether two namesakes are in one account and Region; UNKNOWN where one may not be there.

    Those of two providers are taken not to be.
    """
    if alarm.resource.scope.provider != other.resource.scope.provider:
        return Truth.NO
    return alarm.resource.exists & other.resource.exists


def same_watch(alarm: Alarm, other: Alarm | CompositeAlarm) -> bool:
    """Whether it does not matter which of two alarms is left: they watch one metric and act alike."""
    if isinstance(other, CompositeAlarm) or alarm.metric is None:
        return False
    fields = ("metric", "namespace", "threshold", "comparison", "statistic")
    alike = all(same(getattr(alarm, x), getattr(other, x)) is Truth.YES for x in fields)
    return alike and alarm.actions == other.actions


def place_of_name(alarm: Alarm | CompositeAlarm) -> Span:
    """Where an alarm says its name: within its block, else the block."""
    name, whole = alarm.name, alarm.resource.whole
    inside = name is not None and name.span.path == whole.path
    if name is not None and inside and whole.start <= name.span.start < whole.end:
        return name.span
    return alarm.resource.span
