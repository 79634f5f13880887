"""A policy lets its holder make a root password for any member account.

`sts:AssumeRoot` gives a session for one task in one member account, and the task is chosen by the
caller. One of the tasks, `IAMCreateRootUserPassword`, lets the root user be recovered: its holder then
decides who becomes root there. Without a condition on `sts:TaskPolicyArn` every task is granted, and
with `*` every account.

## Fix

Name the tasks with `sts:TaskPolicyArn`, and the accounts in `Resource`; leave
`IAMCreateRootUserPassword` to those who may recover an account.
"""

from collections.abc import Iterator

from rootlint.check import (
    CENTRAL_ROOT,
    AccessPolicy,
    Claim,
    Estate,
    Grant,
    Group,
    Outcome,
    PolicyKind,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Unknown,
    Violation,
    Why,
    at_home,
    check,
    root_grants,
    runs_organization,
)


@check(
    AccessPolicy,
    group=Group.ORGANIZATION,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
        "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
    ),
    controls=CENTRAL_ROOT,
)
def assume_root_too_broad(policy: AccessPolicy, estate: Estate) -> Iterator[Outcome]:
    if policy.document is None or policy.kind is not PolicyKind.IDENTITY:
        return
    for grant in root_grants(at_home(policy.document, estate)):
        if grant.answer.truth is Truth.UNKNOWN:
            question = "may whoever holds this make root passwords?"
            yield Undecided(grant.entry.span, question, grant.answer.unknowns)
        elif grant.named or runs_organization(policy.resource.unit, estate):
            yield _violation(grant)
        else:
            question = (
                "is IAM of the organization run from this account? `sts:AssumeRoot` is covered"
            )
            account = Unknown(Why.PSEUDO, "the organization's management account", grant.entry.span)
            yield Undecided(grant.entry.span, question, (account,))


def _violation(grant: Grant) -> Violation:
    return Violation(
        at=grant.entry.span,
        seen="the root user of every account",
        message="this policy lets its holder make a root password for any member account",
        proof=RequestProof(
            grant.request,
            (grant.document.raw,),
            Claim.ALLOWED,
            grant.answer.term,
            verdict="allowed for the task IAMCreateRootUserPassword",
        ),
        fix="limit it by sts:TaskPolicyArn, and name the accounts in `Resource`",
        deciding=str(grant.statement.index),
    )
