"""Which alarms are one alarm to CloudWatch, because they have one name."""

from __future__ import annotations

from rootlint.model.read import text
from rootlint.model.same import same
from rootlint.model.truth import Truth
from rootlint.model.watch import Alarm, CompositeAlarm
from rootlint.source import Span


def same_name(alarm: Alarm, other: Alarm | CompositeAlarm) -> Truth:
    """Whether two alarms of one provider have one literal name; UNKNOWN where one may not be there.

    Names that are not known are taken to differ, as are those of two providers or stacks.
    """
    if other.resource.reference == alarm.resource.reference:
        return Truth.NO
    ours, theirs = text(alarm.name), text(other.name)
    if ours is None or ours != theirs or other.resource.unit != alarm.resource.unit:
        return Truth.NO
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
