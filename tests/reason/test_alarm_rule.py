"""The rule of a composite alarm."""

import pytest

from rootlint.model.truth import Truth
from rootlint.model.value import Text, Unknown
from rootlint.reason.alarm_rule import fires
from tests.reason.making import SPAN, unknown, value


def names(name: str, hole: Unknown | None) -> Truth:
    return Truth.UNKNOWN if hole is not None else Truth.of(name == "root")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("ALARM(root)", Truth.YES),
        ('ALARM("root")', Truth.YES),
        ("alarm('root') or alarm(other)", Truth.YES),
        ("ALARM(root) AND ALARM(other)", Truth.UNKNOWN),
        ("ALARM(root) AND NOT ALARM(root)", Truth.NO),
        ("OK(root)", Truth.NO),
        ("NOT OK(root)", Truth.YES),
        ("INSUFFICIENT_DATA(root) OR FALSE", Truth.NO),
        ("ALARM(other) AND (ALARM(root) OR TRUE)", Truth.UNKNOWN),
        ("FALSE AND ALARM(root) OR ALARM(root)", Truth.YES),
        ("FALSE", Truth.NO),
        ("AT_LEAST(1, ALARM, (root, other))", Truth.UNKNOWN),
        ("ALARM(root", Truth.UNKNOWN),
        ("", Truth.UNKNOWN),
        ("(" * 10_000, Truth.UNKNOWN),
        ("NOT " * 2_001 + "ALARM(root)", Truth.NO),
        ("x" * 20_000, Truth.UNKNOWN),
    ],
)
def test_one_alarm_alone(rule: str, expected: Truth) -> None:
    assert fires(value(rule), names) is expected


def test_a_hole_is_asked_of() -> None:
    rule = Text(("ALARM(", unknown(), ") OR ALARM(root)"), SPAN)
    assert fires(rule, names) is Truth.YES
    assert fires(Text(("ALARM(", unknown(), ")"), SPAN), names) is Truth.UNKNOWN
    assert fires(Text(("ALARM(ro", unknown(), ")"), SPAN), lambda *_: Truth.YES) is Truth.UNKNOWN
