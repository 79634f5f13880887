"""More filters on a log group than CloudWatch Logs takes: one of them is refused, and nobody knows which.

Quotas: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html and, for
regular expressions,
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.truth import Truth
from rootlint.model.value import Reference, Unknown, Why
from rootlint.model.watch import LogGroup, LogSubscription, MetricFilter
from rootlint.reason.logs_pattern import Fault, parse, regexes

MOST_REGEXES = 5
MOST_IN_A_PATTERN = 2
MOST_FILTERS = 100
MOST_SUBSCRIPTIONS = 2

LogFilter = MetricFilter | LogSubscription


class _Count(NamedTuple):
    """How much of each quota the filters of a log group use at most, and whether that is certain."""

    filters: int = 0
    subscriptions: int = 0
    regexes: int = 0
    certain: bool = True

    def plus(self, found: LogFilter, *, there: bool) -> _Count:
        is_filter = isinstance(found, MetricFilter)
        return _Count(
            self.filters + is_filter,
            self.subscriptions + (not is_filter),
            self.regexes + _regexes(found),
            self.certain and there and _is_told(found),
        )


def over_quota(
    estate: Estate, found: LogFilter, groups: tuple[LogGroup, ...]
) -> tuple[Unknown, ...]:
    """Why a filter on these log groups may not be there: one too many is declared for one of them."""
    counts = (_counts(estate).get(group.resource.reference, _Count()) for group in groups)
    told = (reason for count in counts for reason in _reasons(count, found))
    span = found.resource.span if found.pattern is None else found.pattern.span
    return tuple(Unknown(Why.UNSPECIFIED, reason, span) for reason in told)[:1]


def _reasons(count: _Count, found: LogFilter) -> tuple[str, ...]:
    is_filter = isinstance(found, MetricFilter)
    uses = (
        (count.regexes, MOST_REGEXES, "regular expressions", _regexes(found) > 0),
        (count.filters, MOST_FILTERS, "metric filters", is_filter),
        (count.subscriptions, MOST_SUBSCRIPTIONS, "subscription filters", not is_filter),
    )
    return tuple(
        f"which of {'' if count.certain else 'up to '}{used} {what} on a log group is refused: "
        f"it takes {most}"
        for used, most, what, own in uses
        if own and used > most
    )


@remembered
def _counts(estate: Estate) -> Mapping[Reference, _Count]:
    counts: dict[Reference, _Count] = {}
    every: tuple[LogFilter, ...] = (*estate.every(MetricFilter), *estate.every(LogSubscription))
    for found in every:
        for link in estate.target(found.log_group, LogGroup, found.resource):
            there = link.holds & found.resource.exists
            # Of another unit's filters only those count that are there for certain.
            if there is Truth.YES or (there is Truth.UNKNOWN and _are_near(found, link.thing)):
                own = link.thing.resource.reference
                count = counts.get(own, _Count())
                counts[own] = count.plus(found, there=there is Truth.YES)
    return counts


def _are_near(found: LogFilter, group: LogGroup) -> bool:
    return found.resource.unit == group.resource.unit


def _is_told(found: LogFilter) -> bool:
    return found.pattern is None or text(found.pattern) is not None


def _regexes(found: LogFilter) -> int:
    """How many regular expressions a pattern has; as many as one may have where it is not known."""
    if not _is_told(found):
        return MOST_IN_A_PATTERN
    written = text(found.pattern) or ""
    pattern = parse(written) if "%" in written else None
    return 0 if pattern is None or isinstance(pattern, Fault) else regexes(pattern)
