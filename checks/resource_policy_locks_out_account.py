"""A resource policy denies everybody the means of changing it.

A Deny for everybody that covers the actions by which the policy itself is replaced or deleted holds for the
administrators of the account as well. From then on the bucket or queue can be recovered by the root user
only, or in a session of `sts:AssumeRoot` made for that: exactly what root should never be needed for.

## Fix

Leave the actions that manage the policy out of the deny (`s3:PutBucketPolicy`, `s3:DeleteBucketPolicy`;
`sqs:SetQueueAttributes`, `sqs:RemovePermission`), or an administrators' role:
`"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/administrator"}`.
"""

from collections.abc import Iterator

from rootlint.check import (
    LOCKABLE,
    ROOT_TASKS,
    AccessPolicy,
    Claim,
    Estate,
    Group,
    Lockout,
    Outcome,
    RequestProof,
    Severity,
    Span,
    Truth,
    Undecided,
    Violation,
    check,
    lockout,
)


@check(
    AccessPolicy,
    group=Group.RECOVERY,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html",
    ),
    controls=ROOT_TASKS,
)
def resource_policy_locks_out_account(policy: AccessPolicy, estate: Estate) -> Iterator[Outcome]:
    question = "can anybody but root change this policy again?"
    if policy.hidden is not None and policy.service in LOCKABLE:
        yield Undecided(policy.resource.span, question, (policy.hidden,))
    found = lockout(policy, estate)
    if found is None:
        return
    listed = found.statement.action or found.statement.not_action
    at = found.statement.span if listed is None else listed.span
    if found.answer.truth is Truth.YES:
        yield _violation(found, at)
    else:
        yield Undecided(at, question, found.answer.unknowns)


def _violation(found: Lockout, at: Span) -> Violation:
    action = found.request.action
    return Violation(
        at=at,
        seen=f"covers `{action}`, for everybody",
        message="nobody but root can change this policy again",
        proof=RequestProof(found.request, (found.document.raw,), Claim.DENIED, found.answer.term),
        fix=f"leave `{action}` out of the deny, or an administrators' role",
        deciding=str(found.statement.index),
    )
