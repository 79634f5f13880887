"""A deny for requests without MFA exempts what takes an identity over.

The list of exceptions is what a stolen password or access key can still do. To enrol an MFA device a user
needs a few actions, and none of them sets a password, makes a key or switches a device off. With
`iam:DeactivateMFADevice` among the exceptions the MFA of the user is taken away first; with
`iam:CreateLoginProfile`, `iam:UpdateLoginProfile` or `iam:CreateAccessKey` on any user, that user's
credentials are made anew.

## Fix

Take the action out of the exceptions. Users need no more than `iam:CreateVirtualMFADevice`,
`iam:EnableMFADevice`, `iam:GetUser`, `iam:ListMFADevices`, `iam:ListVirtualMFADevices`,
`iam:ResyncMFADevice` and `sts:GetSessionToken` to come to a session with MFA.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA,
    TAKEOVER_ACTIONS,
    AccessPolicy,
    Claim,
    Estate,
    Exemption,
    Group,
    Label,
    OrganizationPolicy,
    Outcome,
    Policy,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Violation,
    audience,
    check,
    doubtful,
    gaps,
    governs_people,
    hides_effect,
    mfa_statements,
    supposing_denies,
)

QUESTION = "does this deny exempt what takes an identity over?"


@check(
    AccessPolicy,
    OrganizationPolicy,
    group=Group.MFA,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html",
    ),
    controls=MFA,
)
def mfa_deny_exempts_takeover(
    policy: AccessPolicy | OrganizationPolicy, estate: Estate
) -> Iterator[Outcome]:
    document = policy.document
    if document is None or not governs_people(getattr(policy, "kind", None)):
        return
    people = audience(policy, estate)
    if people.people is Truth.NO:
        return
    supposed = supposing_denies(document)
    doubts = people.because if people.people is Truth.UNKNOWN else ()
    for statement, _ in mfa_statements(supposed, "Deny"):
        hidden = hides_effect(document, statement)
        outcomes = _judge(supposed if hidden else document, statement)
        yield from doubtful(outcomes, QUESTION, (*doubts, *hidden))


def _judge(document: Policy, statement: Statement) -> Iterator[Outcome]:
    """One finding per deny, at the worst of its exceptions."""
    found = list(gaps(document, statement))
    open_ = [gap for gap in found if gap.answer.truth is Truth.YES]
    if open_:
        yield _violation(document, statement, open_)
    elif found:
        yield Undecided(found[0].at.span, QUESTION, found[0].answer.unknowns)


def _violation(document: Policy, statement: Statement, found: list[Exemption]) -> Violation:
    worst = found[0]
    action = worst.request.action
    claim = Claim.ALLOWED if worst.allowed else Claim.NOT_DENIED
    others = {gap.at.span: gap for gap in reversed(found) if gap.at.span != worst.at.span}
    missing = statement.not_action is None
    return Violation(
        at=worst.at.span,
        seen=f"{'lacks' if missing else 'exempts'} `{action}`",
        message=f"this deny lets `{action}` through without MFA",
        proof=RequestProof(worst.request, (document.raw,), claim, worst.answer.term),
        fix=f"add `{action}` to the actions" if missing else "take it out of the exceptions",
        because=(TAKEOVER_ACTIONS[action],),
        related=tuple(
            Label(span, f"exempts `{gap.request.action}`") for span, gap in reversed(others.items())
        ),
        deciding=f"{statement.index}/{action}",
    )
