"""The report as JSON: version 1 of a contract that others build on.

Keys are only ever added. `broken` is there where rootlint itself has failed, `notes` where the
settings leave something out.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from rootlint import __version__
from rootlint.finding import Broken, Finding, Label, Open, Report
from rootlint.model.value import Unknown
from rootlint.report.places import related, start_and_end
from rootlint.report.secret import mask
from rootlint.source import Position, Sources, Span, Unreadable

VERSION = 1


def write(report: Report, out: TextIO) -> None:
    """One JSON document, in ASCII, with a line break at its end."""
    json.dump(document(report), out, indent=2)
    out.write("\n")


def document(report: Report) -> dict[str, Any]:
    sources = report.sources
    said: dict[str, Any] = {
        "version": VERSION,
        "rootlint": __version__,
        "findings": [_finding(found, sources) for found in report.findings],
        "undecided": [_open(found, sources) for found in report.undecided],
        "unreadable": [_unreadable(found, sources) for found in report.unreadable],
        "summary": _summary(report),
    }
    if report.broken:
        said["broken"] = [_broken(bug) for bug in report.broken]
    return said


def _summary(report: Report) -> dict[str, Any]:
    summary: dict[str, Any] = {
        "files": report.files,
        "units": report.units,
        "resources": report.resources,
        "checks": len(report.checks),
        "hidden": {"ignored": report.ignored, "baseline": report.baseline},
    }
    if report.notes:
        summary["notes"] = list(report.notes)
    return summary


def _finding(found: Finding, sources: Sources) -> dict[str, Any]:
    violation = found.violation
    proof = violation.proof
    return {
        "check": found.check.name,
        "group": found.check.group.value,
        "severity": found.severity.value,
        "message": mask(violation.message),
        **_place(violation.at, sources),
        "resource": found.resource.address or None,
        "units": list(found.units),
        "proof": _masked({"kind": proof.kind, **proof.fields(), "lines": proof.lines()}),
        "because": [mask(reason) for reason in violation.because],
        "fix": violation.fix,
        "related": [_label(label, sources) for label in related(found)],
        "fingerprint": found.fingerprint,
    }


def _open(found: Open, sources: Sources) -> dict[str, Any]:
    return {
        "check": found.check.name,
        "group": found.check.group.value,
        "question": mask(found.undecided.question),
        **_place(found.undecided.at, sources),
        "because": [_unknown(why, sources) for why in found.undecided.because],
    }


def _unknown(why: Unknown, sources: Sources) -> dict[str, Any]:
    start, _ = start_and_end(why.span, sources)
    return {
        "why": why.why.value,
        "detail": mask(why.detail),
        "path": why.span.path,
        "start": _position(start),
    }


def _unreadable(found: Unreadable, sources: Sources) -> dict[str, Any]:
    start = start_and_end(found.span, sources)[0] if found.span else None
    return {
        "path": found.path,
        "start": _position(start) if start else None,
        "reason": found.reason,
    }


def _broken(bug: Broken) -> dict[str, Any]:
    return {"check": bug.check, "resource": bug.resource, "problem": mask(bug.problem)}


def _label(label: Label, sources: Sources) -> dict[str, Any]:
    return {**_place(label.span, sources), "message": mask(label.text)}


def _place(span: Span, sources: Sources) -> dict[str, Any]:
    start, end = start_and_end(span, sources)
    return {"path": span.path, "start": _position(start), "end": _position(end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _masked(value: Any) -> Any:
    """The fields of a proof with every text masked. Proofs are ours and flat: they nest little."""
    match value:
        case str():
            return mask(value)
        case dict():
            return {str(key): _masked(item) for key, item in value.items()}
        case list() | tuple():
            return [_masked(item) for item in value]
        case _:
            return value
