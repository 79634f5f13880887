"""From a metric filter and an alarm of the code to the plain settings that a simulation runs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from rootlint.model.read import elements, flag, number, text
from rootlint.model.same import same, unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Map, Unknown, Value, Why
from rootlint.model.watch import Alarm, MetricFilter
from rootlint.reason.alarm import Course, Other, Settings, run

T = TypeVar("T")


def simulate(
    metric_filter: MetricFilter, alarm: Alarm, among: Iterable[MetricFilter] = ()
) -> Course:
    """Whether one event that the filter matches brings the alarm to ALARM; UNKNOWN where values hide it.

    `among` are the filters of which the alarm may fetch metrics as well.
    """
    found = settings(metric_filter, alarm, among)
    if isinstance(found, Settings):
        return run(found)
    return Course(Truth.UNKNOWN, because=found)


def settings(
    metric_filter: MetricFilter, alarm: Alarm, among: Iterable[MetricFilter] = ()
) -> Settings | tuple[Unknown, ...]:
    """The settings of the pair, or what hides them."""
    query = _query(metric_filter, alarm, among)
    if isinstance(query, Unknown):
        return (query,)
    reader = _Reader(metric_filter)
    periods = reader.count("evaluation periods", alarm.evaluation_periods)
    found = Settings(
        value=reader.number("the metric's value", metric_filter.value),
        threshold=reader.number("the threshold", alarm.threshold),
        comparison=reader.word("the comparison", alarm.comparison),
        statistic=reader.word("the statistic", query.statistic),
        period=reader.count("the period", query.period),
        evaluation_periods=periods,
        datapoints=reader.count("the datapoints to alarm", alarm.datapoints_to_alarm, periods),
        missing=reader.word("the treatment of missing data", alarm.missing_data, "missing"),
        default=reader.optional_number("the default value", metric_filter.default),
        filter_dimensions=reader.names("the filter's dimensions", metric_filter.dimensions),
        alarm_dimensions=reader.names("the alarm's dimensions", query.dimensions),
        filter_unit=reader.word("the filter's unit", metric_filter.unit, ""),
        alarm_unit=reader.word("the alarm's unit", query.unit, ""),
        expression=query.expression,
        metric_id=query.metric_id,
        others=tuple(_other(reader, x) for x in query.others),
    )
    return tuple(reader.hidden) or found


def written(field: str, metric_filter: MetricFilter, alarm: Alarm) -> Value | None:
    """Where the code says what a field of `Course.field` is; None where it does not."""
    match field:
        case "value":
            return metric_filter.value
        case "dimensions":
            return alarm.dimensions or metric_filter.dimensions or alarm.metrics
        case "statistic" | "unit":
            return getattr(alarm, field) or alarm.metrics
        case "datapoints_to_alarm":
            return alarm.datapoints_to_alarm or alarm.evaluation_periods
        case "expression":
            queries = (x.get("Expression") for x in _queries(alarm))
            return next((x for x in queries if x is not None), None)
        case _:
            found: Value | None = getattr(alarm, field, None)
            return found


def watches(alarm: Alarm, metric_filter: MetricFilter) -> Truth:
    """Whether the alarm watches the filter's metric: same name and namespace, alone or in mathematics."""
    found = _names_metric(alarm.metric, alarm.namespace, metric_filter)
    for query in _queries(alarm):
        found |= query_watches(query, metric_filter)
    items, hidden = elements(alarm.metrics)
    if hidden is not None or any(not isinstance(item, Map) for item in items):
        found |= Truth.UNKNOWN
    return found


def query_watches(query: Map, metric_filter: MetricFilter) -> Truth:
    """Whether a metric data query fetches the filter's metric."""
    stat = query.get("MetricStat")
    metric = stat.get("Metric") if isinstance(stat, Map) else None
    if isinstance(metric, Map):
        return _names_metric(metric.get("MetricName"), metric.get("Namespace"), metric_filter)
    hidden = isinstance(stat, Unknown) or isinstance(metric, Unknown)
    return Truth.UNKNOWN if hidden else Truth.NO


class _Fetched(NamedTuple):
    """Another metric that an alarm fetches, and the filter that publishes it."""

    metric_id: str
    statistic: Value | None
    metric_filter: MetricFilter


class _Query(NamedTuple):
    """How an alarm fetches a filter's metric."""

    statistic: Value | None
    period: Value | None
    dimensions: Value | None
    unit: Value | None
    expression: str = ""
    metric_id: str = ""
    others: tuple[_Fetched, ...] = ()


def _query(
    metric_filter: MetricFilter, alarm: Alarm, among: Iterable[MetricFilter]
) -> _Query | Unknown:
    items, hidden = elements(alarm.metrics)
    if alarm.metrics is None or (not items and hidden is None):
        return _Query(alarm.statistic, alarm.period, alarm.dimensions, alarm.unit)
    queries = tuple(item for item in items if isinstance(item, Map) and item.rest is None)
    if hidden is not None or len(queries) != len(items):
        return hidden or _not_worked_out(alarm.metrics)
    own = [query for query in queries if query_watches(query, metric_filter) is Truth.YES]
    told = [query for query in queries if flag(query.get("ReturnData"), default=True) is Truth.YES]
    if len(own) != 1 or len(told) != 1:
        return _not_worked_out(alarm.metrics)
    found = _fetched(own[0], told[0], alarm.metrics)
    if isinstance(found, Unknown) or not found.expression:
        return found
    others = _others([x for x in queries if x is not own[0]], found, alarm, tuple(among))
    return _not_worked_out(alarm.metrics) if others is None else found._replace(others=others)


