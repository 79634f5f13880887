"""Security Hub is told not to look at the root user.

A few controls of Security Hub notice a root access key, a root user without MFA, or that nobody hears
of root. This code switches one of them off, or suppresses its findings: the day the root user gets a
key, the dashboard stays green.

## Fix

Leave the control on. Where AWS recommends to switch controls for global resources off in all Regions
but one, keep that one. Where member accounts have no root credentials (centralized root access),
IAM.6 and IAM.9 say nothing new of them, and may go.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_CONTROLS,
    ROOT_FINDINGS,
    Control,
    ControlPolicy,
    ControlSwitch,
    DeclaredProof,
    Estate,
    FindingRule,
    Group,
    Outcome,
    RootFeatures,
    Severity,
    Truth,
    Undecided,
    Value,
    Violation,
    any_of,
    check,
    control_of,
    elements,
    elsewhere,
    left_out,
    spells,
    suppressed,
    suppresses,
    switches_off,
    text,
    unknowns,
)

QUESTION = "does Security Hub still look at the root user?"
# What centralized root access answers by itself: a member's root has no credentials to protect.
_ANSWERED = frozenset({"IAM.6", "IAM.9"})


@check(
    ControlSwitch,
    ControlPolicy,
    FindingRule,
    group=Group.MONITORING,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/controls-to-disable.html",
    ),
    controls=(*(Control("Security Hub", name) for name in ROOT_CONTROLS), *ROOT_FINDINGS),
)
def root_control_disabled(
    found: ControlSwitch | ControlPolicy | FindingRule, estate: Estate
) -> Iterator[Outcome]:
    match found:
        case ControlSwitch():
            yield from _switched(found, estate)
        case ControlPolicy():
            yield from _configured(found, estate)
        case FindingRule():
            yield from _suppressed(found, estate)


def _switched(switch: ControlSwitch, estate: Estate) -> Iterator[Outcome]:
    control, status = switch.control, switch.status
    if control is None or status is None:
        return
    name = control_of(control)
    disabled = spells(status, "DISABLED")
    if disabled is Truth.NO or name == "":
        return
    if name is None or disabled is Truth.UNKNOWN:
        yield Undecided(control.span, QUESTION, (*unknowns(control), *unknowns(status)))
        return
    looks = elsewhere(switch, name, estate)
    if looks.truth is Truth.UNKNOWN:
        yield Undecided(control.span, QUESTION, looks.unknowns)
    elif looks.truth is Truth.NO:
        call, parameter = _CALLS[(text(control) or "arn:").startswith("arn:")]
        proof = DeclaredProof(
            call,
            parameter,
            status,
            lambda found: found == "DISABLED",
            shown=f"of {name} with {parameter} = DISABLED",
            told=_unseen(name),
        )
        yield _violation(control, name, proof, estate)


# By whether the control is named by its ARN in a standard.
_CALLS = {
    True: ("securityhub:UpdateStandardsControl", "ControlStatus"),
    False: ("securityhub:BatchUpdateStandardsControlAssociations", "AssociationStatus"),
}


def _configured(policy: ControlPolicy, estate: Estate) -> Iterator[Outcome]:
    items, hidden = elements(policy.disabled)
    for item in items:
        name = control_of(item)
        if name:
            parameter = "DisabledSecurityControlIdentifiers"
            shown = f"with {name} among the disabled controls"
            yield _violation(item, name, _policy_proof(item, parameter, name, shown), estate)
    listed = policy.enabled_only
    if listed is not None:
        for name in left_out(listed)[:1]:
            parameter = "EnabledSecurityControlIdentifiers"
            shown = f"with {name} not among the only enabled controls"
            yield _violation(listed, name, _policy_proof(listed, parameter, name, shown), estate)
    unread = [hole for item in items if control_of(item) is None for hole in unknowns(item)]
    because = (*unread, *((hidden,) if hidden else ()), *unknowns(listed))
    if because:
        yield Undecided(policy.resource.span, QUESTION, because)


def _policy_proof(value: Value, parameter: str, name: str, shown: str) -> DeclaredProof:
    return DeclaredProof(
        "securityhub:CreateConfigurationPolicy",
        parameter,
        value,
        switches_off(name),
        shown=shown,
        told=_unseen(name),
    )


def _suppressed(rule: FindingRule, estate: Estate) -> Iterator[Outcome]:
    quiet = suppressed(rule)
    criteria = rule.criteria
    if criteria is None or quiet.truth is Truth.NO:
        return
    if quiet.truth is Truth.UNKNOWN:
        yield Undecided(criteria.span, QUESTION, quiet.unknowns)
        return
    proof = DeclaredProof(
        "securityhub:CreateAutomationRule",
        "Criteria",
        criteria,
        suppresses(quiet.control),
        shown="with Workflow.Status = SUPPRESSED",
        told=(f"takes the failed findings of {quiet.control}", *_unseen(quiet.control)),
    )
    yield _violation(criteria, quiet.control, proof, estate, narrowed=bool(quiet.narrowed))


def _unseen(name: str) -> tuple[str, ...]:
    return (f"→ nobody learns when this ends: {ROOT_CONTROLS[name]}",)


def _violation(
    at: Value, name: str, proof: DeclaredProof, estate: Estate, *, narrowed: bool = False
) -> Violation:
    answered = name in _ANSWERED and _centralized(estate)
    return Violation(
        at=at.span,
        seen=f"{name}: {ROOT_CONTROLS[name]}",
        message="Security Hub is told not to look at the root user",
        proof=proof,
        fix=f"leave {name} on",
        severity=Severity.NOTE if answered or narrowed else None,
        deciding=name,
    )


def _centralized(estate: Estate) -> bool:
    features = (x for found in estate.every(RootFeatures) for x in elements(found.features)[0])
    return any_of(spells(x, "RootCredentialsManagement") for x in features) is Truth.YES
