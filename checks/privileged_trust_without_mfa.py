"""Users become administrators without MFA: a privileged role trusts them as they are.

The trust policy of a role decides who may take it on. One that names a user or a whole account, and asks
for no MFA, is satisfied by a stolen access key or password; and whoever takes a privileged role on
is an administrator for as long as the session lasts, and can make themselves one for good.

## Fix

Add `"Bool": {"aws:MultiFactorAuthPresent": "true"}` to the statement that trusts people, or trust the
roles of IAM Identity Center only.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA,
    AccessPolicy,
    Claim,
    Estate,
    Group,
    Outcome,
    Policy,
    PolicyKind,
    Power,
    RequestProof,
    Role,
    Severity,
    Trusted,
    Truth,
    Undecided,
    Unknown,
    Violation,
    Why,
    all_of,
    assumed_by_user,
    at_home,
    check,
    holdings,
    is_machinery,
    organization_denies,
    power,
    role_of,
    role_request,
    trusted_users,
    unknowns,
)

QUESTION = "does this privileged role let users in without MFA?"


@check(
    AccessPolicy,
    group=Group.MFA,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
    ),
    controls=MFA,
)
def privileged_trust_without_mfa(policy: AccessPolicy, estate: Estate) -> Iterator[Outcome]:
    if policy.kind is PolicyKind.TRUST and policy.document is not None:
        yield from _judge(policy, policy.document, estate)
    elif policy.kind is PolicyKind.TRUST and policy.hidden is not None:
        yield from _unread(policy, policy.hidden, estate)


def _judge(policy: AccessPolicy, written: Policy, estate: Estate) -> Iterator[Outcome]:
    document = at_home(written, estate)
    trusted = trusted_users(document)
    if trusted is None:
        return
    role = role_of(policy, estate)
    if role is None or is_machinery(role) is Truth.YES:
        return
    if organization_denies(trusted.request, estate) is not Truth.NO:
        return
    held = holdings(role, estate)
    found = power(held, role_request)
    if found is None:
        return
    doubts = (*trusted.answer.unknowns, *found.answer.unknowns)
    named = is_machinery(role)
    if named is Truth.UNKNOWN:
        doubts = (*doubts, *unknowns(role.name))
    if all_of((trusted.answer.truth, found.answer.truth, ~named)) is Truth.YES:
        yield _violation(document, role, trusted, found, estate)
    else:
        more = Unknown(Why.LIMIT, "what the role may do", role.resource.span)
        yield Undecided(trusted.at, QUESTION, doubts or (more,))


def _unread(policy: AccessPolicy, hidden: Unknown, estate: Estate) -> Iterator[Outcome]:
    """Who may take a privileged role on where its trust is not known."""
    role = role_of(policy, estate)
    if role is None or is_machinery(role) is Truth.YES:
        return
    found = power(holdings(role, estate), role_request)
    if found is not None and found.answer.truth is Truth.YES:
        yield Undecided(policy.resource.span, QUESTION, (hidden,))


def _violation(
    document: Policy, role: Role, trusted: Trusted, found: Power, estate: Estate
) -> Violation:
    near = not trusted.third_party and assumed_by_user(role, trusted, estate)
    return Violation(
        at=trusted.at,
        seen="may take the role on without MFA",
        message="this privileged role can be taken on without MFA",
        proof=RequestProof(trusted.request, (document.raw,), Claim.ALLOWED, trusted.answer.term),
        fix='add "Bool": {"aws:MultiFactorAuthPresent": "true"} to the condition',
        because=(f"the role may then call {found.request.action}",),
        severity=None if near else Severity.NOTE,
        deciding="trust",
    )
