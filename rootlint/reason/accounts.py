"""Whether two resources are in one account."""

from __future__ import annotations

from rootlint.model.read import text
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth


def same_account(one: Resource, other: Resource) -> Truth:
    """Whether two resources are in one account: those of one provider are."""
    here, there = text(one.scope.account), text(other.scope.account)
    if here is not None and there is not None:
        return Truth.of(here == there)
    alike = one.unit == other.unit and one.scope.provider == other.scope.provider
    return Truth.YES if alike else Truth.UNKNOWN
