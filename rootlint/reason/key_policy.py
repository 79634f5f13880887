"""Who can change the policy of a KMS key.

https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy, LockoutCheck
from rootlint.model.policy import Policy, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Text, Unknown, Value
from rootlint.reason.administrator import administrator_request
from rootlint.reason.answer import Answer, Request
from rootlint.reason.arn import account_of
from rootlint.reason.elements import action_covered
from rootlint.reason.iam import decide
from rootlint.reason.root import ACCOUNT

PUT = "kms:PutKeyPolicy"


class Keepers(NamedTuple):
    """Whether the account that a key belongs to can change its policy, and who else can.

    `request` is an administrator's. `named` are the principals of whom the policy depends.
    """

    request: Request
    account: Answer
    named: tuple[Value, ...]


def keepers(document: Policy) -> Keepers:
    """Who can change the policy of a key, as the policy has it."""
    granting = [found for found in document.statements if _may_grant(found)]
    accounts = dict.fromkeys((*_accounts(granting), ACCOUNT))
    answers = []
    for account in accounts:
        request = administrator_request(PUT, "*", (document,), account=account)
        answers.append((request, decide((document,), request)))
    for wanted in (Truth.YES, Truth.UNKNOWN, Truth.NO):
        for request, answer in answers:
            if answer.truth is wanted:
                return Keepers(request, answer, tuple(_named(granting)))
    raise AssertionError


def key_policies(key: LockoutCheck, estate: Estate) -> tuple[AccessPolicy, ...]:
    """The policies that are written where the check is skipped; a key without one trusts its account."""
    return tuple(found for found in estate.every(AccessPolicy) if found.resource is key.resource)


def _may_grant(statement: Statement) -> bool:
    covered = action_covered(statement, Request(PUT, "*", "", {}))
    return text(statement.effect) != "Deny" and covered.truth is not Truth.NO


def _principals(granting: list[Statement]) -> Iterator[Value]:
    for statement in granting:
        listed = statement.principal.by_type.get("AWS") if statement.principal else None
        yield from listed.items if listed else ()


def _accounts(granting: list[Statement]) -> Iterator[str]:
    """The accounts that the policy names: which one is the key's own is not written anywhere."""
    for value in _principals(granting):
        named = text(value) or ""
        account = named if named.isdigit() else account_of(named)
        if account.isdigit():
            yield account


def _named(granting: list[Statement]) -> Iterator[Value]:
    """The users and roles that the policy names, known or not."""
    for value in _principals(granting):
        written = text(value)
        if (written is None and isinstance(value, Text | Unknown)) or (
            written is not None and written.startswith("arn:") and not written.endswith(":root")
        ):
            yield value
