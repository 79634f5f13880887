"""A deny that asks for MFA lets long-term access keys through.

Requests signed with a long-term access key carry no `aws:MultiFactorAuthPresent` and no
`aws:MultiFactorAuthAge` at all. An operator without `IfExists` does not match a key that is missing,
so a deny written with `Bool` or `NumericGreaterThan` never applies to them: whoever holds a stolen
access key works on without MFA.

## Fix

Write `BoolIfExists` instead of `Bool` (`NumericGreaterThanIfExists` instead of
`NumericGreaterThan`), or add a statement that denies where the key is missing:
`"Null": {"aws:MultiFactorAuthPresent": "true"}`.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA,
    AccessPolicy,
    Answer,
    Claim,
    Condition,
    Estate,
    Group,
    Label,
    OrganizationPolicy,
    Outcome,
    Policy,
    PolicyKind,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Violation,
    audience,
    check,
    demands_mfa,
    denies,
    key_requests,
    may_ask_for_mfa,
    means_root,
    mfa_statements,
    policy_at_home,
    without_mfa,
)

QUESTION = "does this deny reach requests that carry no MFA key?"


@check(
    AccessPolicy,
    OrganizationPolicy,
    group=Group.MFA,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
    ),
    controls=MFA,
)
def mfa_deny_bypassable(
    policy: AccessPolicy | OrganizationPolicy, estate: Estate
) -> Iterator[Outcome]:
    document = _document(policy, estate)
    if document is None:
        return
    people = audience(policy, estate)
    if people.people is Truth.NO:
        return
    for condition, effect in may_ask_for_mfa(document):
        yield Undecided(condition.operator_span, QUESTION, effect)
    for statement, condition in mfa_statements(document, "Deny"):
        demands = demands_mfa(document, statement)
        if means_root(statement) or demands.truth is Truth.NO:
            continue
        hidden = (*people.because, *demands.unknowns)
        for outcome in _judge(document, statement, condition):
            if Truth.UNKNOWN in {people.people, demands.truth}:
                yield Undecided(condition.operator_span, QUESTION, hidden)
            else:
                yield outcome


def _document(policy: AccessPolicy | OrganizationPolicy, estate: Estate) -> Policy | None:
    """The document that people are bound by; a trust policy binds nobody but who takes the role on."""
    if isinstance(policy, OrganizationPolicy):
        return policy.document
    return None if policy.kind is PolicyKind.TRUST else policy_at_home(policy, estate)


def _judge(document: Policy, statement: Statement, condition: Condition) -> Iterator[Outcome]:
    """The first request with a long-term key that the statement is about and that nothing denies."""
    open_: Answer | None = None
    for request, meant in key_requests(without_mfa(document, statement)):
        answer = denies(document, request)
        if answer.truth is Truth.NO and meant.truth is Truth.YES:
            yield _violation(
                document,
                statement,
                condition,
                RequestProof(request, (document.raw,), Claim.NOT_DENIED, answer.term),
            )
            return
        alone = denies(document.supposing(statement), request)
        if answer.truth is not Truth.YES and alone.truth is not Truth.YES:
            open_ = open_ or (answer if answer.truth is Truth.UNKNOWN else meant)
    if open_ is not None:
        yield Undecided(condition.operator_span, QUESTION, open_.unknowns)


def _violation(
    document: Policy, statement: Statement, condition: Condition, proof: RequestProof
) -> Violation:
    asks = condition.operator.lower() in {"bool", "stringequals", "numericgreaterthan"}
    better = f"`{condition.operator}IfExists`" if asks else '`"BoolIfExists"`'
    return Violation(
        at=condition.operator_span,
        seen="needs a key that is missing",
        message="this deny does not reach requests signed with a long-term key",
        proof=proof,
        fix=f"write {better}",
        related=(Label(condition.key_span, "no long-term key carries it"),),
        deciding=f"{statement.index}/{condition.operator}/{condition.key.lower()}",
    )
