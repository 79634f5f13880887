"""AWS Config: rules, packs of rules, what is done about them, where changes are sent.

Arguments as on the provider's pages of `aws_config_*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.account import ConfigDelivery, ConfigRule, Remediation
from rootlint.model.read import text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Encoded, Known, Map, Text, Value
from rootlint.terraform.vocabulary.written import Reader, field, first_block
from rootlint.terraform.yaml_text import NotRead, NoYaml, decode

_RULE = "AWS::Config::ConfigRule"
_REMEDIATION = "AWS::Config::RemediationConfiguration"


def _rule(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    identifier = field(first_block(body, "source"), "source_identifier")
    yield ConfigRule(resource, field(body, "name"), identifier)


def _organization_rule(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield ConfigRule(resource, field(body, "name"), field(body, "rule_identifier"))


def _pack(resource: Resource) -> Iterator[Declared]:
    """The rules of a pack, and what is done about them, are a CloudFormation template in a text."""
    rules = field(_template(field(resource.body, "template_body")), "Resources")
    for rule in rules.entries.values() if isinstance(rules, Map) else ():
        kind, written = text(field(rule, "Type")), field(rule, "Properties")
        if kind == _RULE:
            identifier = field(field(written, "Source"), "SourceIdentifier")
            yield ConfigRule(resource, field(written, "ConfigRuleName"), identifier)
        elif kind == _REMEDIATION:
            yield Remediation(resource, field(written, "ConfigRuleName"))


def _template(body: Value | None) -> Value | None:
    match body:
        case Encoded():
            return body.value
        case Known(value=str()) | Text():
            try:
                return decode(body)
            except NotRead as problem:
                return problem.hole
            except NoYaml:  # AWS will say so
                return None
        case _:
            return body


def _remediation(resource: Resource) -> Iterator[Declared]:
    yield Remediation(resource, field(resource.body, "config_rule_name"))


def _delivery(resource: Resource) -> Iterator[Declared]:
    yield ConfigDelivery(resource, field(resource.body, "sns_topic_arn"))


READERS: Mapping[str, Reader] = {
    "aws_config_config_rule": _rule,
    "aws_config_conformance_pack": _pack,
    "aws_config_delivery_channel": _delivery,
    "aws_config_organization_conformance_pack": _pack,
    "aws_config_organization_managed_rule": _organization_rule,
    "aws_config_remediation_configuration": _remediation,
}
