"""Run the checks, replay their proofs, and let the most precise check speak."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rootlint.check import AnyCheck, Outcome
from rootlint.finding import Broken, Finding, Open, Severity, Undecided, Violation
from rootlint.model.estate import Estate
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.reason.common_cause import Fault
from rootlint.reason.precedence import outspoken


class Judgement(NamedTuple):
    """What all checks say of an estate, before anybody ignores or selects anything."""

    findings: tuple[Finding, ...]
    undecided: tuple[Open, ...]
    broken: tuple[Broken, ...]


def judge(checks: Iterable[AnyCheck], estate: Estate) -> Judgement:
    """Ask every check of every subject; findings are replayed, merged over units and sorted."""
    findings: list[Finding] = []
    undecided: list[Open] = []
    broken: list[Broken] = []
    for check in checks:
        for subject in estate.every(check.subject):
            for outcome in _ask(check, subject, estate):
                match outcome:
                    case Finding():
                        findings.append(outcome)
                    case Open():
                        undecided.append(outcome)
                    case Broken():
                        broken.append(outcome)
    merged = _merge_findings(_precise(findings, estate))
    return Judgement(merged, _merge_open(undecided), tuple(broken))


def _ask(check: AnyCheck, subject: Declared, estate: Estate) -> Iterator[Finding | Open | Broken]:
    """The outcomes of one check about one subject; a crash ends them with the bug's name."""
    address = subject.resource.address
    try:
        for outcome in check.run(subject, estate):
            yield _stamp(check, subject.resource, outcome)
    except Exception as bug:  # noqa: BLE001 - a check that crashes must not take the others with it
        yield Broken(check.name, address, f"the check crashed: {type(bug).__name__}: {bug}")


def _stamp(check: AnyCheck, subject: Resource, outcome: Outcome) -> Finding | Open | Broken:
    resource = outcome.resource or subject
    match outcome:
        case Undecided():
            return Open(check, resource, outcome, (resource.unit,))
        case Violation() if subject.exists is Truth.UNKNOWN:
            reasons = (subject.because,) if subject.because else ()
            question = Undecided(outcome.at, f"is this there at all? {outcome.message}", reasons)
            return Open(check, resource, question, (resource.unit,))
        case Violation() if outcome.proof.replay() is Truth.YES:
            mark = fingerprint(check.name, resource.address, outcome)
            return Finding(check, resource, outcome, mark, (resource.unit,), resource.calls)
        case Violation():
            return Broken(check.name, resource.address, "the proof does not replay")


def fingerprint(check: str, address: str, violation: Violation) -> str:
    """What stays the same when lines move: check, file, address, kind of proof, deciding field."""
    parts = (check, violation.at.path, address, violation.proof.kind, violation.deciding)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


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
