"""AWS Organizations, Control Tower and centralized root access.

Arguments and defaults as on the provider's pages of `aws_organizations_*`, `aws_controltower_*` and
`aws_iam_organizations_features`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.embedded import parse_json
from rootlint.embedded.access import document_of
from rootlint.model.organization import (
    Account,
    Baseline,
    Control,
    DelegatedAdministrator,
    LandingZone,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
    RootFeatures,
)
from rootlint.model.read import default, text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Encoded, Known, Map, Unknown, Value
from rootlint.terraform.computed import account_of
from rootlint.terraform.policy_layout import as_sent
from rootlint.terraform.vocabulary.written import Reader, blocks, empty, field, renamed

_OF_STATEMENTS = frozenset({"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", None})


def _organization(resource: Resource) -> Iterator[Declared]:
    """Policy types and trusted services that are not listed are switched off."""
    body = resource.body
    yield Organization(
        resource,
        default(field(body, "feature_set"), "ALL", resource.span),
        empty(field(body, "enabled_policy_types"), resource.span),
        empty(field(body, "aws_service_access_principals"), resource.span),
        account_of(resource.scope, resource.span),
    )


def _unit(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield OrganizationalUnit(resource, field(body, "name"), field(body, "parent_id"))


def _account(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield Account(resource, field(body, "name"), field(body, "email"), field(body, "parent_id"))


def _policy(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    kind = default(field(body, "type"), "SERVICE_CONTROL_POLICY", resource.span)
    content = field(body, "content")
    document, hidden = None, None
    if content is not None and text(kind) in _OF_STATEMENTS:
        document, hidden = document_of(content)
    yield OrganizationPolicy(
        resource,
        kind,
        document,
        content and as_sent(content),
        field(body, "name"),
        None,
        hidden,
        field(body, "description"),
    )


def _attachment(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield OrganizationPolicyAttachment(resource, field(body, "policy_id"), field(body, "target_id"))


def _baseline(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield Baseline(resource, field(body, "baseline_identifier"), field(body, "target_identifier"))


def _control(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield Control(
        resource,
        field(body, "control_identifier"),
        field(body, "target_identifier"),
        blocks(field(body, "parameters"), _parameter),
    )


def _parameter(block: Map) -> Value:
    """A parameter of a control; Terraform writes its value as JSON."""
    found = renamed(block, {"key": "Key", "value": "Value"})
    written = found.get("Value")
    if written is None:
        return found
    value = written.value if isinstance(written, Encoded) else _decoded(written)
    return Map({**found.entries, "Value": value}, found.span, found.rest, found.keys)


def _decoded(written: Value) -> Value:
    if not isinstance(written, Known) or not isinstance(written.value, str):
        return written
    found = parse_json(written)
    return written if isinstance(found, Unknown) else found


def _landing_zone(resource: Resource) -> Iterator[Declared]:
    yield LandingZone(resource, field(resource.body, "manifest_json"))


def _delegated(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield DelegatedAdministrator(
        resource, field(body, "account_id"), field(body, "service_principal")
    )


def _features(resource: Resource) -> Iterator[Declared]:
    yield RootFeatures(resource, field(resource.body, "enabled_features"))


READERS: Mapping[str, Reader] = {
    "aws_controltower_baseline": _baseline,
    "aws_controltower_control": _control,
    "aws_controltower_landing_zone": _landing_zone,
    "aws_iam_organizations_features": _features,
    "aws_organizations_account": _account,
    "aws_organizations_delegated_administrator": _delegated,
    "aws_organizations_organization": _organization,
    "aws_organizations_organizational_unit": _unit,
    "aws_organizations_policy": _policy,
    "aws_organizations_policy_attachment": _attachment,
}
