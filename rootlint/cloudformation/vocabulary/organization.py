"""AWS Organizations and Control Tower.

Properties as on the pages of `AWS::Organizations::*` and `AWS::ControlTower::*`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Organizations.html
No resource enables a policy type, trusted access or centralized root access.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.pseudo import pseudo
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, text
from rootlint.embedded.access import document_of
from rootlint.model.organization import (
    Account,
    Baseline,
    Control,
    LandingZone,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
)
from rootlint.model.read import default, elements
from rootlint.model.read import text as known_text
from rootlint.model.unit import Declared
from rootlint.model.value import Unknown, Why

_OF_STATEMENTS = frozenset({"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", None})


def _organization(written: Written) -> Iterator[Declared]:
    resource = written.resource
    features = default(text(resource.body, "FeatureSet"), "ALL", resource.span)
    owner = pseudo(written.evaluator.setting, "AWS::AccountId", resource.span)
    yield Organization(resource, features, owner=owner)


def _unit(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield OrganizationalUnit(written.resource, text(body, "Name"), text(body, "ParentId"))


def _account(written: Written) -> Iterator[Declared]:
    """An account has at most one parent, though the property is a list."""
    body = written.resource.body
    parents, hidden = elements(field(body, "ParentIds"))
    parent = parents[0] if parents else hidden
    yield Account(written.resource, text(body, "AccountName"), text(body, "Email"), parent)


def _policy(written: Written) -> Iterator[Declared]:
    resource = written.resource
    body = resource.body
    kind = text(body, "Type")
    if kind is None:
        kind = Unknown(Why.SYNTAX, "`Type` is not written", resource.span)
    content = field(body, "Content")
    document, hidden = None, None
    if content is not None and known_text(kind) in _OF_STATEMENTS:
        document, hidden = document_of(content)
    yield OrganizationPolicy(
        resource,
        kind,
        document,
        content,
        text(body, "Name"),
        field(body, "TargetIds"),
        hidden,
        text(body, "Description"),
    )


def _control(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield Control(
        written.resource,
        text(body, "ControlIdentifier"),
        text(body, "TargetIdentifier"),
        field(body, "Parameters"),
    )


def _baseline(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    yield Baseline(
        written.resource, text(body, "BaselineIdentifier"), text(body, "TargetIdentifier")
    )


def _landing_zone(written: Written) -> Iterator[Declared]:
    yield LandingZone(written.resource, field(written.resource.body, "Manifest"))


READERS: Mapping[str, Reader] = {
    "AWS::ControlTower::EnabledBaseline": _baseline,
    "AWS::ControlTower::EnabledControl": _control,
    "AWS::ControlTower::LandingZone": _landing_zone,
    "AWS::Organizations::Account": _account,
    "AWS::Organizations::Organization": _organization,
    "AWS::Organizations::OrganizationalUnit": _unit,
    "AWS::Organizations::Policy": _policy,
}
