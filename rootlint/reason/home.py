"""Documents at home: names for the account at hand and for what a policy is on, whatever they are.

What holds of a document with such names holds whatever the names are, as long as the requests that are
tried use the same.
"""

from __future__ import annotations

from rootlint.embedded import policy as policy_of
from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import Policy
from rootlint.model.remember import remembered
from rootlint.model.same import references, unknowns
from rootlint.model.suppose import own_place, suppose
from rootlint.model.value import Unknown
from rootlint.reason.root import ACCOUNT

NAME = "example"
ARNS = {
    "kms": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/{NAME}",
    "s3": f"arn:aws:s3:::{NAME}",
    "sqs": f"arn:aws:sqs:us-east-1:{ACCOUNT}:{NAME}",
}


@remembered  # each of many checks asks for each document
def at_home(document: Policy, estate: Estate) -> Policy:  # noqa: ARG001 - it keeps the answer
    """The document, the account at hand being the one whose requests are tried."""
    raw = suppose(document.raw, own_place(ACCOUNT))
    if raw is document.raw:
        return document
    found = policy_of(raw)
    return found if isinstance(found, Policy) else document


def policy_at_home(policy: AccessPolicy, estate: Estate) -> Policy | None:
    """The same of a policy, what it is on being called `example` where its name is not known."""
    if policy.document is None or policy.service not in ARNS:
        return None if policy.document is None else at_home(policy.document, estate)
    place = own_place(ACCOUNT)
    said = {(hole.why, hole.detail) for hole in unknowns(policy.target)}
    own = {found.address for found in references(policy.target)} or {policy.resource.address}

    def name(hole: Unknown) -> str | None:
        of_target = hole.refers is not None and hole.refers.address in own
        if (hole.why, hole.detail) in said or of_target:
            return ARNS[policy.service] if hole.shape != "name" and _is_arn(hole) else NAME
        return place(hole)

    found = policy_of(suppose(policy.document.raw, name))
    return found if isinstance(found, Policy) else policy.document


def _is_arn(hole: Unknown) -> bool:
    """Whether a hole stands for a whole ARN and not for the name in it."""
    return hole.refers is not None and hole.refers.attribute.lower() == "arn"
