"""Ignores that are faults themselves: each is a finding of `bad-ignore`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from rootlint.check import AnyCheck
from rootlint.finding import Finding, Violation
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.value import Map
from rootlint.record import dataclass
from rootlint.registry import BAD_IGNORE
from rootlint.settings import nearest
from rootlint.suppress.waiver import Waiver


@dataclass(frozen=True, slots=True)
class IgnoreProof:
    """The ignore as it is written, and what came of it. `ran` is false where its check did not run."""

    check: str
    reason: str
    known: bool
    ran: bool
    hides: int

    @property
    def kind(self) -> str:
        return "declared"

    def fault(self) -> str:
        """What is wrong with the ignore, or ""."""
        if not self.check:
            return "this comment is no ignore that rootlint understands"
        if self.check == BAD_IGNORE.name:
            return f"`{BAD_IGNORE.name}` cannot be ignored"
        if not self.known:
            return f"no check is called `{self.check}`"
        if not self.reason:
            return "this ignore gives no reason, so that it hides nothing"
        if self.ran and not self.hides:
            return "this ignore hides nothing"
        return ""

    def replay(self) -> Truth:
        return Truth.of(bool(self.fault()))

    def lines(self) -> tuple[str, ...]:
        return (f"ignore = {self.check or '(none)'}", f"reason = {self.reason or '(none)'}")

    def fields(self) -> dict[str, object]:
        return {
            "resource": "",
            "attribute": "ignore",
            "value": self.check,
            "reason": self.reason,
            "lines": list(self.lines()),
        }


def bad_ignore(
    waiver: Waiver, hides: int, names: Mapping[str, AnyCheck], *, ran: bool
) -> Finding | None:
    """The finding about an ignore that is at fault. `names` are all that a check may be called."""
    proof = IgnoreProof(waiver.check, waiver.reason, waiver.check in names, ran, hides)
    message = proof.fault()
    if not message or proof.replay() is not Truth.YES:
        return None
    violation = Violation(
        at=waiver.at,
        message=message + (nearest(waiver.check, names) if waiver.check not in names else ""),
        proof=proof,
        fix=_fix(proof),
        deciding=waiver.check,
    )
    return Finding(BAD_IGNORE, _nothing(waiver), violation, _fingerprint(waiver, message), ())


def _fix(proof: IgnoreProof) -> str:
    if not proof.check:
        return "write `# rootlint: ignore[name] reason`"
    if not proof.known:
        return "write the name of a check: `rootlint checks` lists them"
    if not proof.reason and proof.check != BAD_IGNORE.name:
        return "say after the name why this is no fault here"
    return "remove it"


def _nothing(waiver: Waiver) -> Resource:
    """An ignore is about no resource: this one has no address."""
    return Resource("", "", "", Map({}, waiver.at), waiver.at, waiver.at)


def _fingerprint(waiver: Waiver, message: str) -> str:
    parts = (BAD_IGNORE.name, waiver.at.path, waiver.check, "declared", message)
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]
