"""Which organization policies bind whom: what a policy is attached to, as far as the code says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate, Link
from rootlint.model.organization import (
    Account,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
)
from rootlint.model.read import elements, text
from rootlint.model.remember import remembered
from rootlint.model.resource import Resource
from rootlint.model.same import any_same, unknowns
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Choice, Reference, Unknown, Value

# https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html
_ROOT_ID = re.compile(r"r-[0-9a-z]{4,32}")
_ROOT_ATTRIBUTES = frozenset({"roots", "RootId"})
_OWNER_ATTRIBUTES = frozenset({"master_account_id", "management_account_id", "ManagementAccountId"})
_ACCOUNT_ATTRIBUTES = _OWNER_ATTRIBUTES | {"accounts", "non_master_accounts"}
_MEMBERS = (Account, OrganizationalUnit)


class Target(NamedTuple):
    """A root, unit or account that a policy is attached to. `by` is the resource that says so."""

    value: Value
    by: Resource
    holds: Truth


class Targets(NamedTuple):
    """Everything that a policy is attached to, and what hides more of it."""

    values: tuple[Target, ...]
    hidden: tuple[Unknown, ...]


class Bound(NamedTuple):
    """Whether a policy binds something, and what hides the answer."""

    truth: Truth
    unknowns: tuple[Unknown, ...] = ()


@remembered
def targets(policy: OrganizationPolicy, estate: Estate) -> Targets:
    """What a policy is attached to: by its own targets, and by the attachments that name it."""
    own, rest = elements(policy.targets)
    found = [Target(value, policy.resource, Truth.YES) for value in own]
    hidden = [*estate.hidden(policy.resource), *([rest] if rest is not None else [])]
    for link in estate.linked(OrganizationPolicyAttachment, "policy", policy):
        value = link.thing.target
        if value is not None:
            found.append(Target(value, link.thing.resource, link.holds))
        if link.holds is Truth.UNKNOWN:
            hidden += _doubts(link, policy, estate)
    return Targets(tuple(found), tuple(dict.fromkeys(hidden)))


def _doubts(
    link: Link[OrganizationPolicyAttachment], policy: OrganizationPolicy, estate: Estate
) -> Iterator[Unknown]:
    """Why it is not known whether an attachment is there, or whether it names the policy."""
    resource = link.thing.resource
    if resource.because is not None:
        yield resource.because
    if estate.denotes(link.thing.policy, policy, by=resource) is not Truth.YES:
        yield from unknowns(link.thing.policy)


@remembered
def attached(policy: OrganizationPolicy, estate: Estate) -> Bound:
    """Whether a policy is attached to anything at all."""
    found = targets(policy, estate)
    truth = any_of(target.holds & _is_there(target.value) for target in found.values)
    if truth is Truth.NO and found.hidden:
        truth = Truth.UNKNOWN
    return _bound(truth, found)


@remembered
def attached_to_members(policy: OrganizationPolicy, estate: Estate) -> Bound:
    """Whether a policy is attached to anything but the management account, which none restricts."""
    found = targets(policy, estate)
    truth = any_of(
        target.holds & _is_there(target.value)
        for target in found.values
        if is_management_account(target.value, target.by, estate) is not Truth.YES
    )
    if truth is Truth.NO and found.hidden:
        truth = Truth.UNKNOWN
    return _bound(truth, found)


@remembered
def covers_root(policy: OrganizationPolicy, estate: Estate) -> Bound:
    """Whether a policy is attached to the root of the organization, and so binds every member account."""
    found = targets(policy, estate)
    truth = any_of(
        target.holds & is_organization_root(target.value, estate) for target in found.values
    )
    if truth is Truth.NO and found.hidden:
        truth = Truth.UNKNOWN
    return _bound(truth, found)


def _bound(truth: Truth, found: Targets) -> Bound:
    if truth is not Truth.UNKNOWN:
        return Bound(truth)
    holes = (hole for target in found.values for hole in unknowns(target.value))
    return Bound(truth, tuple(dict.fromkeys((*found.hidden, *holes))))


def _is_there(value: Value) -> Truth:
    """Whether a target is written in every scenario; whatever it is, the policy binds something."""
    if isinstance(value, Choice):
        there = {option.value is not None for option in value.options}
        return Truth.UNKNOWN if len(there) > 1 else any_of(map(Truth.of, there))
    return Truth.YES


def is_organization_root(value: Value, estate: Estate) -> Truth:
    """Whether a value is the root of the organization: its id, or a reference to it."""
    if isinstance(value, Choice):
        answers = {
            Truth.NO if option.value is None else is_organization_root(option.value, estate)
            for option in value.options
        }
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    written = text(value)
    if written is not None:
        return Truth.of(_ROOT_ID.fullmatch(written) is not None)
    refers = value.refers
    if refers is None:
        return Truth.UNKNOWN
    if _first(refers) in _ROOT_ATTRIBUTES:
        return Truth.YES
    if _first(refers) in _ACCOUNT_ATTRIBUTES:
        return Truth.NO
    named = any_of(
        estate.denotes(value, member) for kind in _MEMBERS for member in estate.every(kind)
    )
    return Truth.NO if named is Truth.YES else Truth.UNKNOWN


def is_management_account(value: Value, by: Resource, estate: Estate) -> Truth:
    """Whether a value that `by` holds is the account that owns the organization.

    It is read off the organization, or is the account in which the same code creates it. A root, a
    unit and a member account are not it.
    """
    refers = None if isinstance(value, Choice) else value.refers
    if refers is not None and _first(refers) in _OWNER_ATTRIBUTES:
        return Truth.YES
    owners = (found.owner for found in estate.every(Organization) if found.resource.unit == by.unit)
    if any_same(value, tuple(owner for owner in owners if owner is not None)) is Truth.YES:
        return Truth.YES
    other = (
        is_organization_root(value, estate) is Truth.YES
        or any_of(
            estate.denotes(value, member, by=by)
            for kind in _MEMBERS
            for member in estate.every(kind)
        )
        is Truth.YES
    )
    return Truth.NO if other else Truth.UNKNOWN


def _first(refers: Reference) -> str:
    """The first name of the attribute that a reference reads: `roots[0].id` → `roots`."""
    return re.split(r"[.\[]", refers.attribute, maxsplit=1)[0]
