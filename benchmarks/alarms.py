"""How long it takes to execute a pattern, and to follow many chains from trail to subscriber.

    python -m benchmarks.alarms

One pattern on all events should take less than 1 ms; 1,000 chains less than 2 s, ten times as many at
most 11 times as long.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from rootlint.check import AnyCheck
from rootlint.engine import judge
from rootlint.finding import Group
from rootlint.model.estate import Estate
from rootlint.model.unit import Declared, Unit
from rootlint.reason.events import events
from rootlint.reason.logs_pattern import Fault, parse, sees
from rootlint.registry import load
from tests.reason.making import (
    CIS,
    alarm,
    group,
    group_arn,
    metric_filter,
    refers,
    subscription,
    topic,
    trail,
)

_RUNS = 5


def chain(number: int) -> Iterator[Declared]:
    """A trail, its log group, a filter, its alarm, a topic and a subscription, all with their own names."""
    group_name, topic_name = f"group{number}", f"topic{number}"
    yield trail(
        f"trail{number}", name=f"trail-{number}", log_group=group_arn(group_name), bucket="b"
    )
    yield group(group_name, f"logs-{number}")
    yield metric_filter(
        CIS,
        f"filter{number}",
        name=f"filter-{number}",
        log_group=refers(group_name, "name", text=f"logs-{number}"),
        metric=f"Root{number}",
    )
    yield alarm(
        f"alarm{number}",
        name=f"root-{number}",
        metric=f"Root{number}",
        actions=[refers(topic_name, "arn")],
    )
    yield topic(topic_name, name=f"alerts-{number}")
    yield subscription(f"subscription{number}", topic=refers(topic_name, "arn"))


def estate(chains: int) -> Estate:
    things = tuple(thing for number in range(chains) for thing in chain(number))
    return Estate([Unit("main", things, tuple(thing.resource for thing in things))])


def seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def _judged(checks: list[AnyCheck], chains: int) -> object:
    return judge(checks, estate(chains))


def main() -> None:
    pattern = parse(CIS)
    assert not isinstance(pattern, Fault)
    every = events()
    once = [
        seconds(lambda: [sees(pattern, event.record) for event in every])
        for _ in range(100 * _RUNS)
    ]
    print(f"one pattern on {len(every)} events: {statistics.median(once) * 1000:.2f} ms")
    checks = [check for check in load() if check.group is Group.ALARMS]
    for count in (100, 1000):
        runs = [seconds(partial(_judged, checks, count)) for _ in range(_RUNS)]
        print(f"{count} chains, {len(checks)} checks: {statistics.median(runs):.2f} s")


if __name__ == "__main__":
    main()
