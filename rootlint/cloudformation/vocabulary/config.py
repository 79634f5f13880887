"""AWS Config: rules, packs of rules, what is done about them, where changes are sent.

Properties as on the pages of `AWS::Config::*`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Config.html
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped

from rootlint.cloudformation.nodes import Mapping
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.documents import structure
from rootlint.cloudformation.vocabulary.written import Reader, field, text
from rootlint.model.account import ConfigDelivery, ConfigRule, Remediation
from rootlint.model.read import text as known_text
from rootlint.model.unit import Declared
from rootlint.model.value import Map

_RULE = "AWS::Config::ConfigRule"
_REMEDIATION = "AWS::Config::RemediationConfiguration"


def _rule(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    identifier = text(field(body, "Source"), "SourceIdentifier")
    yield ConfigRule(written.resource, text(body, "ConfigRuleName"), identifier)


def _organization_rule(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    identifier = text(field(body, "OrganizationManagedRuleMetadata"), "RuleIdentifier")
    name = text(body, "OrganizationConfigRuleName")
    yield ConfigRule(written.resource, name, identifier)


def _pack(written: Written) -> Iterator[Declared]:
    """The rules of a pack, and what is done about them, are a template in a text."""
    inner = written.node.get("Properties")
    node = inner.get("TemplateBody") if isinstance(inner, Mapping) else None
    found = structure(written, field(written.resource.body, "TemplateBody"), node)
    rules = field(found, "Resources")
    for rule in rules.entries.values() if isinstance(rules, Map) else ():
        kind, body = known_text(field(rule, "Type")), field(rule, "Properties")
        if kind == _RULE:
            identifier = text(field(body, "Source"), "SourceIdentifier")
            yield ConfigRule(written.resource, text(body, "ConfigRuleName"), identifier)
        elif kind == _REMEDIATION:
            yield Remediation(written.resource, text(body, "ConfigRuleName"))


def _remediation(written: Written) -> Iterator[Declared]:
    yield Remediation(written.resource, text(written.resource.body, "ConfigRuleName"))


def _delivery(written: Written) -> Iterator[Declared]:
    yield ConfigDelivery(written.resource, text(written.resource.body, "SnsTopicARN"))


READERS: Mapped[str, Reader] = {
    _RULE: _rule,
    "AWS::Config::ConformancePack": _pack,
    "AWS::Config::DeliveryChannel": _delivery,
    "AWS::Config::OrganizationConfigRule": _organization_rule,
    "AWS::Config::OrganizationConformancePack": _pack,
    _REMEDIATION: _remediation,
}
