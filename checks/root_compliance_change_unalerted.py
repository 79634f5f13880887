"""A rule notices that the root user is unprotected, and tells nobody.

AWS Config looks whether the root user has an access key or lacks MFA. When that changes it writes
`NON_COMPLIANT` into a list. Nothing in this code carries that to a person: no event rule for
`Config Rules Compliance Change`, no topic of the delivery channel with a subscriber, no remediation.

## Fix

Add an event rule for the source `aws.config` with the detail type `Config Rules Compliance Change`,
and a topic with a subscriber as its target.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_FINDINGS,
    ConfigRule,
    Control,
    DeclaredProof,
    EnabledControl,
    Estate,
    Group,
    Label,
    Outcome,
    Severity,
    Truth,
    Undecided,
    Violation,
    check,
    compliance_heard,
    names_root_rule,
    packed_with,
    unknowns,
    watches_root,
)

_CALLS = {
    ConfigRule: ("config:PutConfigRule", "SourceIdentifier"),
    EnabledControl: ("controltower:EnableControl", "controlIdentifier"),
}


@check(
    ConfigRule,
    EnabledControl,
    group=Group.MONITORING,
    severity=Severity.LOW,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html",
        "https://docs.aws.amazon.com/config/latest/developerguide/iam-root-access-key-check.html",
    ),
    controls=(*ROOT_FINDINGS, Control("SOC 2", "CC7.3")),
)
def root_compliance_change_unalerted(
    rule: ConfigRule | EnabledControl, estate: Estate
) -> Iterator[Outcome]:
    identifier = rule.identifier
    watches = watches_root(rule)
    if identifier is None or watches is Truth.NO or "alarms" in estate.elsewhere:
        return
    reach = compliance_heard(estate, rule)
    others = _told_with(rule, reach.truth, estate)
    if others is None:
        return
    match watches & ~reach.truth:
        case Truth.YES:
            yield Violation(
                at=identifier.span,
                seen="looks at the root user",
                message="this rule notices an unprotected root user, and nobody is told",
                proof=DeclaredProof(
                    *_CALLS[type(rule)],
                    identifier,
                    names_root_rule,
                    told=(
                        "→ Config Rules Compliance Change: NON_COMPLIANT",
                        f"→ {reach.reason}",
                        "→ nobody hears of it",
                    ),
                ),
                fix="add an event rule for aws.config with a target that tells somebody",
                related=others,
                deciding="SourceIdentifier",
            )
        case Truth.UNKNOWN:
            question = "does anybody hear of an unprotected root user that this rule notices?"
            yield Undecided(identifier.span, question, (*unknowns(identifier), *reach.hides))
        case Truth.NO:
            return


def _told_with(
    rule: ConfigRule | EnabledControl, heard: Truth, estate: Estate
) -> tuple[Label, ...] | None:
    """Where the other rules of a pack stand of which the same is true; None where one of them tells it."""
    known = watches_root(rule)
    pack = (x for x in packed_with(estate, rule) if watches_root(x) is known)
    alike = [x for x in pack if compliance_heard(estate, x).truth is heard]
    if alike and alike[0] is not rule:
        return None
    spans = (x.identifier.span for x in alike[1:] if x.identifier is not None)
    return tuple(Label(span, "so does this one") for span in spans)
