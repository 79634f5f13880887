"""Run the checks, replay their proofs, and let the most precise check speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rootlint.asking import ask
from rootlint.check import AnyCheck
from rootlint.finding import Broken, Finding, Open, Severity
from rootlint.model.estate import Estate
from rootlint.model.unit import Unit
from rootlint.reason.common_cause import Fault
from rootlint.reason.precedence import outspoken
from rootlint.scenarios import Again, Said, under_scenarios


class Judgement(NamedTuple):
    """What all checks say of an estate, before anybody ignores or selects anything."""

    findings: tuple[Finding, ...]
    undecided: tuple[Open, ...]
    broken: tuple[Broken, ...]


def _as_it_is(unit: Unit) -> None:
    """No scenarios: a unit that cannot be read again."""


def judge(checks: Iterable[AnyCheck], estate: Estate, again: Again = _as_it_is) -> Judgement:
    """Ask every check of every subject; findings are replayed, merged over units and sorted.

    What hangs on conditions that are not known is asked once more in each scenario, which `again`
    reads.
    """
    known = tuple(checks)
    said = Said.nothing()
    for check in known:
        for subject in estate.every(check.subject):
            for outcome in ask(check, subject, estate):
                said.add(outcome)
    said = under_scenarios(known, estate, said, _precise, again)
    merged = _merge_findings(_precise(said.findings, estate))
    return Judgement(merged, _merge_open(said.undecided), tuple(said.broken))


def _merge_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same fault at the same place, reached from several units, is one finding."""
    merged: dict[tuple[object, ...], Finding] = {}
    for found in findings:
        key = (found.check.name, found.violation.at, found.violation.message)
        first = merged.setdefault(key, found)
        if found.units[0] not in first.units:
            calls = tuple(dict.fromkeys((*first.calls, *found.calls)))
            merged[key] = replace(first, units=(*first.units, *found.units), calls=calls)
    return tuple(sorted(merged.values(), key=lambda found: _order(found.check, found.violation.at)))


def _merge_open(undecided: Iterable[Open]) -> tuple[Open, ...]:
    merged: dict[tuple[object, ...], Open] = {}
    for found in undecided:
        key = (found.check.name, found.undecided.at, found.undecided.question)
        first = merged.setdefault(key, found)
        if found.units[0] not in first.units:
            units = (*first.units, *found.units)
            merged[key] = Open(first.check, first.resource, first.undecided, units)
    return tuple(sorted(merged.values(), key=lambda found: _order(found.check, found.undecided.at)))


def _order(check: AnyCheck, at: object) -> tuple[object, str]:
    # One file has one set of offsets, so that offsets sort as lines do.
    return (at, check.name)


def _precise(findings: list[Finding], estate: Estate) -> Iterator[Finding]:
    """Without the findings that a more precise check explains."""
    speaks = outspoken([_fault(found) for found in findings], estate)
    return (found for found, alone in zip(findings, speaks, strict=True) if alone)


def _fault(found: Finding) -> Fault:
    violation = found.violation
    return Fault(
        found.check.name,
        found.resource.unit,
        found.resource.address,
        violation.at,
        violation.fault,
        frozenset(resource.address for resource in violation.concerns),
        found.severity is Severity.NOTE,
    )
