"""Statements that let people take on any role, and who may use them without MFA."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.identity import Group, User
from rootlint.model.policy import Policy, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Value
from rootlint.reason.answer import Answer, Request, every
from rootlint.reason.elements import action_matches
from rootlint.reason.holders import has_key, has_password, members
from rootlint.reason.holdings import Holdings, holdings
from rootlint.reason.iam import allows
from rootlint.reason.intent import MFA_KEYS, conditions_on
from rootlint.reason.match import match_value
from rootlint.reason.privilege import may
from rootlint.reason.root import ACCOUNT, people_without_mfa

_ASSUME = "sts:AssumeRole"
# A role of the account at hand, and one of another.
_ROLES = (f"arn:aws:iam::{ACCOUNT}:role/any", "arn:aws:iam::777788889999:role/any")


def naming_any_role(document: Policy) -> Iterator[tuple[Statement, Value]]:
    """Allows of `sts:AssumeRole` on every role, with the entry of `Action` that says so.

    An administrator's `*` is left out, it is no grant of roles; so is what asks for MFA, rightly or not.
    """
    for statement in document.statements:
        entry = _entry(statement)
        if entry is None or conditions_on(statement, MFA_KEYS):
            continue
        alone = document.supposing(statement)
        asked = [allows(alone, request).truth for request in _requests()]
        if text(statement.effect) == "Allow" and all(truth is Truth.YES for truth in asked):
            yield statement, entry


def _requests() -> Iterator[Request]:
    for role in _ROLES:
        yield people_without_mfa(_ASSUME, role)[0]


def _entry(statement: Statement) -> Value | None:
    for item in statement.action.items if statement.action else ():
        found = match_value(item, lambda value: action_matches(value, _ASSUME))
        if found.truth is Truth.YES and not (text(item) or "").startswith("*"):
            return item
    return None


class Assumed(NamedTuple):
    """The request without MFA for a role of another account, and whether an identity makes it.

    `held` is what the identity holds.
    """

    request: Request
    answer: Answer
    held: Holdings


def assumed(identity: User | Group, estate: Estate) -> Assumed | None:
    """What of a user's own credentials, or of a group's members', takes on any role; the key first.

    None where nothing does: there are no such credentials, or a policy denies it.
    """
    held = holdings(identity, estate)
    tried = [_assumed(held, at) for at in _credentials(identity, estate)]
    for wanted in (Truth.YES, Truth.UNKNOWN):
        for one in tried:
            if one.answer.truth is wanted:
                return _by_members(one, identity, estate)
    return None


def _assumed(held: Holdings, at: int) -> Assumed:
    requests = [people_without_mfa(_ASSUME, role)[at] for role in _ROLES]
    return Assumed(requests[1], every(may(held, request) for request in requests), held)


def _credentials(identity: User | Group, estate: Estate) -> Iterator[int]:
    """Which requests of `people_without_mfa` an identity can make: with its key, with its password."""
    if isinstance(identity, Group):
        yield from (0, 1)
        return
    if has_key(identity, estate) is not Truth.NO:
        yield 0
    if has_password(identity, estate) is not Truth.NO:
        yield 1


def _by_members(found: Assumed, identity: User | Group, estate: Estate) -> Assumed | None:
    """What is left of a group's request by what the members that are known hold besides."""
    known = members(identity, estate) if isinstance(identity, Group) else ()
    own = [one for user in known if (one := assumed(user, estate)) is not None]
    if not known or any(one.answer.truth is Truth.YES for one in own):
        return found
    return own[0] if own else None
