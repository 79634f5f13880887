"""What a user, a group or a role holds: inline policies, attached ones, and those of its groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate, Link
from rootlint.model.identity import (
    AccessPolicy,
    Group,
    Holder,
    Membership,
    PolicyAttachment,
    Role,
    User,
)
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.resource import Resource
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Value, Why
from rootlint.reason.home import at_home
from rootlint.reason.managed import Managed, managed

Identity = User | Group | Role
_HOLDERS = {User: Holder.USER, Group: Holder.GROUP, Role: Holder.ROLE}


class Held(NamedTuple):
    """A policy that an identity holds, by an inline policy or by an attachment.

    `document` is None where it cannot be read; `managed` is given where AWS manages it. `because`
    says why it is not known whether it is held, or what is in it. One of another unit that names
    nobody for certain `is_far`: it may be in the way, but is no reason to think that it is held.
    """

    by: Resource
    holds: Truth
    document: Policy | None
    managed: Managed | None = None
    because: tuple[Unknown, ...] = ()
    policy: Resource | None = None
    is_far: bool = False

    @property
    def resources(self) -> tuple[Resource, ...]:
        return (self.by,) if self.policy is None else (self.by, self.policy)


class Holdings(NamedTuple):
    """Everything that an identity holds, its boundary apart, and what may hide more of it."""

    held: tuple[Held, ...]
    boundary: Held | None = None
    hidden: tuple[Unknown, ...] = ()

    @property
    def documents(self) -> tuple[Value, ...]:
        """The documents as values, for a proof."""
        return tuple(held.document.raw for held in self.held if held.document is not None)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """What gives the identity its policies, and the policies themselves."""
        return tuple(found for held in self.held for found in held.resources)


def holdings(identity: Identity, estate: Estate) -> Holdings:
    """What an identity of the code holds; a user holds what its groups hold as well."""
    unit = identity.resource.unit
    held = [
        one._replace(is_far=one.by.unit != unit and one.holds is Truth.UNKNOWN)
        for one in (*_inline(identity, estate), *_attached(identity, estate))
    ]
    hidden = list(estate.hidden(identity.resource))
    if isinstance(identity, User):
        for link in estate.linked(Membership, "user", identity):
            group = _of_group(link, estate)
            held.extend(group.held)
            hidden.extend(group.hidden)
    return Holdings(tuple(held), _boundary(identity, estate), tuple(dict.fromkeys(hidden)))


def _inline(identity: Identity, estate: Estate) -> Iterator[Held]:
    holder = _HOLDERS[type(identity)]
    for link in estate.linked(AccessPolicy, "holder_name", identity):
        policy = link.thing
        if policy.holder is holder and policy.kind is PolicyKind.IDENTITY:
            because = (
                () if link.holds is Truth.YES else _doubts(policy.resource, policy.holder_name)
            )
            yield _of_policy(policy, policy.resource, estate, link.holds, because)


def _attached(identity: Identity, estate: Estate) -> Iterator[Held]:
    holder = _HOLDERS[type(identity)]
    for link in estate.linked(PolicyAttachment, "holder_name", identity):
        found = link.thing
        if found.holder is holder:
            because = () if link.holds is Truth.YES else _doubts(found.resource, found.holder_name)
            yield _named(found.policy, found.resource, estate, link.holds, because)


def _boundary(identity: Identity, estate: Estate) -> Held | None:
    if isinstance(identity, Group) or identity.boundary is None:
        return None
    return _named(identity.boundary, identity.resource, estate)


def _named(
    arn: Value,
    by: Resource,
    estate: Estate,
    holds: Truth = Truth.YES,
    because: tuple[Unknown, ...] = (),
) -> Held:
    """The policy that an ARN names: one of AWS, one of the code, or one that is not seen."""
    known = managed(arn)
    if known is not None:
        return Held(by, holds, known.document, known, because)
    named = [link for link in estate.target(arn, AccessPolicy, by) if link.thing.holder is None]
    sure = [link.thing for link in named if link.holds is Truth.YES]
    if len(sure) == 1:
        return _of_policy(sure[0], by, estate, holds, because)
    unseen = Unknown(Why.UNDECLARED, "a policy that is not declared here", arn.span)
    return Held(by, holds, None, None, (*because, *(tuple(unknowns(arn)) or (unseen,))))


def _of_policy(
    policy: AccessPolicy,
    by: Resource,
    estate: Estate,
    holds: Truth,
    because: tuple[Unknown, ...],
) -> Held:
    hidden = (policy.hidden,) if policy.hidden is not None else ()
    document = None if policy.document is None else at_home(policy.document, estate)
    return Held(by, holds, document, None, (*because, *hidden), policy.resource)


def _of_group(link: Link[Membership], estate: Estate) -> Holdings:
    """What a user holds through a group; a group that is not declared may hold anything."""
    membership = link.thing
    groups = estate.target(membership.group, Group, membership.resource)
    sure = [found.thing for found in groups if found.holds is Truth.YES]
    if len(sure) != 1:
        at = membership.resource.span if membership.group is None else membership.group.span
        unseen = Unknown(Why.UNDECLARED, "a group that is not declared here", at)
        return Holdings((), None, tuple(unknowns(membership.group)) or (unseen,))
    found = holdings(sure[0], estate)
    if link.holds is Truth.YES:
        return found
    doubts = _doubts(membership.resource, membership.user)
    held = (
        one._replace(holds=one.holds & link.holds, because=(*one.because, *doubts))
        for one in found.held
    )
    return found._replace(held=tuple(held))


def _doubts(resource: Resource, value: Value | None) -> tuple[Unknown, ...]:
    """Why it is not known whether something is held."""
    there = (resource.because,) if resource.because is not None else ()
    return (*there, *unknowns(value))
