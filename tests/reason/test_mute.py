"""Rules that mute alarms."""

import pytest

from rootlint.model.truth import Truth
from rootlint.model.watch import MuteRule
from rootlint.reason.mute import always, muted
from tests.reason.making import alarm, estate, resource, unknown, value


def rule(schedule: object, duration: object, **fields: object) -> MuteRule:
    given = {"alarms": ["root-usage"], "schedule": schedule, "duration": duration, **fields}
    return MuteRule(resource("mute"), **{name: value(x) for name, x in given.items()})


@pytest.mark.parametrize(
    ("schedule", "duration", "expected"),
    [
        ("cron(0 0 * * *)", "PT24H", Truth.YES),
        ("cron(0 0 * * *)", "P1D", Truth.YES),
        ("cron(0 0 * * *)", "PT23H59M", Truth.NO),
        ("cron(0 * * * *)", "PT60M", Truth.YES),
        ("cron(* * * * *)", "PT1M", Truth.YES),
        ("cron(0 0 * * MON)", "P7D", Truth.YES),
        ("cron(0 0 * * MON)", "P6D", Truth.NO),
        ("cron(0 0 1 * *)", "P15D", Truth.UNKNOWN),
        ("cron(0 0 * * MON-FRI)", "P1D", Truth.UNKNOWN),
        ("at(2026-01-01T00:00:00)", "P15D", Truth.NO),
        (unknown(), "P1D", Truth.UNKNOWN),
        ("cron(0 0 * * *)", "a day", Truth.UNKNOWN),
    ],
)
def test_windows_that_meet(schedule: object, duration: object, expected: Truth) -> None:
    assert always(rule(schedule, duration)) is expected


def test_what_ends_is_no_rule_for_good() -> None:
    assert always(rule("cron(0 0 * * *)", "P1D", expires="2030-01-01T00:00:00Z")) is Truth.NO


def test_the_alarms_that_it_names() -> None:
    whole = rule("cron(0 0 * * *)", "P1D")
    assert muted(estate(alarm(), whole), alarm()) == (Truth.YES, whole)
    assert muted(estate(alarm(), whole), alarm(name="other")).truth is Truth.NO
    assert muted(estate(alarm()), alarm()).truth is Truth.NO
