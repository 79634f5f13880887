"""Whom a policy is written for: people with long-term credentials, or roles only."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy, Holder, PolicyAttachment
from rootlint.model.organization import OrganizationPolicy
from rootlint.model.policy import PolicyKind
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown

_PEOPLE = frozenset({Holder.USER, Holder.GROUP})


class Audience(NamedTuple):
    """Whether people may carry a policy, and what hides the answer."""

    people: Truth
    because: tuple[Unknown, ...] = ()


def audience(policy: AccessPolicy | OrganizationPolicy, estate: Estate) -> Audience:
    """Whether a policy may bind a user who signs with a long-term key.

    A managed policy that the code attaches to nobody may be attached to anybody.
    """
    if isinstance(policy, OrganizationPolicy) or policy.kind is not PolicyKind.IDENTITY:
        return Audience(Truth.YES)
    if policy.holder is not None:
        return Audience(Truth.of(policy.holder in _PEOPLE))
    attached = estate.linked(PolicyAttachment, "policy", policy)
    if any(link.thing.holder in _PEOPLE and link.holds is Truth.YES for link in attached):
        return Audience(Truth.YES)
    if not attached:
        return Audience(Truth.YES)
    hidden = estate.hidden(policy.resource)
    doubtful = hidden or any(link.thing.holder in _PEOPLE for link in attached)
    return Audience(Truth.UNKNOWN if doubtful else Truth.NO, hidden)
