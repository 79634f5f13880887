"""The state that a CloudWatch alarm takes from its most recent datapoints.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html, with the
two tables of examples that the tests hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from rootlint.model.truth import Truth


class State(Enum):
    OK = "OK"
    ALARM = "ALARM"
    INSUFFICIENT = "INSUFFICIENT_DATA"


BREACHING, NOT_BREACHING, IGNORE, MISSING = "breaching", "notBreaching", "ignore", "missing"


def state(
    points: Sequence[Truth | None], periods: int, datapoints: int, missing: str, current: State
) -> State:
    """The next state. `points` are the evaluation range, oldest first: breaching or not, None missing.

    `periods` is N, `datapoints` M of M out of N. Where AWS leaves the state as it is, it is `current`.
    """
    real = [point for point in points if point is not None]
    if len(real) >= periods:
        return _counted(_breaches(real[-periods:]), datapoints)
    fill = periods - len(real)
    return _BY_TREATMENT[missing](points, datapoints, fill, current)


def _counted(breaches: int, datapoints: int) -> State:
    return State.ALARM if breaches >= datapoints else State.OK


def _breaches(points: Sequence[Truth | None]) -> int:
    return sum(point is Truth.YES for point in points)


def _as_bad(points: Sequence[Truth | None], datapoints: int, fill: int, _: State) -> State:
    return _counted(_breaches(points) + fill, datapoints)


def _as_good(points: Sequence[Truth | None], datapoints: int, _fill: int, _: State) -> State:
    return _counted(_breaches(points), datapoints)


def _as_is(points: Sequence[Truth | None], datapoints: int, _fill: int, current: State) -> State:
    """`ignore`: too few datapoints, all of them breaching, leave the state as it is."""
    if _breaches(points) >= datapoints:
        return State.ALARM
    return current if _none_good(points) else State.OK


def _as_missing(
    points: Sequence[Truth | None], datapoints: int, _fill: int, current: State
) -> State:
    """`missing`: breaching datapoints alone alarm once the oldest is as old as M periods."""
    if all(point is None for point in points):
        return State.INSUFFICIENT
    if _breaches(points) >= datapoints:
        return State.ALARM
    if not _none_good(points):
        return State.OK
    age = len(points) - next(i for i, point in enumerate(points) if point is Truth.YES)
    return State.ALARM if age >= datapoints else current


def _none_good(points: Sequence[Truth | None]) -> bool:
    return all(point is not Truth.NO for point in points)


_Treatment = Callable[[Sequence[Truth | None], int, int, State], State]
_BY_TREATMENT: Mapping[str, _Treatment] = {
    BREACHING: _as_bad,
    NOT_BREACHING: _as_good,
    IGNORE: _as_is,
    MISSING: _as_missing,
}
TREATMENTS = frozenset(_BY_TREATMENT)
