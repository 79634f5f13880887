"""The report as SARIF 2.1.0, as GitHub code scanning reads it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from rootlint.finding import Broken, Finding, Label, Report
from rootlint.report.line_hash import LineHashes
from rootlint.report.places import related, start_and_end
from rootlint.report.sarif_rules import references, sentence, tool
from rootlint.report.secret import mask
from rootlint.source import SourceFile, Sources, Span, Unreadable

if TYPE_CHECKING:
    from rootlint.proof import Proof

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
_MOST_STEPS = 1000  # what GitHub reads of a path
_MOST_LABELS = 100  # what it shows of the places of a result


def write(report: Report, out: TextIO) -> None:
    """One SARIF log of one run, in one line of ASCII. Indented, 5,000 results take a second more."""
    out.write(f"{json.dumps(log(report))}\n")


def log(report: Report) -> dict[str, Any]:
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report).run()]}


class _Run:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._places = _Places(report.sources)
        self._rules = references(report.checks)

    def run(self) -> dict[str, Any]:
        report = self._report
        incomplete = any(found.configuration for found in report.unreadable) or report.broken
        notifications = [
            *map(self._unreadable, report.unreadable),
            *map(_bug, report.broken),
        ]
        return {
            "tool": tool(report.checks),
            "automationDetails": {"id": "rootlint/"},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
            "invocations": [
                {
                    "executionSuccessful": not incomplete,
                    "toolExecutionNotifications": notifications,
                }
            ],
            "results": [self._result(found) for found in report.findings],
        }

    def _result(self, found: Finding) -> dict[str, Any]:
        violation = found.violation
        labels = related(found)[:_MOST_LABELS]
        location = self._places.location(violation.at, found.resource.address)
        return {
            **self._rules[found.check.name],
            "level": found.severity.level,
            "message": {"text": _message(found, labels)},
            "locations": [location],
            "relatedLocations": [
                {"id": number, **self._places.told(label.span, label.text)}
                for number, label in enumerate(labels, 1)
            ],
            "codeFlows": [self._flow(found, labels)],
            "partialFingerprints": {
                "primaryLocationLineHash": self._places.line_hash(violation.at),
                "rootlint/v1": found.fingerprint,
            },
            "properties": {"units": list(found.units), "severity": found.severity.value},
        }

    def _flow(self, found: Finding, labels: Sequence[Label]) -> dict[str, Any]:
        """The proof as a path: what leads to the fault, the fault, and what it lets happen."""
        violation = found.violation
        said = [violation.seen or violation.message, *_sentences(violation.proof)]
        steps = [*labels, *(Label(violation.at, text) for text in said)]
        locations = [
            {"location": self._places.told(step.span, step.text)} for step in steps[:_MOST_STEPS]
        ]
        return {
            "message": {"text": sentence(f"{violation.proof.kind} that shows it")},
            "threadFlows": [{"locations": locations}],
        }

    def _unreadable(self, found: Unreadable) -> dict[str, Any]:
        span = found.span or Span(found.path, 0, 0)
        return {
            "descriptor": {"id": "unreadable"},
            "level": "error" if found.configuration else "note",
            "message": {"text": sentence(found.reason)},
            "locations": [self._places.location(span)],
        }


def _bug(bug: Broken) -> dict[str, Any]:
    text = f"{bug.check}, about `{bug.resource}`: {mask(bug.problem)}"
    return {
        "descriptor": {"id": "bug"},
        "level": "error",
        "message": {"text": f"This is a bug of rootlint. {sentence(text)}"},
    }


def _message(found: Finding, labels: Sequence[Label]) -> str:
    """The verdict in the first sentence, then the proof, what is related as links, and the fix."""
    violation = found.violation
    proof = "; ".join(_sentences(violation.proof))
    links = [f"[{_plain(label.text)}]({number})" for number, label in enumerate(labels, 1)]
    parts = [
        sentence(violation.message),
        sentence(f"{violation.proof.kind}: {proof}"),
        *map(sentence, violation.because),
        *([sentence(f"see {', '.join(links)}")] if links else []),
        sentence(f"fix: {violation.fix}"),
    ]
    return mask(" ".join(parts))


def _sentences(proof: Proof) -> Iterator[str]:
    """The lines of a proof; carets say nothing where no line stands above them."""
    return (line.strip() for line in proof.lines() if line.strip(" ^"))


def _plain(text: str) -> str:
    """A text that can stand in a link."""
    return text.replace("[", "(").replace("]", ")") or "here"


class _Places:
    """Spans as SARIF locations, relative to the root of the repository."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._root = _repository()
        self._artifacts: dict[str, dict[str, str]] = {}
        self._hashes: dict[str, LineHashes] = {}

    def location(self, span: Span, address: str = "") -> dict[str, Any]:
        physical = {"artifactLocation": self._artifact(span.path), "region": self._region(span)}
        found: dict[str, Any] = {"physicalLocation": physical}
        if address:
            found["logicalLocations"] = [{"fullyQualifiedName": address, "kind": "resource"}]
        return found

    def told(self, span: Span, text: str) -> dict[str, Any]:
        """A location with what is to be seen there."""
        return {**self.location(span), "message": {"text": sentence(mask(text) or "see here")}}

    def line_hash(self, span: Span) -> str:
        file = self._sources.read(span.path)
        if span.path not in self._hashes:
            self._hashes[span.path] = LineHashes(file.text if isinstance(file, SourceFile) else "")
        return self._hashes[span.path].of(start_and_end(span, self._sources)[0].line)

    def _region(self, span: Span) -> dict[str, int]:
        """One line: a pull request only shows an alert of which all lines are in its diff."""
        start, end = start_and_end(span, self._sources)
        file = self._sources.read(span.path)
        column = end.column
        if end.line > start.line and isinstance(file, SourceFile):
            column = max(start.column, len(file.line(start.line).rstrip()) + 1)
        return {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": start.line,
            "endColumn": column,
        }

    def _artifact(self, path: str) -> dict[str, str]:
        if path not in self._artifacts:
            inside = os.path.relpath(os.path.realpath(path), self._root).replace(os.sep, "/")
            self._artifacts[path] = {"uri": quote(inside), "uriBaseId": ROOT}
            if inside.startswith("../"):
                self._artifacts[path] = {"uri": Path(path).resolve().as_uri()}
        return self._artifacts[path]


def _repository() -> str:
    """The top of the git work tree around the working directory, else the working directory."""
    here = Path.cwd().resolve()
    tops = (folder for folder in (here, *here.parents) if (folder / ".git").exists())
    return str(next(tops, here))
