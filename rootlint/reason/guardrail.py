"""Which guardrails an organization has against its members' root users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.organization import (
    Account,
    Control,
    LandingZone,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
    RootFeatures,
)
from rootlint.model.policy import Policy
from rootlint.model.read import elements, text
from rootlint.model.same import same, unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Known, Unknown, Value
from rootlint.reason.answer import Answer, Request, some
from rootlint.reason.binding import attached
from rootlint.reason.iam import denies
from rootlint.reason.root import ROOT_ACTIONS, root_requests

# Control Tower's controls that deny root by a service control policy, under their old and new names:
# https://docs.aws.amazon.com/controltower/latest/controlreference/strongly-recommended-preventive-controls.html
_ROOT_CONTROLS = (
    "AWS-GR_RESTRICT_ROOT_USER",
    "AWS-GR_RESTRICT_ROOT_USER_ACCESS_KEYS",
    "5kvme4m5d2b4d7if2fs5yg2ui",
    "8ui9y3oace2513xarz8aqojl7",
)
_MEMBERS = (Account, OrganizationalUnit, OrganizationPolicy)


class Guarded(NamedTuple):
    """Whether root is denied somewhere in the organization, by which documents it is not, what hides it."""

    truth: Truth
    documents: tuple[Value, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def root_key_request(partition: str) -> Request:
    """Root makes itself a long-term key, signed with the one that it has: the worst that can happen."""
    return next(iter(root_requests(("iam:CreateAccessKey",), partition=partition)))


def is_guardrail(policy: OrganizationPolicy) -> Truth:
    """Whether an organization policy is a service control policy."""
    name = text(policy.type)
    return Truth.UNKNOWN if name is None else Truth.of(name == "SERVICE_CONTROL_POLICY")


def all_features(organization: Organization) -> Truth:
    """Whether an organization has all features, without which it has no policies."""
    return same(organization.feature_set, Known("ALL", organization.resource.span))


def first_denied(document: Policy, partition: str) -> Request | None:
    """The first telling request of root that a document denies for certain."""
    for request in root_requests(ROOT_ACTIONS, partition=partition):
        if denies(document, request).truth is Truth.YES:
            return request
    return None


def has_members(organization: Organization | LandingZone, estate: Estate) -> bool:
    """Whether the code has accounts, units or policies that make a guardrail an obligation."""
    if isinstance(organization, LandingZone):
        return True
    features = text(organization.feature_set)
    if features is not None and features != "ALL":
        return False
    unit = organization.resource.unit
    return any(
        found.resource.unit == unit and found.resource.exists is Truth.YES
        for kind in _MEMBERS
        for found in estate.every(kind)
    )


def centrally_managed(organization: Organization | LandingZone, estate: Estate) -> bool:
    """Whether new member accounts have no root credentials at all: centralized root access."""
    return any(
        text(feature) == "RootCredentialsManagement"
        for found in estate.every(RootFeatures)
        if found.resource.unit == organization.resource.unit
        for feature in elements(found.features)[0]
    )


def root_guarded(organization: Organization | LandingZone, estate: Estate) -> Guarded:
    """Whether some guardrail of the estate denies a member's root user to make itself a key.

    One that binds a part of the organization counts: which part it leaves free is another question.
    """
    request = root_key_request(organization.resource.scope.partition)
    policies = [found for found in estate.every(OrganizationPolicy) if _binds(found)]
    answers = [*_controls(estate), *(_denied(found, request, estate) for found in policies)]
    found = some(answers)
    hidden = (*found.unknowns, *_out_of_sight(organization, estate))
    if found.truth is Truth.YES or not hidden:
        bound = (x for x in policies if attached(x, estate).truth is not Truth.NO)
        documents = (x.document.raw for x in bound if x.document is not None)
        return Guarded(found.truth, tuple(documents))
    return Guarded(Truth.UNKNOWN, (), hidden)


def _binds(policy: OrganizationPolicy) -> bool:
    return is_guardrail(policy) is not Truth.NO


def _denied(policy: OrganizationPolicy, request: Request, estate: Estate) -> Answer:
    """Whether a policy denies the request, and is bound to anything."""
    if policy.document is None:
        denied = Answer(Truth.UNKNOWN, None, (policy.hidden,) if policy.hidden else ())
    else:
        denied = denies(policy.document, request)
    if denied.truth is Truth.NO:
        return denied
    bound = attached(policy, estate)
    truth = all_of((denied.truth, bound.truth, is_guardrail(policy)))
    return Answer(truth, denied.term, (*denied.unknowns, *bound.unknowns))


def _controls(estate: Estate) -> Iterator[Answer]:
    for control in estate.every(Control):
        truth = _root_control(control) & control.resource.exists
        yield Answer(truth, None, tuple(unknowns(control.identifier)))


def _root_control(control: Control) -> Truth:
    identifier = text(control.identifier)
    if identifier is None:
        return Truth.UNKNOWN
    return any_of(Truth.of(identifier.endswith(name)) for name in _ROOT_CONTROLS)


def _out_of_sight(organization: Organization | LandingZone, estate: Estate) -> Iterator[Unknown]:
    """What may hold or attach a guardrail without our seeing it."""
    resource = organization.resource
    yield from estate.opaque(resource.unit)
    yield from estate.hidden(resource)
    for attachment in estate.every(OrganizationPolicyAttachment):
        named = (
            estate.denotes(attachment.policy, found, by=attachment.resource)
            for found in estate.every(OrganizationPolicy)
        )
        if any_of(named) is not Truth.YES:
            yield from unknowns(attachment.policy)
