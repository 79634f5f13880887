"""Grants of `sts:AssumeRoot`, by the task that gives the most.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.fill import FILLINGS, fill_text
from rootlint.model.organization import Organization, RootFeatures
from rootlint.model.policy import Policy, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Value
from rootlint.reason.answer import Answer, Request, every
from rootlint.reason.elements import action_matches
from rootlint.reason.iam import decide
from rootlint.reason.match import match_value
from rootlint.reason.root import people_with_mfa

_ASSUME = "sts:AssumeRoot"
_TASK = "arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword"
_ACCOUNTS = ("444455556666", "777788889999", "555566667777", "888899990000")
_LITERAL = re.compile(r"(?<!\d)\d{12}(?!\d)")


class Grant(NamedTuple):
    """A request for a root password of any member account, whether a statement lets it through.

    `entry` is what names the action, for itself where `named`; `document` what was judged.
    """

    statement: Statement
    entry: Value
    request: Request
    answer: Answer
    document: Policy

    @property
    def named(self) -> bool:
        """Whether the entry means this action, and does not only cover it as `sts:*` does."""
        return (text(self.entry) or "").lower() == _ASSUME.lower()


def runs_organization(unit: str, estate: Estate) -> bool:
    """Whether a unit is made in the management account: it declares what only that account has.

    A caller of any other account is refused, unless IAM was delegated to it.
    """
    kinds = (Organization, RootFeatures)
    return any(found.resource.unit == unit for found in estate.every(kinds))


def root_grants(document: Policy) -> Iterator[Grant]:
    """The Allows of `sts:AssumeRoot` in a document; an administrator's `*` is left out."""
    for statement in document.statements:
        entry = _entry(statement)
        if entry is None or text(statement.effect) == "Deny":
            continue
        own = document.allowing(statement)
        requests = _requests(document)
        answer = every(decide((own,), request) for request in requests)
        if answer.truth is not Truth.NO:
            yield Grant(statement, entry, requests[-1], answer, document)


def _entry(statement: Statement) -> Value | None:
    for item in statement.action.items if statement.action else ():
        found = match_value(item, lambda value: action_matches(value, _ASSUME))
        if found.truth is not Truth.NO and not (text(item) or "").startswith("*"):
            return item
    return None


def _requests(document: Policy) -> list[Request]:
    """For two member accounts of which the policy does not speak."""
    named = set(_LITERAL.findall(fill_text(document.raw, FILLINGS[1])))
    free = [account for account in _ACCOUNTS if account not in named][:2]
    return [_request(account) for account in free]


def _request(account: str) -> Request:
    (request,) = people_with_mfa(_ASSUME, f"arn:aws:iam::{account}:root")
    context = MappingProxyType({**request.context, "sts:taskpolicyarn": (_TASK,)})
    return request._replace(context=context)
