"""Whether two faults can have one cause: what they are about, and what that has in common."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.organization import LandingZone, Organization, OrganizationPolicy
from rootlint.model.policy import Policy
from rootlint.source import Span, within


class Shared(Enum):
    """What two faults must have in common.

    CHAIN: they lie in one unit and, where one of them says what it concerns, share one of that.
    ORGANIZATION: the policies of one organization. One that is alone in all that was read is the
    organization of every unit that declares none.
    """

    THING = "a resource that both are about"
    STATEMENT = "a statement of a policy"
    CHAIN = "a unit"
    ORGANIZATION = "an organization"


class Fault(NamedTuple):
    """What a check found, in a unit. `about` is the address of the resource that it is about.

    `concerns` are those of what else the fault touches, where the check says it; `kind` is which
    fault it is, of a check that can show several.
    """

    check: str
    unit: str
    about: str
    at: Span
    kind: str = ""
    concerns: frozenset[str] = frozenset()
    is_note: bool = False

    @property
    def things(self) -> frozenset[str]:
        return self.concerns | {self.about}


# Where faults can meet: a unit, and an address in it unless the unit is enough.
Place = tuple[str, str]


class Sharing:
    """Answers for the faults of one estate."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate

    def places(self, shared: Shared, fault: Fault) -> Iterator[Place]:
        """Two faults that have enough in common have one of these in common."""
        match shared:
            case Shared.ORGANIZATION:
                yield self._organization(fault.unit), ""
            case Shared.CHAIN:
                yield fault.unit, ""
            case Shared.THING | Shared.STATEMENT:
                yield from ((fault.unit, address) for address in fault.things)

    def holds(self, shared: Shared, cause: Fault, effect: Fault) -> bool:
        """Whether a cause and what it may explain, which meet in a place, have enough in common."""
        match shared:
            case Shared.ORGANIZATION | Shared.THING:
                return True
            case Shared.CHAIN:
                unsaid = not (cause.concerns or effect.concerns)
                return unsaid or bool(cause.things & effect.things)
            case Shared.STATEMENT:
                places = [self._statements(cause), self._statements(effect)]
                return not all(places) or bool(places[0] & places[1])

    def _organization(self, unit: str) -> str:
        """The unit that declares the organization of a unit; itself where that is not known."""
        owners = self._owners
        return next(iter(owners)) if unit not in owners and len(owners) == 1 else unit

    @cached_property
    def _owners(self) -> frozenset[str]:
        kinds = (Organization, LandingZone)
        return frozenset(found.resource.unit for found in self._estate.every(kinds))

    def _statements(self, fault: Fault) -> set[tuple[str, int]]:
        """The statements that a fault points into; none where it is about the whole document."""
        return {
            (address, statement.index)
            for address in fault.things
            for document in self._documents.get((fault.unit, address), ())
            for statement in document.statements
            if within(fault.at, statement.span)
        }

    @cached_property
    def _documents(self) -> dict[tuple[str, str], list[Policy]]:
        found: dict[tuple[str, str], list[Policy]] = {}
        for key, document in _written(self._estate):
            found.setdefault(key, []).append(document)
        return found


def _written(estate: Estate) -> Iterator[tuple[tuple[str, str], Policy]]:
    policies: tuple[OrganizationPolicy | AccessPolicy, ...] = (
        *estate.every(OrganizationPolicy),
        *estate.every(AccessPolicy),
    )
    for policy in policies:
        if policy.document is not None:
            yield (policy.resource.unit, policy.resource.address), policy.document
