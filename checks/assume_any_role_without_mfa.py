"""Users may take on any role without MFA.

`sts:AssumeRole` on every role leaves it to the trust policy of each role, in every account, who may take
it on; many trust the whole account. With a stolen password or access key all of them are open, and their
sessions carry no sign of it.

## Fix

Name the roles, and ask for MFA: `"Bool": {"aws:MultiFactorAuthPresent": "true"}` in the Allow.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA,
    AccessPolicy,
    Assumed,
    Claim,
    Estate,
    Group,
    Outcome,
    Person,
    PolicyKind,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Value,
    Violation,
    assumed,
    check,
    naming_any_role,
    organization_denies,
    people_holding,
)

QUESTION = "may whoever holds this take on any role without MFA?"


@check(
    AccessPolicy,
    group=Group.MFA,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html",
    ),
    controls=MFA,
)
def assume_any_role_without_mfa(policy: AccessPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy.document
    if document is None or policy.kind is not PolicyKind.IDENTITY:
        return
    for statement, entry in naming_any_role(document):
        outcomes = [
            _judge(person, statement, entry, estate) for person in people_holding(policy, estate)
        ]
        found = [outcome for outcome in outcomes if isinstance(outcome, Violation)]
        yield from found[:1] or [outcome for outcome in outcomes if outcome is not None][:1]


def _judge(person: Person, statement: Statement, entry: Value, estate: Estate) -> Outcome | None:
    if person.identity is None:
        return Undecided(entry.span, QUESTION, person.because)
    found = assumed(person.identity, estate)
    if found is None or organization_denies(found.request, estate) is not Truth.NO:
        return None
    doubts = (*found.answer.unknowns, *found.held.hidden, *person.because)
    if doubts or found.answer.truth is not Truth.YES or person.holds is not Truth.YES:
        return Undecided(entry.span, QUESTION, doubts)
    return _violation(person, statement, entry, found)


def _violation(person: Person, statement: Statement, entry: Value, found: Assumed) -> Violation:
    whom = "the users of this group" if person.is_group else "this user"
    return Violation(
        at=entry.span,
        seen="every role, without MFA",
        message=f"{whom} may take on any role without MFA",
        proof=RequestProof(found.request, found.held.documents, Claim.ALLOWED, found.answer.term),
        fix='name the roles, and add "Bool": {"aws:MultiFactorAuthPresent": "true"}',
        deciding=str(statement.index),
        concerns=found.held.resources,
    )
