"""Principal and NotPrincipal: whom a resource policy or a trust policy speaks of.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from rootlint.model.policy import Principals
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Why
from rootlint.reason.arn import account_of, partition_of
from rootlint.reason.match import Match, Written, any_match, each, match_value, once, unsaid
from rootlint.reason.policy_strings import Language, pattern

_UNIQUE_ID = re.compile(r"A(?:IDA|ROA|GPA|KIA|SIA)[A-Z0-9]{12,20}")


class _Names(NamedTuple):
    """The strings that name a principal: itself, its role where it is a session, its account."""

    own: tuple[str, ...]
    role: tuple[str, ...]
    account: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.own, *self.role, *self.account)


def names(principal: str) -> _Names:
    account = account_of(principal)
    if not account:
        return _Names((principal,), (), ())
    root = f"arn:{partition_of(principal)}:iam::{account}:root"
    role: tuple[str, ...] = ()
    resource = principal.split(":", 5)[5]
    if resource.startswith("assumed-role/"):
        name = resource.split("/")[1]
        role = (f"arn:{partition_of(principal)}:iam::{account}:role/{name}",)
    own = () if principal == root else (principal,)
    return _Names(own, role, (root, account))


def named(principals: Principals, principal: str) -> Match:
    """Whether `Principal` covers who makes the request. An account stands for everybody in it."""
    if principals.anyone:
        return Match(Truth.YES)
    known = names(principal)
    return any_match(_listed(principals, known.all))


def exempted(principals: Principals, principal: str) -> Match:
    """Whether `NotPrincipal` leaves the request alone.

    AWS wants the account listed besides a user, and the role besides a session; it does not say
    what holds where only one of them is.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """
    if principals.anyone:
        return Match(Truth.YES)
    known = names(principal)
    levels = [level for level in (known.own, known.role, known.account) if level]
    answers = [any_match(_listed(principals, level)) for level in levels]
    truths = [answer.truth for answer in answers]
    holes = tuple(hole for answer in answers for hole in answer.unknowns)
    if all(truth is Truth.YES for truth in truths):
        return Match(Truth.YES)
    if all(truth is Truth.NO for truth in (truths[:-1] or truths)):
        # Neither the principal nor its role is listed: an account alone exempts nobody but its root.
        return Match(Truth.NO)
    doubt = Unknown(
        Why.UNSPECIFIED,
        "`NotPrincipal` that lists a principal without its account",
        principals.span,
    )
    return Match(Truth.UNKNOWN, once(holes) or (doubt,))


def _listed(principals: Principals, level: tuple[str, ...]) -> Iterator[Match]:
    for kind, elements in principals.by_type.items():
        for value in each(elements):
            yield match_value(value, partial(_matches, kind, level))
    if principals.rest is not None:
        yield Match(Truth.UNKNOWN, (principals.rest,))


def _matches(kind: str, known: tuple[str, ...], value: Written) -> Match:
    """Whether one entry of a type names a principal of which `known` are the names."""
    if isinstance(value, Known):
        return _known(kind, text(value) or "", value, known)
    return _open(kind, value, known)


def _known(kind: str, written: str, value: Known, known: tuple[str, ...]) -> Match:
    if kind == "CanonicalUser":
        return unsaid(value, "whose canonical user id this is")
    if written in known or (kind == "AWS" and written == "*"):
        return Match(Truth.YES)
    if kind == "AWS" and _role_with_path(written) in known:
        return Match(Truth.YES)
    if "*" in written or "?" in written:
        named_so = _may_name(value, known)
        return unsaid(value, "a wildcard within a principal") if named_so else Match(Truth.NO)
    if _UNIQUE_ID.fullmatch(written):
        return unsaid(value, "whose id this is")
    return Match(Truth.NO)


def _role_with_path(written: str) -> str:
    """The ARN of a role without its path: the ARN of its sessions carries none."""
    head, slash, rest = written.partition(":role/")
    return f"{head}{slash}{rest.rpartition('/')[2]}" if slash else ""


def _may_name(value: Known, known: tuple[str, ...]) -> bool:
    meant = pattern(value, Language(wildcards=True))
    return any(meant.meets(name) is Truth.YES for name in known)


def _open(kind: str, value: Text | Unknown, known: tuple[str, ...]) -> Match:
    """An entry with holes: NO only where none of the names can come of it."""
    meant = pattern(value, Language())
    candidates = (*known, "*") if kind == "AWS" else known
    paths = any(":role/" in name for name in known) and isinstance(value, Text)
    possible = paths or any(meant.meets(name) is not Truth.NO for name in candidates)
    return Match(Truth.UNKNOWN, meant.holes) if possible else Match(Truth.NO)
