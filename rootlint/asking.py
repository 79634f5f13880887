"""One check asked about one subject: its outcomes with the proofs replayed, or the bug that ends them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from rootlint.check import AnyCheck, Outcome
from rootlint.finding import Broken, Finding, Open, Undecided, Violation
from rootlint.model.estate import Estate
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared
from rootlint.model.value import Unknown


def ask(check: AnyCheck, subject: Declared, estate: Estate) -> Iterator[Finding | Open | Broken]:
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
            once = replace(outcome, because=_told_once(outcome.because))
            return Open(check, resource, once, (resource.unit,))
        case Violation() if subject.exists is Truth.UNKNOWN:
            reasons = (subject.because,) if subject.because else ()
            question = Undecided(outcome.at, f"is this there at all? {outcome.message}", reasons)
            return Open(check, resource, question, (resource.unit,))
        case Violation() if outcome.proof.replay() is Truth.YES:
            mark = fingerprint(check.name, resource.address, outcome)
            return Finding(check, resource, outcome, mark, (resource.unit,), resource.calls)
        case Violation():
            return Broken(check.name, resource.address, "the proof does not replay")


def _told_once(because: tuple[Unknown, ...]) -> tuple[Unknown, ...]:
    """Reasons of which no two read the same, in the order in which they came."""
    return tuple({(why.why, why.detail, why.span): why for why in because}.values())


def fingerprint(check: str, address: str, violation: Violation) -> str:
    """What stays the same when lines move: check, file, address, kind of proof, deciding field."""
    parts = (check, violation.at.path, address, violation.proof.kind, violation.deciding)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
