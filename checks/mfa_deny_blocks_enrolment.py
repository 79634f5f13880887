"""A deny for requests without MFA keeps users from enrolling an MFA device.

Whoever signs in for the first time has a password and no device. A deny that also covers
`iam:EnableMFADevice`, `iam:CreateVirtualMFADevice` or `iam:ListMFADevices` on the user itself never lets
them past that point: MFA cannot be switched on, and somebody ends up asking for root, or for an exception.

## Fix

Leave out of the deny what enrolling takes: `iam:CreateVirtualMFADevice`, `iam:EnableMFADevice`,
`iam:GetUser`, `iam:ListMFADevices`, `iam:ListVirtualMFADevices`, `iam:ResyncMFADevice` and
`sts:GetSessionToken`; and `iam:ChangePassword` where new users have to choose another password.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA,
    AccessPolicy,
    Blocked,
    Claim,
    Estate,
    Group,
    Outcome,
    Policy,
    PolicyKind,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Violation,
    blocked,
    check,
    doubtful,
    hides_effect,
    mfa_statements,
    signing_in,
    supposing_denies,
)

QUESTION = "can whoever holds this still enrol an MFA device?"


@check(
    AccessPolicy,
    group=Group.MFA,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html",
    ),
    controls=MFA,
)
def mfa_deny_blocks_enrolment(policy: AccessPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy.document
    if document is None or policy.kind is not PolicyKind.IDENTITY:
        return
    people = signing_in(policy, estate)
    if people.truth is Truth.NO:
        return
    supposed = supposing_denies(document)
    for statement, _ in mfa_statements(supposed, "Deny"):
        found = blocked(supposed, statement, first_sign_in=people.first)
        if found is not None:
            doubts = people.because if people.truth is Truth.UNKNOWN else ()
            because = (*doubts, *hides_effect(document, statement))
            yield from doubtful((_judge(document, statement, found),), QUESTION, because)


def _judge(document: Policy, statement: Statement, found: Blocked) -> Outcome:
    listed = statement.action or statement.not_action
    at = statement.span if listed is None else listed.span
    if found.answer.truth is Truth.UNKNOWN:
        return Undecided(at, QUESTION, found.answer.unknowns)
    action = found.request.action
    what = (
        "makes enrolling an MFA device harder" if found.useful else "blocks enrolling an MFA device"
    )
    return Violation(
        at=at,
        seen=f"{'lacks' if statement.action is None else 'covers'} `{action}`",
        message=f"this deny of requests without MFA {what}",
        proof=RequestProof(found.request, (document.raw,), Claim.DENIED, found.answer.term),
        fix=f"leave `{action}` out of the deny",
        severity=Severity.NOTE if found.useful else None,
        deciding=f"{statement.index}/{action}",
    )
