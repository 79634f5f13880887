"""An allow that asks for MFA accepts requests without it.

A request signed with a long-term access key carries no MFA key at all, and `BoolIfExists` is true for
a key that is missing. `Null` only asks whether the key is there: console sessions carry it with the
value `false`. So the condition looks like MFA and lets a password or a stolen access key through.

## Fix

In an Allow, write `"Bool": {"aws:MultiFactorAuthPresent": "true"}`. `IfExists` belongs into a Deny.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA,
    AccessPolicy,
    Claim,
    Condition,
    Estate,
    Group,
    Holds,
    Outcome,
    Policy,
    PolicyKind,
    Refuted,
    Request,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Unsure,
    Violation,
    allows,
    audience,
    check,
    decide,
    grants_everything,
    may_ask_for_mfa,
    mfa_statements,
    negated,
    only_enrols,
    people_requests,
    policy_at_home,
    refute,
)

QUESTION = "does this allow accept requests without MFA?"


@check(
    AccessPolicy,
    group=Group.MFA,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists",
    ),
    controls=MFA,
)
def mfa_allow_accepts_no_mfa(policy: AccessPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy_at_home(policy, estate)
    if document is None:
        return
    people = audience(policy, estate)
    if people.people is Truth.NO:
        return
    for condition, effect in may_ask_for_mfa(document):
        yield Undecided(condition.operator_span, QUESTION, effect)
    for statement, condition in mfa_statements(document, "Allow"):
        enrols = only_enrols(statement)
        if enrols.truth is Truth.YES:
            continue
        hidden = (*people.because, *enrols.unknowns)
        for outcome in _judge(policy, document, statement, condition):
            if Truth.UNKNOWN in {people.people, enrols.truth}:
                yield Undecided(condition.operator_span, QUESTION, hidden)
            else:
                yield outcome


def _judge(
    policy: AccessPolicy, document: Policy, statement: Statement, condition: Condition
) -> Iterator[Outcome]:
    """The first request without MFA that the statement allows and nothing denies."""
    granted = document.allowing(statement)
    requests = people_requests(statement)
    match refute(lambda request: negated(decide((granted,), request)), requests):
        case Refuted(request=request):
            yield _violation(policy, document, statement, condition, request)
        case Unsure(answer=answer):
            yield Undecided(condition.operator_span, QUESTION, answer.unknowns)
        case Holds():
            return


def _violation(
    policy: AccessPolicy,
    document: Policy,
    statement: Statement,
    condition: Condition,
    request: Request,
) -> Violation:
    grave = policy.kind is PolicyKind.TRUST or grants_everything(statement)
    return Violation(
        at=condition.operator_span,
        seen="is true without MFA",
        message="this allow asks for MFA and accepts requests without it",
        proof=RequestProof(request, (document.raw,), Claim.ALLOWED, allows(document, request).term),
        fix='write "Bool": {"aws:MultiFactorAuthPresent": "true"}',
        severity=None if grave else Severity.MEDIUM,
        deciding=f"{statement.index}/{condition.operator}/{condition.key.lower()}",
    )
