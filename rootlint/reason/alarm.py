"""Whether one matching event in an otherwise quiet day brings an alarm to ALARM.

The day: CloudTrail delivers other events every minute, none of which matches; one event matches; the
day goes on; later another one matches. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Unknown, Why
from rootlint.reason.alarm_math import NotSimple, evaluate
from rootlint.reason.alarm_state import NOT_BREACHING, TREATMENTS, State, state
from rootlint.reason.sight import short

_MOST_PERIODS = 200
_MOST_OTHERS = 6
_MINUTE = 60
_LONGEST_PERIOD = 7 * 24 * 60
# How far CloudWatch looks back for datapoints beyond N is documented for N = 3 only; the verdict does
# not depend on it, the time until an alarm falls back does.
_LOOK_BACK = 2
_AT_LEAST = "GreaterThanOrEqualToThreshold"
_COMPARISONS: Mapping[str, tuple[str, Callable[[float, float], bool]]] = {
    _AT_LEAST: (">=", operator.ge),
    "GreaterThanThreshold": (">", operator.gt),
    "LessThanThreshold": ("<", operator.lt),
    "LessThanOrEqualToThreshold": ("<=", operator.le),
}


class Other(NamedTuple):
    """Another filter's metric in the mathematics of an alarm, with the fields of `Settings`."""

    metric_id: str
    statistic: str
    value: float
    default: float | None = None


class Settings(NamedTuple):
    """The numbers and words of a metric filter and its alarm: all that the outcome depends on.

    `value` is what one match adds; `default` what a minute with logs and without a match reports.
    Dimensions are names. `period` is in seconds; `datapoints` of `evaluation_periods` must breach.
    `expression` is metric mathematics over `metric_id` and `others`, "" for the metric itself.
    """

    value: float
    threshold: float
    comparison: str
    statistic: str
    period: int
    evaluation_periods: int
    datapoints: int
    missing: str = "missing"
    default: float | None = None
    filter_dimensions: tuple[str, ...] = ()
    alarm_dimensions: tuple[str, ...] = ()
    filter_unit: str = ""
    alarm_unit: str = ""
    expression: str = ""
    metric_id: str = ""
    others: tuple[Other, ...] = ()


class Point(NamedTuple):
    """One period: what happened, its datapoint, the comparison, and the alarm's state after it."""

    what: str
    value: float | None
    comparison: str
    state: str

    @property
    def line(self) -> str:
        value = "no data" if self.value is None else f"datapoint {self.value:g}"
        told = f", {self.comparison}" if self.comparison else ""
        return f"{self.what}: {value}{told} → {self.state}"


class Course(NamedTuple):
    """What happens. YES: the event brings the alarm to ALARM, and so does the next one.

    `why` says what goes wrong; `field` is the one setting whose change would mend it (a field of the
    alarm or of the filter), "" where there is none or nothing is wrong.
    """

    truth: Truth
    points: tuple[Point, ...] = ()
    why: str = ""
    field: str = ""
    because: tuple[Unknown, ...] = ()

    def hides(self, alarm: Declared) -> tuple[Unknown, ...]:
        """What hides the answer; where no value does, what of the alarm is not worked out."""
        if self.because or self.truth is not Truth.UNKNOWN:
            return self.because
        return (Unknown(Why.LIMIT, self.why, alarm.resource.span),)


def run(settings: Settings) -> Course:
    """The course of the day with these settings."""
    course = _course(settings)
    if course.truth is not Truth.NO:
        return course
    return course._replace(field=_to_mend(settings))


