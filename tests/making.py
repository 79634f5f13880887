"""Reports made by hand: what a run would say, without a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rootlint.check import Check, Outcome
from rootlint.finding import Finding, Group, Label, Open, Report, Severity, Undecided, Violation
from rootlint.model.estate import Estate
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.value import Map, Unknown, Why
from rootlint.model.watch import Trail
from rootlint.source import SourceFile, Sources, Span


def _nothing(subject: Trail, estate: Estate) -> Iterator[Outcome]:
    yield from ()


def a_check(
    name: str = "a-fault", severity: Severity = Severity.HIGH, **fields: Any
) -> Check[Trail]:
    doc = "Something is wrong.\n\nIt is wrong because.\n\n## Fix\n\nMend it."
    check = Check(
        name=name,
        subject=Trail,
        group=Group.ALARMS,
        severity=severity,
        since="0.1.0",
        refs=("https://docs.aws.amazon.com/",),
        controls=(),
        aliases=(),
        doc=doc,
        run=_nothing,
    )
    return replace(check, **fields)


@dataclass(frozen=True, slots=True)
class Shown:
    """A proof that says what it is given."""

    kind: str = "request"
    said: tuple[str, ...] = ("iam:CreateAccessKey", "by root → allowed")

    def replay(self) -> Truth:
        return Truth.YES

    def lines(self) -> tuple[str, ...]:
        return self.said

    def fields(self) -> dict[str, object]:
        return {"action": self.said[0]}


class Text:
    """The files of a report, and places in them by the words that stand there."""

    def __init__(self, **files: str) -> None:
        self.sources = Sources()
        for name, text in files.items():
            self.sources.add(SourceFile(name.replace("__", "/").replace("_", "."), text))

    def at(self, path: str, words: str, nth: int = 0) -> Span:
        file = self.sources.read(path)
        assert isinstance(file, SourceFile)
        start = -1
        for _ in range(nth + 1):
            start = file.text.index(words, start + 1)
        return Span(path, start, start + len(words))

    def resource(self, path: str, head: str, address: str = "aws_cloudtrail.main") -> Resource:
        at = self.at(path, head)
        return Resource("org", address, address.partition(".")[0], Map({}, at), at, at)

    def finding(
        self, path: str, words: str, check: Check[Trail] | None = None, **fields: Any
    ) -> Finding:
        """A finding at some words of a file; `fields` are those of its violation."""
        head = fields.pop("head", words)
        at = self.at(path, words, fields.pop("nth", 0))
        resource = fields.pop("about", None) or self.resource(path, head)
        units = fields.pop("units", ("org",))
        given = {"message": "this is wrong", "proof": Shown(), "fix": "mend it", **fields}
        violation = Violation(at, **given)
        return Finding(check or a_check(), resource, violation, "f" * 32, units, resource.calls)

    def open(self, path: str, words: str, check: Check[Trail] | None = None, *why: Unknown) -> Open:
        at = self.at(path, words)
        undecided = Undecided(at, "is this wrong?", why)
        return Open(check or a_check(), self.resource(path, words), undecided, ("org",))

    def unknown(self, path: str, words: str, detail: str = "var.targets") -> Unknown:
        return Unknown(Why.VARIABLE, detail, self.at(path, words))

    def label(self, path: str, words: str, text: str) -> Label:
        return Label(self.at(path, words), text)

    def report(self, *findings: Finding, **fields: Any) -> Report:
        checks = tuple({found.check.name: found.check for found in findings}.values())
        return Report(self.sources, findings=findings, **{"checks": checks, **fields})
