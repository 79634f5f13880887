"""What an account has against misuse beside its trails: detective controls, and what switches them off."""

from __future__ import annotations

from rootlint.model.resource import Resource
from rootlint.model.value import Value
from rootlint.record import dataclass


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


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard that Security Hub checks an account against."""

    resource: Resource
    arn: Value | None = None


@dataclass(frozen=True, slots=True)
class ControlSwitch:
    """A Security Hub control that is switched on or off in one standard.

    `control` is its id (`IAM.4`), or its ARN in the standard. `status` is ENABLED or DISABLED.
    """

    resource: Resource
    control: Value | None = None
    status: Value | None = None
    standard: Value | None = None


@dataclass(frozen=True, slots=True)
class ControlPolicy:
    """A central configuration policy of Security Hub, for all standards and Regions.

    It has the controls that are switched off, or the only ones that are left on.
    """

    resource: Resource
    disabled: Value | None = None
    enabled_only: Value | None = None


@dataclass(frozen=True, slots=True)
class FindingRule:
    """An automation rule of Security Hub, one of its actions.

    `criteria` is a map of the API's field names, each a list of maps: `Comparison` and `Value`.
    `workflow` is the workflow status that the action gives the finding.
    """

    resource: Resource
    status: Value | None = None
    criteria: Value | None = None
    workflow: Value | None = None


@dataclass(frozen=True, slots=True)
class ConfigRule:
    """An AWS Config rule. `identifier` is that of the managed rule it takes."""

    resource: Resource
    name: Value | None = None
    identifier: Value | None = None


@dataclass(frozen=True, slots=True)
class Remediation:
    """What AWS Config does by itself about resources that break a rule."""

    resource: Resource
    rule: Value | None = None


@dataclass(frozen=True, slots=True)
class ConfigDelivery:
    """Where AWS Config sends what it notices; `topic` gets each change of compliance."""

    resource: Resource
    topic: Value | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact of an account. `type` is SECURITY, BILLING or OPERATIONS, or PRIMARY for the account's own.

    `account` is None for the account in which it is made. The primary contact has no e-mail address:
    it is that of the root user.
    """

    resource: Resource
    type: Value
    account: Value | None = None
    email: Value | None = None
    phone: Value | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain name that an account has registered."""

    resource: Resource
    name: Value | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A hosted zone of DNS: whoever has it says where the mail of its domain goes."""

    resource: Resource
    name: Value | None = None


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """A record in a hosted zone. `zone` is its id, or its name; `type` is MX where it says who takes the mail."""

    resource: Resource
    zone: Value | None = None
    name: Value | None = None
    type: Value | None = None
