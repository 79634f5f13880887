from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootlint.model.estate import Estate
from rootlint.model.organization import Organization, OrganizationPolicy
from rootlint.model.unit import Unit
from rootlint.model.value import Known
from rootlint.reason.common_cause import Fault, Shared
from rootlint.reason.precedence import ROWS, Row, outspoken
from rootlint.source import Span
from tests.reason.making import resource
from tests.reason.policies import document

HERE = Span("main.tf", 0, 1)
NOTHING = Estate([])
PAIRS = [(row, entry) for row in ROWS for entry in sorted(row.silent)]
NAMES = sorted({row.speaks for row in ROWS} | {x.partition(":")[0] for _, x in PAIRS})


def fault(
    check: str, about: str = "x", unit: str = "u", at: Span = HERE, concerns: str = ""
) -> Fault:
    name, _, kind = check.partition(": ")
    return Fault(name, unit, about, at, kind, frozenset(concerns.split()))


def speaking(*faults: Fault, estate: Estate = NOTHING) -> list[str]:
    answers = outspoken(faults, estate)
    return [found.check for found, speaks in zip(faults, answers, strict=True) if speaks]


def organizations(*units: str) -> Estate:
    return Estate(Unit(name, (Organization(resource("o", unit=name)),)) for name in units)


def cause_of(row: Row) -> Fault:
    return fault(f"{row.speaks}: {row.fault}")


def upper(row: Row, entry: str) -> bool:
    """Whether no row above lets the silent check explain the one that speaks."""
    name = entry.partition(":")[0]
    above = ROWS[: ROWS.index(row)]
    return not any(x.speaks == name and row.speaks in x.silent and not x.fault for x in above)


@pytest.mark.parametrize(("row", "entry"), PAIRS)
def test_what_a_row_explains_is_silent(row: Row, entry: str) -> None:
    expected = row.speaks if upper(row, entry) else fault(entry).check
    assert speaking(fault(entry), cause_of(row)) == [expected]


@pytest.mark.parametrize(("row", "entry"), PAIRS)
def test_another_unit_keeps_its_say(row: Row, entry: str) -> None:
    other = fault(entry, unit="v")
    assert speaking(cause_of(row), other) == [row.speaks, other.check]
    both = speaking(cause_of(row), other, estate=organizations("u", "v"))
    assert both == [row.speaks, other.check]


@pytest.mark.parametrize(("row", "entry"), PAIRS)
def test_units_share_the_only_organization(row: Row, entry: str) -> None:
    found = speaking(cause_of(row), fault(entry, unit="v"), estate=organizations("v"))
    assert (found == [row.speaks]) is (row.shared is Shared.ORGANIZATION)


@pytest.mark.parametrize(("row", "entry"), PAIRS)
def test_a_note_explains_nothing(row: Row, entry: str) -> None:
    note = cause_of(row)._replace(is_note=True)
    assert fault(entry).check in speaking(note, fault(entry))


@pytest.mark.parametrize("row", [row for row in ROWS if row.fault])
def test_a_row_of_one_fault_needs_that_fault(row: Row) -> None:
    for entry in row.silent - {"root-event-rule-wrong-region"}:
        assert speaking(fault(row.speaks), fault(entry)) == [row.speaks, entry]


def test_what_concerns_another_thing_is_another_fault() -> None:
    bypassed = fault("mfa-deny-bypassable", "policy")
    anna = fault("console-user-without-mfa-enforcement", "anna", concerns="policy")
    otto = fault("console-user-without-mfa-enforcement", "otto", concerns="other")
    assert speaking(bypassed, anna, otto) == [bypassed.check, otto.check]


def test_one_trail_says_nothing_of_another() -> None:
    silent = fault("trail-not-logging", "a")
    found = speaking(silent, fault("trail-drops-root-events", "b"))
    assert found == ["trail-not-logging", "trail-drops-root-events"]


def test_a_rule_that_is_off_has_no_region() -> None:
    off = fault("root-event-rule-misses-events: disabled")
    region = fault("root-event-rule-wrong-region")
    assert speaking(off, region) == ["root-event-rule-misses-events"]
    assert speaking(off._replace(kind=""), region) == ["root-event-rule-wrong-region"]


def test_two_statements_of_a_policy_are_two_faults() -> None:
    found = document({}, {"Action": "iam:*"})
    kind = Known("SERVICE_CONTROL_POLICY", HERE)
    scp = OrganizationPolicy(resource("p", unit="u"), kind, found)
    estate = Estate([Unit("u", (scp,))])
    first, second = (statement.span for statement in found.statements)
    through = fault("root-deny-lets-requests-through", "p", at=first)
    bypassed = fault("mfa-deny-bypassable", "p", at=second)
    assert len(speaking(through, bypassed, estate=estate)) == 2
    assert len(speaking(through, bypassed._replace(at=first), estate=estate)) == 1
    assert len(speaking(through._replace(at=HERE), bypassed, estate=estate)) == 1


FAULTS = st.lists(
    st.builds(
        fault,
        st.sampled_from(NAMES),
        st.sampled_from("xyz"),
        st.sampled_from("uv"),
        concerns=st.sampled_from(["", "x", "y z"]),
    ),
    max_size=12,
    unique=True,
)


@settings(deadline=None)
@given(FAULTS.flatmap(lambda faults: st.tuples(st.just(faults), st.permutations(faults))))
def test_the_order_of_the_faults_decides_nothing(
    faults: tuple[Sequence[Fault], Sequence[Fault]],
) -> None:
    first, second = faults
    assert sorted(speaking(*first)) == sorted(speaking(*second))


@settings(deadline=None)
@given(FAULTS)
def test_of_one_fault_somebody_speaks(faults: list[Fault]) -> None:
    assert bool(speaking(*faults)) is bool(faults)


def test_ten_thousand_faults_of_one_unit_are_quick() -> None:
    many = 10_000
    faults: Sequence[Fault] = [
        fault(name, f"t{number}")
        for name in ("trail-drops-root-events", "trail-without-root-alarm")
        for number in range(many)
    ]
    assert speaking(*faults) == ["trail-drops-root-events"] * many
