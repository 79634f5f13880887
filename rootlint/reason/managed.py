"""Policies that AWS manages, as far as it matters who may become an administrator.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from rootlint.embedded import policy
from rootlint.model.policy import Policy
from rootlint.model.read import text
from rootlint.model.value import Known, Text, Value

_ARN = re.compile(r"arn:[a-z-]+:iam::aws:policy/(?P<name>.+)")


def _allow(**elements: object) -> dict[str, object]:
    return {"Effect": "Allow", **elements, "Resource": "*"}


_STATEMENTS: dict[str, list[dict[str, object]]] = {
    "AdministratorAccess": [_allow(Action="*")],
    "PowerUserAccess": [
        _allow(NotAction=["iam:*", "organizations:*", "account:*"]),
        _allow(
            Action=[
                "account:GetAccountInformation",
                "account:GetGovCloudAccountInformation",
                "account:GetPrimaryEmail",
                "account:ListRegions",
                "iam:CreateServiceLinkedRole",
                "iam:DeleteServiceLinkedRole",
                "iam:ListRoles",
                "organizations:DescribeOrganization",
            ]
        ),
    ],
    "IAMFullAccess": [
        _allow(
            Action=[
                "iam:*",
                "organizations:DescribeAccount",
                "organizations:DescribeOrganization",
                "organizations:DescribeOrganizationalUnit",
                "organizations:DescribePolicy",
                "organizations:ListChildren",
                "organizations:ListParents",
                "organizations:ListPoliciesForTarget",
                "organizations:ListRoots",
                "organizations:ListPolicies",
                "organizations:ListTargetsForPolicy",
            ]
        )
    ],
    "AWSDenyAll": [{"Effect": "Deny", "Action": "*", "Resource": "*"}],
}
# None of these writes to IAM, or to all services.
_MODEST = frozenset(
    {
        "AWSSupportAccess",
        "IAMAccessAnalyzerReadOnlyAccess",
        "IAMReadOnlyAccess",
        "IAMUserChangePassword",
        "IAMUserSSHKeys",
        "ReadOnlyAccess",
        "SecurityAudit",
        "job-function/Billing",
        "job-function/SupportUser",
        "job-function/ViewOnlyAccess",
    }
)


class Managed(NamedTuple):
    """A policy that AWS manages: its document where it is known, and whether it is modest.

    A modest one makes nobody an administrator. But for `AWSDenyAll` and the quarantine of leaked
    keys none of them denies anything.
    """

    name: str
    document: Policy | None
    modest: bool
    denies: bool


def managed(arn: Value) -> Managed | None:
    """The policy of AWS that an ARN names; None where it names another, or none that is known."""
    written = "".join(part if isinstance(part, str) else "aws" for part in _parts(arn))
    found = _ARN.fullmatch(written)
    if found is None:
        return None
    name = found["name"]
    denies = name == "AWSDenyAll" or name.startswith("AWSCompromisedKeyQuarantine")
    return Managed(name, _document(name, arn), name in _MODEST, denies)


def _parts(arn: Value) -> tuple[object, ...]:
    """The parts of a text in which the partition alone may be a hole."""
    if not isinstance(arn, Text):
        return (text(arn) or "",)
    holes = [part for part in arn.parts if not isinstance(part, str)]
    return arn.parts if len(holes) == 1 and arn.parts[0] == "arn:" else ("",)


def _document(name: str, arn: Value) -> Policy | None:
    statements = _STATEMENTS.get(name)
    if statements is None:
        return None
    written = json.dumps({"Version": "2012-10-17", "Statement": statements})
    found = policy(Known(written, arn.span))
    assert isinstance(found, Policy)
    return found
