"""What an account has against misuse beside its trails: detective controls, and what switches them off."""

from __future__ import annotations

from dataclasses import dataclass

from rootlint.model.resource import Resource
from rootlint.model.value import Value


@dataclass(frozen=True, slots=True)
class Detector:
    """GuardDuty in an account and Region."""

    resource: Resource
    enabled: Value | None = None


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """A GuardDuty filter. `criteria` is a list of maps: `Field`, and each condition by its API name.

    The conditions are Equals, NotEquals, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual,
    Matches and NotMatches, also where the code has their older short names.
    """

    resource: Resource
    action: Value | None = None
    criteria: Value | None = None
