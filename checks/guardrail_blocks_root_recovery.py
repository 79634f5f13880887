"""A guardrail for the root user also blocks the sessions that recover an account.

Service control policies bind the sessions of centralized root access (`sts:AssumeRoot`) as they bind root
itself. Where a bucket or queue policy has locked everybody out, such a session is the way back; a deny
for `arn:*:iam::*:root` closes it, until somebody detaches the policy from the whole organization.

## Fix

Let these sessions through: add `"Null": {"aws:AssumedRoot": "true"}` to the condition. In Control Tower
set the parameter `ExemptAssumeRoot` of the control.
"""

from collections.abc import Iterator

from rootlint.check import (
    CENTRAL_ROOT,
    PRINCIPAL_KEYS,
    TASKS,
    Claim,
    EnabledControl,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    Policy,
    RequestProof,
    Severity,
    StoppedSession,
    Truth,
    Undecided,
    Violation,
    attached,
    check,
    conditions_on,
    control_document,
    doubtful,
    hides_effect,
    is_guardrail,
    sessions_enabled,
    stopped_sessions,
    supposing_denies,
    unknowns,
)

QUESTION = "does this guardrail block the sessions that recover an account?"


@check(
    OrganizationPolicy,
    EnabledControl,
    group=Group.RECOVERY,
    severity=Severity.LOW,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
        "https://github.com/aws-samples/service-control-policy-examples/tree/main/Privileged-access-controls",
        "https://docs.aws.amazon.com/controltower/latest/controlreference/control-parameter-concepts.html",
    ),
    controls=CENTRAL_ROOT,
)
def guardrail_blocks_root_recovery(
    guardrail: OrganizationPolicy | EnabledControl, estate: Estate
) -> Iterator[Outcome]:
    document = _document(guardrail, estate)
    if document is None:
        return
    supposed, kind = supposing_denies(document), getattr(guardrail, "type", None)
    for found in stopped_sessions(supposed, guardrail.resource.scope.partition):
        because = (*unknowns(kind), *hides_effect(document, found.statement))
        yield from doubtful((_judge(guardrail, document, found, estate),), QUESTION, because)


def _document(guardrail: OrganizationPolicy | EnabledControl, estate: Estate) -> Policy | None:
    """What a guardrail denies, if it is in force or may be."""
    if isinstance(guardrail, EnabledControl):
        found = control_document(guardrail)
        return found if isinstance(found, Policy) else None
    bound = attached(guardrail, estate).truth & is_guardrail(guardrail)
    return None if bound is Truth.NO else guardrail.document


def _judge(
    guardrail: OrganizationPolicy | EnabledControl,
    document: Policy,
    found: StoppedSession,
    estate: Estate,
) -> Outcome:
    control = isinstance(guardrail, EnabledControl)
    if isinstance(guardrail, EnabledControl):
        at = guardrail.resource.span if guardrail.identifier is None else guardrail.identifier.span
    else:
        at = conditions_on(found.statement, PRINCIPAL_KEYS)[0].key_span
    if found.answer.truth is Truth.UNKNOWN:
        return Undecided(at, QUESTION, found.answer.unknowns)
    task = TASKS[found.request.action]
    return Violation(
        at=at,
        seen="meant for root, and for its sessions too",
        message="this guardrail for root blocks the sessions that recover an account",
        proof=RequestProof(
            found.request, (document.raw,), Claim.DENIED, verdict=f"denied, in spite of {task}"
        ),
        fix="set its parameter `ExemptAssumeRoot` to true"
        if control
        else 'add "Null": {"aws:AssumedRoot": "true"} to the condition',
        severity=Severity.HIGH if sessions_enabled(estate) else None,
        deciding=str(found.statement.index),
    )
