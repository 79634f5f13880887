"""GuardDuty is told to say nothing of the root user.

GuardDuty makes a finding, `Policy:IAMUser/RootCredentialUsage`, when credentials of the root user
are used. This code archives it as it comes, or switches GuardDuty off: an archived finding goes
neither to EventBridge nor to Security Hub, so nobody who waits for it there is told.

## Fix

Leave the finding alone: take its type out of the filter, or let the filter do nothing (`NOOP`). Where
a filter archives by severity, exclude the type with a `NotEquals`.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_FINDING,
    ROOT_FINDINGS,
    DeclaredProof,
    Detector,
    Estate,
    FindingFilter,
    Group,
    Label,
    Outcome,
    Severity,
    Truth,
    Undecided,
    Value,
    Violation,
    check,
    flag,
    spells,
    takes,
    takes_all,
    unknowns,
)


@check(
    FindingFilter,
    Detector,
    group=Group.MONITORING,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html",
        "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
    ),
    controls=ROOT_FINDINGS,
)
def root_finding_suppressed(found: FindingFilter | Detector, estate: Estate) -> Iterator[Outcome]:
    if isinstance(found, Detector):
        yield from _switched_off(found)
    elif found.action is not None and found.criteria is not None:
        yield from _archived(found.action, found.criteria)


def _archived(action: Value, criteria: Value) -> Iterator[Outcome]:
    archives = spells(action, "ARCHIVE")
    taken = takes(criteria)
    match archives & taken.truth:
        case Truth.YES:
            yield Violation(
                at=action.span,
                seen="GuardDuty archives what the filter takes",
                message="this filter archives the finding that root's credentials were used",
                proof=DeclaredProof(
                    "guardduty:CreateFilter",
                    "FindingCriteria",
                    criteria,
                    takes_all,
                    shown='with Action = "ARCHIVE"',
                    told=(
                        f"takes {ROOT_FINDING}",
                        "→ it is archived as it comes; EventBridge and Security Hub get nothing",
                    ),
                ),
                fix=f"keep {ROOT_FINDING} out of what the filter archives",
                severity=Severity.NOTE if taken.narrowed else None,
                related=tuple(Label(x.span, "only where this holds") for x in taken.narrowed),
                deciding="Action",
            )
        case Truth.UNKNOWN:
            question = "does this filter archive the finding that root's credentials were used?"
            yield Undecided(action.span, question, (*unknowns(action), *taken.unknowns))
        case Truth.NO:
            return


def _switched_off(detector: Detector) -> Iterator[Outcome]:
    enabled = detector.enabled
    if enabled is None:
        return
    match flag(enabled):
        case Truth.NO:
            yield Violation(
                at=enabled.span,
                seen="no findings are made",
                message="GuardDuty is switched off and makes no finding about the root user",
                proof=DeclaredProof(
                    "guardduty:CreateDetector",
                    "Enable",
                    enabled,
                    lambda text: text == "false",
                    told=(f"→ {ROOT_FINDING} is never made",),
                ),
                fix="leave the detector enabled",
                severity=Severity.LOW,
                deciding="Enable",
            )
        case Truth.UNKNOWN:
            yield Undecided(enabled.span, "is GuardDuty switched on?", tuple(unknowns(enabled)))
        case Truth.YES:
            return
