"""Resource policies that keep everybody but root from ever changing them again.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
"""

from __future__ import annotations

from typing import NamedTuple

from rootlint.embedded import policy as policy_of
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import Policy, Principals, Statement
from rootlint.model.read import text
from rootlint.model.same import references, unknowns
from rootlint.model.suppose import own_place, suppose
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why
from rootlint.reason.administrator import administrator_request
from rootlint.reason.answer import Answer, Request, every
from rootlint.reason.iam import denies
from rootlint.reason.principal import names
from rootlint.reason.root import ACCOUNT

_NAME = "example"
_ARNS = {"s3": f"arn:aws:s3:::{_NAME}", "sqs": f"arn:aws:sqs:us-east-1:{ACCOUNT}:{_NAME}"}
# What removes a policy again; the last is what is shown.
_MANAGES = {
    "s3": ("s3:PutBucketPolicy", "s3:DeleteBucketPolicy"),
    "sqs": ("sqs:RemovePermission", "sqs:SetQueueAttributes"),
}
_UNSAID = frozenset({Why.PSEUDO, Why.UNSPECIFIED})


class Lockout(NamedTuple):
    """A request by which an administrator would mend a policy, and whether the policy denies it.

    `document` is what was judged, with a name for the resource that it is on.
    """

    statement: Statement
    request: Request
    answer: Answer
    document: Policy


def lockout(policy: AccessPolicy) -> Lockout | None:
    """Whether the policy of a bucket or a queue locks its account out; None where it does not."""
    if policy.document is None or policy.service not in _MANAGES:
        return None
    document = _supposed(policy, policy.document)
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


def _supposed(policy: AccessPolicy, document: Policy) -> Policy:
    """The document with names for the account and for what the policy is on."""
    place = own_place(ACCOUNT)
    said = {(hole.why, hole.detail) for hole in unknowns(policy.target)}
    own = {found.address for found in references(policy.target)} or {policy.resource.address}

    def name(hole: Unknown) -> str | None:
        of_target = hole.refers is not None and hole.refers.address in own
        if (hole.why, hole.detail) in said or of_target:
            return _ARNS[policy.service] if hole.shape != "name" and _is_arn(hole) else _NAME
        return place(hole)

    found = policy_of(suppose(document.raw, name))
    return found if isinstance(found, Policy) else document


def _is_arn(hole: Unknown) -> bool:
    """Whether a hole stands for a whole ARN and not for the name in it."""
    return hole.refers is not None and hole.refers.attribute.lower() == "arn"


def _arn(policy: AccessPolicy, statement: Statement) -> str:
    """What the policy is on: as the statement names it, else any one."""
    written = [text(item) for item in statement.resource.items] if statement.resource else []
    for found in written:
        if found is not None and found.startswith("arn:") and "/" not in found:
            return found
    known = text(policy.target)
    if policy.service == "s3" and known is not None and "/" not in known:
        return f"arn:aws:s3:::{known}"
    return _ARNS[policy.service]
