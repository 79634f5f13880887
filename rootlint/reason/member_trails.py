"""Whether something records the member accounts of an organization, beside the trail of its owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.embedded import parse_json
from rootlint.model.estate import Estate
from rootlint.model.organization import Account, Baseline, LandingZone, Organization
from rootlint.model.read import flag
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Map, Unknown, Why
from rootlint.model.watch import Trail
from rootlint.reason.accounts import same_account


class Recorded(NamedTuple):
    """Whether members are recorded, and what hides the answer."""

    truth: Truth
    unknowns: tuple[Unknown, ...] = ()


def member_of(trail: Trail, estate: Estate) -> Account | None:
    """An account of the organization that the trail's own account owns in this code."""
    unit = trail.resource.unit
    owners = (found for found in estate.every(Organization) if found.resource.unit == unit)
    if not any(same_account(trail.resource, x.resource) is Truth.YES for x in owners):
        return None
    accounts = (found for found in estate.every(Account) if found.resource.unit == unit)
    return next((found for found in accounts if found.resource.exists is Truth.YES), None)


def members_recorded(trail: Trail, estate: Estate) -> Recorded:
    """Whether this trail or anything else in the code records the organization's members.

    A trail of the whole organization does, and Control Tower's where its landing zone logs:
    https://docs.aws.amazon.com/controltower/latest/userguide/about-logging.html
    """
    trails = estate.every(Trail)
    organized = [flag(found.organization, default=False) for found in trails]
    logged = [_logs(found) for found in estate.every(LandingZone)]
    truth = any_of((*organized, *logged))
    if truth is Truth.YES:
        return Recorded(truth)
    hidden = (
        *_open(trails, estate),
        *_elsewhere(estate),
        *_apart(trail, estate),
        *estate.opaque(trail.resource.unit),
    )
    return Recorded(Truth.UNKNOWN if hidden else truth, hidden)


def _elsewhere(estate: Estate) -> Iterator[Unknown]:
    """A landing zone of Control Tower that other code sets up: only one brings baselines.

    https://docs.aws.amazon.com/controltower/latest/userguide/types-of-baselines.html
    """
    if not estate.every(LandingZone):
        for found in estate.every(Baseline):
            said = f"the landing zone that `{found.resource.address}` is part of"
            yield Unknown(Why.IMPORT, said, found.resource.span)


def _open(trails: tuple[Trail, ...], estate: Estate) -> Iterator[Unknown]:
    """What hides whether a trail is one of the organization, or a landing zone logs."""
    for found in trails:
        yield from unknowns(found.organization)
    for zone in estate.every(LandingZone):
        yield from unknowns(zone.manifest)


def _apart(trail: Trail, estate: Estate) -> Iterator[Unknown]:
    """Trails that may be in members: those that are not for certain in this one's account."""
    for other in estate.every(Trail):
        if same_account(trail.resource, other.resource) is not Truth.YES:
            said = f"whose account `{other.resource.address}` is in"
            yield Unknown(Why.PSEUDO, said, other.resource.span)


def _logs(zone: LandingZone) -> Truth:
    manifest = parse_json(zone.manifest) if zone.manifest is not None else None
    logging = manifest.get("centralizedLogging") if isinstance(manifest, Map) else None
    return flag(logging.get("enabled"), default=True) if isinstance(logging, Map) else Truth.UNKNOWN