def _others(
    queries: list[Map], own: _Query, alarm: Alarm, among: tuple[MetricFilter, ...]
) -> tuple[_Fetched, ...] | None:
    """The other metrics that are fetched; None where one is not that of a filter in the same code."""
    near = [x for x in among if x.resource.unit == alarm.resource.unit]
    found: list[_Fetched] = []
    for query in queries:
        stat = query.get("MetricStat")
        if stat is None:
            continue
        answers = [(x, query_watches(query, x)) for x in near]
        sources = [x for x, truth in answers if truth is not Truth.NO]
        if len(sources) != 1 or (sources[0], Truth.YES) not in answers:
            return None
        if not isinstance(stat, Map) or not _plain(stat, own):
            return None
        found.append(_Fetched(text(query.get("Id")) or "", stat.get("Stat"), sources[0]))
    return tuple(found)


def _plain(stat: Map, own: _Query) -> bool:
    """Whether a metric is fetched as the filter's own is: for the same period, without a dimension."""
    metric = stat.get("Metric")
    dimensions = metric.get("Dimensions") if isinstance(metric, Map) else None
    bare = dimensions is None or not elements(dimensions)[0]
    return bare and same(stat.get("Period"), own.period) is Truth.YES


def _other(reader: _Reader, found: _Fetched) -> Other:
    return Other(
        found.metric_id,
        reader.word("the statistic", found.statistic),
        reader.number("the metric's value", found.metric_filter.value),
        reader.optional_number("the default value", found.metric_filter.default),
    )


def _fetched(own: Map, told: Map, metrics: Value) -> _Query | Unknown:
    """The query whose result is compared: that of the metric itself, or an expression over it."""
    stat = own.get("MetricStat")
    metric = stat.get("Metric") if isinstance(stat, Map) else None
    if not isinstance(stat, Map) or not isinstance(metric, Map):
        return _not_worked_out(metrics)
    expression = "" if told is own else text(told.get("Expression"))
    if expression is None:
        return _not_worked_out(metrics)
    return _Query(
        stat.get("Stat"),
        stat.get("Period"),
        metric.get("Dimensions"),
        stat.get("Unit"),
        expression,
        text(own.get("Id")) or "",
    )


def _not_worked_out(value: Value) -> Unknown:
    return Unknown(Why.LIMIT, "these metric queries are not worked out", value.span)


def _queries(alarm: Alarm) -> Iterator[Map]:
    items, _ = elements(alarm.metrics)
    yield from (item for item in items if isinstance(item, Map))


def _names_metric(
    name: Value | None, namespace: Value | None, metric_filter: MetricFilter
) -> Truth:
    if name is None or metric_filter.metric is None:
        return Truth.NO
    return _is_metric(name, metric_filter) & same(namespace, metric_filter.namespace)


def _is_metric(name: Value, metric_filter: MetricFilter) -> Truth:
    """Whether a name is the metric's. What refers to the filter itself is the filter's name."""
    refers = None if isinstance(name, Known | Choice) else name.refers
    own = metric_filter.resource
    if refers is None or (refers.unit, refers.address) != (own.unit, own.address):
        return same(name, metric_filter.metric)
    if refers.attribute not in {"", "id", "name"}:
        return same(name, metric_filter.metric)
    return same(metric_filter.name, metric_filter.metric)


class _Reader:
    """Reads scalars and collects what is not known."""

    def __init__(self, metric_filter: MetricFilter) -> None:
        self._span = metric_filter.resource.span
        self.hidden: list[Unknown] = []

    def word(self, what: str, value: Value | None, absent: str | None = None) -> str:
        found = absent if _absent(value) else text(value)
        return found if found is not None else self._hide(what, value, "")

    def number(self, what: str, value: Value | None) -> float:
        found = number(value)
        return found if found is not None else self._hide(what, value, 0.0)

    def optional_number(self, what: str, value: Value | None) -> float | None:
        return None if _absent(value) or text(value) == "" else self.number(what, value)

    def count(self, what: str, value: Value | None, absent: int | None = None) -> int:
        found = number(value)
        if absent is not None and (_absent(value) or found == 0):
            return absent
        whole = found is not None and found.is_integer()
        return int(found) if found is not None and whole else self._hide(what, value, 0)

    def names(self, what: str, value: Value | None) -> tuple[str, ...]:
        """The names of dimensions, written as a map or as a list of maps with Name or Key."""
        match value:
            case None | Known(value=None):
                return ()
            case Map(rest=None):
                return tuple(sorted(value.entries))
            case List(rest=None):
                found = [_dimension(item) for item in value.items]
                if None not in found:
                    return tuple(sorted(name for name in found if name is not None))
            case _:
                pass
        return self._hide(what, value, ())

    def _hide(self, what: str, value: Value | None, instead: T) -> T:
        found = next(unknowns(value), None)
        span = self._span if value is None else value.span
        self.hidden.append(found or Unknown(Why.UNSPECIFIED, f"{what} is no plain value", span))
        return instead


def _absent(value: Value | None) -> bool:
    return value is None or (isinstance(value, Known) and value.value is None)


def _dimension(item: Value) -> str | None:
    if not isinstance(item, Map):
        return None
    return text(item.get("Name") or item.get("Key"))
