"""What a check says, and what a report reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from rootlint.model.resource import Label, Resource
from rootlint.model.value import Unknown
from rootlint.record import dataclass
from rootlint.source import Sources, Span, Unreadable

if TYPE_CHECKING:
    from rootlint.check import Check
    from rootlint.proof import Proof  # it knows how AWS decides, which a report need not import

__all__ = [
    "Broken",
    "Finding",
    "Group",
    "Label",
    "Open",
    "Report",
    "Severity",
    "Undecided",
    "Violation",
    "doubtful",
]


class Severity(Enum):
    """How bad it is, the worst first. `level` is the word that the terminal shows."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """4 for critical down to 0 for note."""
        return 4 - list(Severity).index(self)

    @property
    def level(self) -> str:
        return "error" if self.rank >= 3 else "warning" if self.rank == 2 else "note"


class Group(Enum):
    KEYS = "keys"
    CREDENTIALS_IN_CODE = "credentials-in-code"
    MFA = "mfa"
    ALARMS = "alarms"
    MONITORING = "monitoring"
    GUARDRAILS = "guardrails"
    ORGANIZATION = "organization"
    RECOVERY = "recovery"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Violation:
    """A fault that a check can show. `message` holds no address: twins in two languages say the same.

    `at` is where the caret points, `seen` what is to be seen there ("compares `*` literally").
    `resource` is what the finding is about where that is not the check's subject.
    `deciding` is the field that decided, for the fingerprint: never a line number.
    `fault` names the fault where the check can show several of which `reason/precedence.py` treats
    one apart ("disabled"); `concerns` are further resources that the fault touches, for the same use.
    """

    at: Span
    message: str
    proof: Proof
    fix: str
    seen: str = ""
    severity: Severity | None = None
    related: tuple[Label, ...] = ()
    because: tuple[str, ...] = ()
    resource: Resource | None = None
    deciding: str = ""
    fault: str = ""
    concerns: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """A question that unknown values leave open, and which ones."""

    at: Span
    question: str
    because: tuple[Unknown, ...] = ()
    resource: Resource | None = None


def doubtful(
    outcomes: Iterable[Violation | Undecided], question: str, because: tuple[Unknown, ...]
) -> Iterator[Violation | Undecided]:
    """The outcomes, each an open question where something hides whether it is a fault."""
    for outcome in outcomes:
        if because and isinstance(outcome, Violation):
            yield Undecided(outcome.at, question, because, outcome.resource)
        else:
            yield outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation whose proof was replayed. `units` are all units in which the same fault shows.

    `calls` are the module calls or nested stacks that lead to it in each of them.
    """

    check: Check[Any]
    resource: Resource
    violation: Violation
    fingerprint: str
    units: tuple[str, ...]
    calls: tuple[Label, ...] = ()

    @property
    def severity(self) -> Severity:
        return self.violation.severity or self.check.severity


@dataclass(frozen=True, slots=True)
class Open:
    """An `Undecided` of a check about a resource."""

    check: Check[Any]
    resource: Resource
    undecided: Undecided
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug of ours: a check that crashed, or a proof that does not replay."""

    check: str
    resource: str
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run has to say, in the order in which it is to be said; the formats read only this.

    `files`, `units` and `resources` are counts, `checks` the checks that ran. `ignored` and
    `baseline` count what was hidden. `notes` are sentences about the run (what the settings leave
    out). `seconds` is wall time. `sources` turns spans into lines.
    """

    sources: Sources
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Open, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    broken: tuple[Broken, ...] = ()
    checks: Sequence[Check[Any]] = ()
    notes: tuple[str, ...] = ()
    files: int = 0
    units: int = 0
    resources: int = 0
    ignored: int = 0
    baseline: int = 0
    seconds: float = 0.0
