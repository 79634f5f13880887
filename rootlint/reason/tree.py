"""The organization as a tree: in which units a member lies, and whether a target's policies reach it.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_auth.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.organization import Account, OrganizationalUnit
from rootlint.model.read import options
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.reason.binding import is_organization_root

Member = Account | OrganizationalUnit
_DEEPEST = 20  # AWS allows five levels of units: a longer path is a mistake, or a circle


class Path(NamedTuple):
    """A member and the units above it, from below. `hidden` says why the path does not end at the root."""

    members: tuple[Member, ...]
    hidden: tuple[Unknown, ...] = ()


def account_named(value: Value | None, estate: Estate) -> Account | None:
    """The account of the code that a value names for certain."""
    for account in estate.every(Account):
        if account.resource.exists is Truth.YES and stands_for(value, account, estate) is Truth.YES:
            return account
    return None


def members(unit: str, estate: Estate) -> tuple[Member, ...]:
    """The accounts and units that a unit of code declares for certain."""
    return tuple(
        found
        for found in _all(estate)
        if found.resource.unit == unit and found.resource.exists is Truth.YES
    )


def path(member: Member, estate: Estate) -> Path:
    """The way up from a member to the organization's root, as far as the code says it."""
    found = [member]
    while len(found) <= _DEEPEST:
        last = found[-1]
        if _in_root(last, estate) is Truth.YES:
            return Path(tuple(found))
        above = next(_above(last, estate), None)
        if above is None:
            return Path(tuple(found), _why(last))
        found.append(above)
    endless = Unknown(Why.LIMIT, "units that lie in one another", member.resource.span)
    return Path(tuple(found), (endless,))


def reaches(target: Value, way: Path, estate: Estate) -> Truth:
    """Whether what is attached to a target binds the member at the beginning of a path."""
    answers = {
        Truth.NO if option is None else _reaches(option, way, estate)
        for _, option in options(target)
    }
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def stands_for(value: Value | None, member: Member, estate: Estate) -> Truth:
    """Whether a value is the id or ARN of a member. A literal id may be that of any member."""
    if value is None:
        return Truth.NO
    literal = isinstance(value, Known) and value.refers is None
    return Truth.UNKNOWN if literal else estate.denotes(value, member)


def _all(estate: Estate) -> tuple[Member, ...]:
    return (*estate.every(Account), *estate.every(OrganizationalUnit))


def _reaches(target: Value, way: Path, estate: Estate) -> Truth:
    at_root = is_organization_root(target, estate)
    if at_root is Truth.YES:
        return at_root
    named = any_of(stands_for(target, member, estate) for member in way.members)
    if named is Truth.YES:
        return named
    return Truth.UNKNOWN if way.hidden else at_root | named


def _in_root(member: Member, estate: Estate) -> Truth:
    """Whether a member lies in the root itself. One without a parent does."""
    if member.parent is None:
        return Truth.YES
    return is_organization_root(member.parent, estate)


def _above(member: Member, estate: Estate) -> Iterator[OrganizationalUnit]:
    for unit in estate.every(OrganizationalUnit):
        if stands_for(member.parent, unit, estate) is Truth.YES:
            yield unit


def _why(member: Member) -> tuple[Unknown, ...]:
    resource = member.resource
    unsaid = Unknown(Why.ATTRIBUTE, f"where `{resource.address}` lies", resource.span)
    return tuple(unknowns(member.parent)) or (unsaid,)
