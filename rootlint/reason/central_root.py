"""Centralized root access: what of it the code switches on, and what it takes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
"""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.organization import (
    Account,
    DelegatedAdministrator,
    Organization,
    RootFeatures,
)
from rootlint.model.read import elements, text
from rootlint.model.same import spells
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Unknown, Value

CREDENTIALS, SESSIONS = "RootCredentialsManagement", "RootSessions"
_IAM = "iam.amazonaws.com"
_MEMBERS = (Account, DelegatedAdministrator)


class Lacks(NamedTuple):
    """Whether a list lacks something, which, and what hides the answer."""

    truth: Truth
    what: str = ""
    unknowns: tuple[Unknown, ...] = ()


def lacking_feature(features: RootFeatures) -> Lacks:
    """Which of the two features is not switched on: without sessions nobody can recover an account."""
    missing = [_lacks(features.features, name) for name in (CREDENTIALS, SESSIONS)]
    for wanted in (Truth.YES, Truth.UNKNOWN):
        found = next((one for one in missing if one.truth is wanted), None)
        if found is not None:
            return found
    return Lacks(Truth.NO)


def lacks_trust(organization: Organization) -> Lacks:
    """Whether an organization that lists its trusted services leaves IAM out."""
    return _lacks(organization.trusted_services, _IAM)


def _lacks(value: Value | None, name: str) -> Lacks:
    items, rest = elements(value)
    there = any_of(spells(item, name) for item in items)
    if there is Truth.YES:
        return Lacks(Truth.NO)
    hidden = [item for item in items if isinstance(item, Unknown)]
    if rest is not None:
        hidden.append(rest)
    doubtful = there is Truth.UNKNOWN or rest is not None
    return Lacks(Truth.UNKNOWN if doubtful else Truth.YES, name, tuple(hidden))


def has_accounts(organization: Organization, estate: Estate) -> bool:
    """Whether the code surely gives a whole organization members."""
    unit = organization.resource.unit
    return text(organization.feature_set) == "ALL" and any(
        found.resource.unit == unit and found.resource.exists is Truth.YES
        for found in estate.every(_MEMBERS)
    )
