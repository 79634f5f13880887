"""Who holds a policy, and which credentials of their own they have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate, Link
from rootlint.model.identity import (
    AccessKey,
    AccessPolicy,
    Group,
    Holder,
    LoginProfile,
    Membership,
    PolicyAttachment,
    User,
)
from rootlint.model.read import flag
from rootlint.model.resource import Resource
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Unknown, Value, Why
from rootlint.source import Span

_KINDS: dict[Holder, type[User | Group]] = {Holder.USER: User, Holder.GROUP: Group}


class Person(NamedTuple):
    """A user or a group that holds a policy. `identity` is None where it is not declared here."""

    identity: User | Group | None
    holds: Truth
    because: tuple[Unknown, ...] = ()

    @property
    def is_group(self) -> bool:
        return isinstance(self.identity, Group)


class SigningIn(NamedTuple):
    """Whether somebody who holds a policy signs in to the console, and what hides the answer.

    `first` says that one of them surely has to choose another password before anything else.
    """

    truth: Truth
    because: tuple[Unknown, ...] = ()
    first: bool = False


def people_holding(policy: AccessPolicy, estate: Estate) -> tuple[Person, ...]:
    """The users and groups that the code gives a policy to; roles are left out."""
    if policy.holder is not None:
        return tuple(_people(policy.holder, policy.holder_name, policy.resource, estate))
    return tuple(
        person._replace(holds=person.holds & link.holds)
        for link in estate.linked(PolicyAttachment, "policy", policy)
        for person in _people(
            link.thing.holder, link.thing.holder_name, link.thing.resource, estate
        )
    )


def _people(holder: Holder, name: Value | None, by: Resource, estate: Estate) -> Iterator[Person]:
    kind = _KINDS.get(holder)
    if kind is None:
        return
    there = by.exists
    because = (by.because,) if by.because is not None else ()
    found: tuple[Link[User | Group], ...] = estate.target(name, kind, by)
    sure = [link.thing for link in found if link.holds is Truth.YES]
    if len(sure) == 1:
        yield Person(sure[0], there, because)
        return
    unseen = Unknown(Why.UNDECLARED, "who this is", _at(name, by))
    yield Person(None, there & Truth.UNKNOWN, (*because, *(tuple(unknowns(name)) or (unseen,))))


def _at(name: Value | None, by: Resource) -> Span:
    return by.span if name is None else name.span


def has_password(user: User, estate: Estate) -> Truth:
    """Whether the code gives a user a console password."""
    return any_of(link.holds for link in estate.linked(LoginProfile, "user", user))


def has_key(user: User, estate: Estate) -> Truth:
    """Whether the code gives a user a long-term access key."""
    return any_of(link.holds for link in estate.linked(AccessKey, "user", user))


def must_change_password(user: User, estate: Estate) -> Truth:
    """Whether a user has to choose another password before anything else."""
    return any_of(
        link.holds & flag(link.thing.reset, default=False)
        for link in estate.linked(LoginProfile, "user", user)
    )


def members(group: Group, estate: Estate) -> tuple[User, ...]:
    """The users that the code surely puts into a group."""
    found = []
    for link in estate.linked(Membership, "group", group):
        if link.holds is Truth.YES:
            named = estate.target(link.thing.user, User, link.thing.resource)
            found += [one.thing for one in named if one.holds is Truth.YES]
    return tuple(found)


def signing_in(policy: AccessPolicy, estate: Estate) -> SigningIn:
    """Whether somebody signs in to the console with a policy, as the code has it."""
    people = people_holding(policy, estate)
    truths = [person.holds & _signs_in(person.identity, estate) for person in people]
    truth = any_of(truths)
    users = [person.identity for person in people if isinstance(person.identity, User)]
    first = any(must_change_password(user, estate) is Truth.YES for user in users)
    doubts = (hole for person in people for hole in person.because)
    return SigningIn(truth, tuple(dict.fromkeys(doubts)) if truth is Truth.UNKNOWN else (), first)


def _signs_in(identity: User | Group | None, estate: Estate) -> Truth:
    return Truth.UNKNOWN if identity is None else signs_in(identity, estate)


def signs_in(identity: User | Group, estate: Estate) -> Truth:
    """Whether somebody signs in to the console as a user or as a member of a group.

    People are put into groups elsewhere as well; one whose members are all declared and have no
    password is made for machines.
    """
    if isinstance(identity, User):
        return has_password(identity, estate)
    named = estate.linked(Membership, "group", identity)
    known = members(identity, estate)
    if not named or len(known) < len(named):
        return Truth.YES
    return any_of(has_password(user, estate) for user in known)