def _course(settings: Settings) -> Course:
    unread = _not_simulated(settings)
    if unread:
        return Course(Truth.UNKNOWN, why=unread)
    apart = _apart(settings)
    if apart:
        nothing = Point("root event", None, "", State.INSUFFICIENT.value)
        return Course(Truth.NO, (nothing,), apart)
    if settings.alarm_dimensions:
        return Course(Truth.UNKNOWN, why="the dimension's value comes from the event")
    try:
        days = [_Day(settings, also) for also in _ways(settings.others)]
    except NotSimple:
        return Course(Truth.UNKNOWN, why=f"`{settings.expression}` is not worked out")
    courses = [_told(settings, day) for day in days]
    if len({course.truth for course in courses}) > 1:
        return Course(Truth.UNKNOWN, why="that hangs on what the other metrics count")
    return courses[0]


def _ways(others: tuple[Other, ...]) -> Iterator[frozenset[str]]:
    """Which of the other metrics count the event as well: none of them, or any."""
    if len(others) > _MOST_OTHERS:
        raise NotSimple
    for chosen in product((False, True), repeat=len(others)):
        yield frozenset(x.metric_id for x, also in zip(others, chosen, strict=True) if also)


def _not_simulated(settings: Settings) -> str:
    """Why the day cannot be worked out, or ""."""
    if settings.period < _MINUTE:
        return f"a period of {settings.period} seconds on a metric with one value a minute"
    if not 1 <= settings.datapoints <= settings.evaluation_periods <= _MOST_PERIODS:
        return f"{settings.datapoints} of {settings.evaluation_periods} periods"
    for word, known in (
        (settings.comparison, _COMPARISONS),
        *((x.statistic, _STATISTICS) for x in _metrics(settings)),
        (settings.missing, TREATMENTS),
    ):
        if word not in known:
            return f"`{word}` is not worked out"
    return ""


def _apart(settings: Settings) -> str:
    """Why the alarm does not see what the filter publishes, or ""."""
    ours, theirs = set(settings.filter_dimensions), set(settings.alarm_dimensions)
    if ours != theirs:
        told = [", ".join(sorted(names)) or "no dimension" for names in (ours, theirs)]
        return f"the filter publishes {told[0]}, the alarm watches {told[1]}"
    published = settings.filter_unit or "None"
    if settings.alarm_unit and settings.alarm_unit != published:
        return f"the filter publishes unit {published}, the alarm watches {settings.alarm_unit}"
    return ""


def _sum(samples: list[float]) -> float:
    return sum(samples)


def _average(samples: list[float]) -> float:
    return sum(samples) / len(samples)


def _count(samples: list[float]) -> float:
    return len(samples)


_STATISTICS: Mapping[str, Callable[[list[float]], float]] = {
    "Sum": _sum,
    "Average": _average,
    "Minimum": min,
    "Maximum": max,
    "SampleCount": _count,
}


class _Day:
    """The datapoints of a quiet period and of one with the event, and the states through the day."""

    def __init__(self, settings: Settings, also: frozenset[str] = frozenset()) -> None:
        self.quiet = _datapoint(settings, frozenset())
        self.loud = _datapoint(settings, also | {settings.metric_id})
        span = settings.evaluation_periods + _LOOK_BACK
        self.states = tuple(_states(settings, self.quiet, self.loud, span))
        self.first, self.second = span, 2 * span + 1

    def fires(self, at: int, settings: Settings) -> bool:
        """Whether the alarm goes into ALARM while the event's datapoint is among those evaluated."""
        if _breaches(settings, self.loud) is not Truth.YES:
            return False
        window = range(at, min(at + settings.evaluation_periods, len(self.states)))
        return any(
            self.states[i] is State.ALARM and self.states[i - 1] is not State.ALARM for i in window
        )


