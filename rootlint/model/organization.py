"""The organization: its root, units, accounts, policies, attachments and Control Tower controls."""

from __future__ import annotations

from rootlint.model.policy import Policy
from rootlint.model.resource import Resource
from rootlint.model.value import Unknown, Value
from rootlint.record import dataclass


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization that the code creates. `policy_types` is None where the language cannot say.

    `owner` is the account in which it is created, the management account, as others would write it.
    """

    resource: Resource
    feature_set: Value | None = None
    policy_types: Value | None = None
    trusted_services: Value | None = None
    owner: Value | None = None


@dataclass(frozen=True, slots=True)
class LandingZone:
    """A Control Tower landing zone that the code creates; `manifest` is its JSON."""

    resource: Resource
    manifest: Value | None = None


@dataclass(frozen=True, slots=True)
class OrganizationalUnit:
    resource: Resource
    name: Value | None = None
    parent: Value | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A member account that the code creates; without `parent` it lies in the organization's root."""

    resource: Resource
    name: Value | None = None
    email: Value | None = None
    parent: Value | None = None


@dataclass(frozen=True, slots=True)
class OrganizationPolicy:
    """A policy of AWS Organizations. `type` is SERVICE_CONTROL_POLICY where the language's default says so.

    `targets` is what the resource itself attaches it to (CloudFormation's TargetIds). `document` is
    None where the content cannot be read as a policy, see `hidden`; `content` is the value as written.
    """

    resource: Resource
    type: Value
    document: Policy | None
    content: Value | None = None
    name: Value | None = None
    targets: Value | None = None
    hidden: Unknown | None = None
    description: Value | None = None


@dataclass(frozen=True, slots=True)
class OrganizationPolicyAttachment:
    resource: Resource
    policy: Value | None = None
    target: Value | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A Control Tower control that is switched on for an organizational unit."""

    resource: Resource
    identifier: Value | None = None
    target: Value | None = None
    parameters: Value | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What Control Tower's landing zone sets up in the accounts of an organizational unit."""

    resource: Resource
    identifier: Value | None = None
    target: Value | None = None


@dataclass(frozen=True, slots=True)
class DelegatedAdministrator:
    """A member account that runs a service for the organization: `iam.amazonaws.com`."""

    resource: Resource
    account: Value | None = None
    service: Value | None = None


@dataclass(frozen=True, slots=True)
class RootFeatures:
    """Centralized root access: `features` holds RootCredentialsManagement and RootSessions."""

    resource: Resource
    features: Value | None = None
