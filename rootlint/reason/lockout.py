"""Resource policies that keep everybody but root from ever changing them again.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
"""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import Policy, Principals, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Why
from rootlint.reason.administrator import administrator_request
from rootlint.reason.answer import Answer, Request, every
from rootlint.reason.home import ARNS, policy_at_home
from rootlint.reason.iam import denies
from rootlint.reason.principal import names

# What removes a policy again; the last is what is shown.
_MANAGES = {
    "s3": ("s3:PutBucketPolicy", "s3:DeleteBucketPolicy"),
    "sqs": ("sqs:RemovePermission", "sqs:SetQueueAttributes"),
}
LOCKABLE = frozenset(_MANAGES)
_UNSAID = frozenset({Why.PSEUDO, Why.UNSPECIFIED})


class Lockout(NamedTuple):
    """A request by which an administrator would mend a policy, and whether the policy denies it.

    `document` is what was judged, with a name for the resource that it is on.
    """

    statement: Statement
    request: Request
    answer: Answer
    document: Policy


def lockout(policy: AccessPolicy, estate: Estate) -> Lockout | None:
    """Whether the policy of a bucket or a queue locks its account out; None where it does not."""
    document = policy_at_home(policy, estate)
    if document is None or policy.service not in _MANAGES:
        return None
    for statement in document.statements:
        if text(statement.effect) == "Allow" or _leaves_somebody(statement):
            continue
        found = _judged(policy, document, statement)
        if found.answer.truth is Truth.YES or _open(found.answer):
            return found
    return None


def _judged(policy: AccessPolicy, document: Policy, statement: Statement) -> Lockout:
    alone = document.only(statement)
    arn = _arn(policy, statement)
    requests = [administrator_request(action, arn, (alone,)) for action in _MANAGES[policy.service]]
    answer = every(denies(alone, request) for request in requests)
    return Lockout(statement, requests[-1], answer, document)


def _open(answer: Answer) -> bool:
    """Whether values of the code hide the answer, and not what nobody but the caller knows."""
    return any(hole.why not in _UNSAID for hole in answer.unknowns)


def _leaves_somebody(statement: Statement) -> bool:
    """Whether a Deny is not for everybody: it names somebody, or leaves a user or a role alone.

    In `NotPrincipal` an account's ARN leaves nobody but its root alone.
    """
    if statement.not_principal is None:
        return statement.principal is None or not _means_everybody(statement.principal)
    listed = statement.not_principal.by_type.get("AWS")
    named = [text(item) for item in listed.items] if listed else [None]
    return any(name is None or "*" in name or bool(names(name).own) for name in named)


def _means_everybody(principal: Principals) -> bool:
    listed = principal.by_type.get("AWS")
    written = [text(item) for item in listed.items] if listed else []
    return principal.anyone or "*" in written


def _arn(policy: AccessPolicy, statement: Statement) -> str:
    """What the policy is on: as the statement names it, else any one."""
    written = [text(item) for item in statement.resource.items] if statement.resource else []
    for found in written:
        if found is not None and found.startswith("arn:") and "/" not in found:
            return found
    known = text(policy.target)
    if policy.service == "s3" and known is not None and "/" not in known:
        return f"arn:aws:s3:::{known}"
    return ARNS[policy.service]