def _datapoint(settings: Settings, matched: frozenset[str]) -> float | None:
    """The value in a period in which the filters of some metrics match one event."""
    minutes = min(max(1, settings.period // _MINUTE), _LONGEST_PERIOD)
    values = {x.metric_id: _value(x, minutes, x.metric_id in matched) for x in _metrics(settings)}
    if not settings.expression:
        return values[settings.metric_id]
    return evaluate(settings.expression, values)


def _metrics(settings: Settings) -> tuple[Settings | Other, ...]:
    return (settings, *settings.others)


def _value(metric: Settings | Other, minutes: int, matched: bool) -> float | None:  # noqa: FBT001 - one caller
    samples = [] if metric.default is None else [metric.default] * minutes
    if matched:
        samples = [metric.value, *samples[1:]]
    return _STATISTICS[metric.statistic](samples) if samples else None


def _states(
    settings: Settings, quiet: float | None, loud: float | None, span: int
) -> Iterator[State]:
    """The states after each period: a quiet span, the event, a quiet span, the event, a quiet span."""
    calm, hit = _breaches(settings, quiet), _breaches(settings, loud)
    points = [*[calm] * span, hit, *[calm] * span, hit, *[calm] * span]
    current = State.INSUFFICIENT
    history: list[Truth | None] = [calm] * span
    for point in points:
        history = [*history[1:], point]
        current = state(
            history, settings.evaluation_periods, settings.datapoints, settings.missing, current
        )
        yield current


def _breaches(settings: Settings, value: float | None) -> Truth | None:
    if value is None:
        return None
    return Truth.of(_COMPARISONS[settings.comparison][1](value, settings.threshold))


def _told(settings: Settings, day: _Day) -> Course:
    """The outcome with the periods that show it."""
    before = _point(settings, "quiet", day.quiet, day.states[day.first - 1])
    event = _point(settings, "root event", day.loud, day.states[day.first])
    if not day.fires(day.first, settings):
        return Course(Truth.NO, (before, event), _why_silent(settings, day))
    last = day.first + settings.evaluation_periods - 1
    alarmed = _point(settings, "after it", day.quiet, day.states[last])
    points = (before, event) if day.states[day.first] is State.ALARM else (before, event, alarmed)
    if day.fires(day.second, settings):
        return Course(Truth.YES, points)
    later = (
        _point(settings, "quiet", day.quiet, day.states[day.second - 1]),
        _point(settings, "next root event", day.loud, day.states[day.second]),
    )
    return Course(
        Truth.NO, (*points, *later), "the alarm stays in ALARM: the next event tells nobody"
    )


def _why_silent(settings: Settings, day: _Day) -> str:
    if _breaches(settings, day.loud) is not Truth.YES:
        of = f"`{short(settings.expression)}` of " if settings.expression else ""
        return f"{of}the event's datapoint does not breach the threshold"
    if day.states[day.first - 1] is State.ALARM:
        return "the alarm is in ALARM before the event: no transition, no notification"
    return f"one breaching datapoint, {settings.datapoints} of {settings.evaluation_periods} are needed"


def _point(settings: Settings, what: str, value: float | None, after: State) -> Point:
    told = ""
    if value is not None:
        sign, compare = _COMPARISONS[settings.comparison]
        holds = str(compare(value, settings.threshold)).lower()
        told = f"{value:g} {sign} {settings.threshold:g} = {holds}"
    return Point(what, value, told, after.value)


def _to_mend(settings: Settings) -> str:
    """The one setting whose change would mend the alarm, "" where one alone does not."""
    for field, mended in _mended(settings):
        if mended != settings and _course(mended).truth is Truth.YES:
            return field
    return ""


def _mended(settings: Settings) -> Iterator[tuple[str, Settings]]:
    yield "dimensions", settings._replace(filter_dimensions=(), alarm_dimensions=())
    yield "unit", settings._replace(alarm_unit="")
    yield "value", settings._replace(value=1.0)
    yield "comparison", settings._replace(comparison=_AT_LEAST)
    yield "threshold", settings._replace(threshold=1.0)
    yield "statistic", settings._replace(statistic="Sum")
    yield "missing_data", settings._replace(missing=NOT_BREACHING)
    yield "datapoints_to_alarm", settings._replace(datapoints=1)
    yield "missing_data", settings._replace(missing=NOT_BREACHING, datapoints=1)
    yield "expression", settings._replace(expression="")
