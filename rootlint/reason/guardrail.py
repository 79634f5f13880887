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
from rootlint.model.policy import Policy, PolicyKind
from rootlint.model.read import elements, text
from rootlint.model.same import same, unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Unknown, Value
from rootlint.reason.actions import actions
from rootlint.reason.answer import Answer, Request, some
from rootlint.reason.binding import attached_to_members
from rootlint.reason.bound_root import bound_root
from rootlint.reason.control_tower import control_document
from rootlint.reason.iam import denies
from rootlint.reason.match import once
from rootlint.reason.root import ROOT_ACTIONS, root_requests

_KINDS = {
    "SERVICE_CONTROL_POLICY": PolicyKind.SERVICE_CONTROL,
    "RESOURCE_CONTROL_POLICY": PolicyKind.RESOURCE_CONTROL,
}


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


def kind_of_guardrail(policy: OrganizationPolicy) -> PolicyKind | None:
    """What an organization policy of statements is; None where it is another, or that is not known."""
    return _KINDS.get(text(policy.type) or "")


def all_features(organization: Organization) -> Truth:
    """Whether an organization has all features, without which it has no policies."""
    return same(organization.feature_set, Known("ALL", organization.resource.span))


def restrains(policy: OrganizationPolicy, action: str) -> Truth:
    """Whether what a policy denies is denied to root users: by a service control policy, always.

    By a resource control policy where the service of the action heeds it:
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    kind = text(policy.type)
    if kind is None:
        return Truth.UNKNOWN
    of_resources = kind == "RESOURCE_CONTROL_POLICY"
    heeded = of_resources and action.partition(":")[0] in actions().under_rcp
    return Truth.of(kind == "SERVICE_CONTROL_POLICY" or heeded)


def first_denied(document: Policy, partition: str) -> Request | None:
    """The first telling request of root that a document denies for certain, of a root that it speaks of."""
    who = bound_root(document, partition)
    if who is None:
        return None
    for request in root_requests(ROOT_ACTIONS, partition=who.partition, account=who.account):
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
    policies = (x for x in estate.every(OrganizationPolicy) if is_guardrail(x) is Truth.YES)
    members: tuple[Declared, ...] = (
        *estate.every(Account),
        *estate.every(OrganizationalUnit),
        *policies,
    )
    return any(x.resource.unit == unit and x.resource.exists is Truth.YES for x in members)


def centrally_managed(organization: Organization | LandingZone, estate: Estate) -> bool:
    """Whether new member accounts have no root credentials at all: centralized root access."""
    return any(
        text(feature) == "RootCredentialsManagement"
        for found in estate.every(RootFeatures)
        if found.resource.unit == organization.resource.unit
        for feature in elements(found.features)[0]
    )


def root_guarded(
    organization: Organization | LandingZone, request: Request, estate: Estate
) -> Guarded:
    """Whether some guardrail of the estate denies a member's root user a request.

    One that binds a part of the organization counts: which part it leaves free is another question.
    """
    policies = [
        found
        for found in estate.every(OrganizationPolicy)
        if restrains(found, request.action) is not Truth.NO
    ]
    by_controls = (_denied_by(control, request) for control in estate.every(Control))
    found = some([*by_controls, *(_denied(policy, request, estate) for policy in policies)])
    hidden = once((*found.unknowns, *_out_of_sight(organization, estate)))
    if found.truth is Truth.YES or not hidden:
        bound = (x for x in policies if attached_to_members(x, estate).truth is not Truth.NO)
        documents = (x.document.raw for x in bound if x.document is not None)
        return Guarded(found.truth, tuple(documents))
    return Guarded(Truth.UNKNOWN, (), hidden)


def _denied(policy: OrganizationPolicy, request: Request, estate: Estate) -> Answer:
    """Whether a policy denies the request, and is bound to anything."""
    denied = says(policy.document or policy.hidden, request)
    if denied.truth is Truth.NO:
        return denied
    bound = attached_to_members(policy, estate)
    truth = all_of((denied.truth, bound.truth, restrains(policy, request.action)))
    return Answer(truth, denied.term, (*denied.unknowns, *bound.unknowns))


def _denied_by(control: Control, request: Request) -> Answer:
    document = control_document(control)
    denied = Answer(Truth.NO) if document is None else says(document, request)
    return denied._replace(truth=denied.truth & control.resource.exists)


def says(document: Policy | Unknown | None, request: Request) -> Answer:
    """Whether a document denies a request; of one that cannot be read that is unknown."""
    if isinstance(document, Policy):
        return denies(document, request)
    return Answer(Truth.UNKNOWN, None, () if document is None else (document,))


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
