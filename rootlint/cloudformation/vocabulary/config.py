"""AWS Config: rules, what is done about them, where changes are sent.

Properties as on the pages of `AWS::Config::*`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Config.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, text
from rootlint.model.account import ConfigDelivery, ConfigRule, Remediation
from rootlint.model.unit import Declared


def _rule(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    identifier = text(field(body, "Source"), "SourceIdentifier")
    yield ConfigRule(written.resource, text(body, "ConfigRuleName"), identifier)


def _organization_rule(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    identifier = text(field(body, "OrganizationManagedRuleMetadata"), "RuleIdentifier")
    name = text(body, "OrganizationConfigRuleName")
    yield ConfigRule(written.resource, name, identifier)


def _remediation(written: Written) -> Iterator[Declared]:
    yield Remediation(written.resource, text(written.resource.body, "ConfigRuleName"))


def _delivery(written: Written) -> Iterator[Declared]:
    yield ConfigDelivery(written.resource, text(written.resource.body, "SnsTopicARN"))


READERS: Mapping[str, Reader] = {
    "AWS::Config::ConfigRule": _rule,
    "AWS::Config::DeliveryChannel": _delivery,
    "AWS::Config::OrganizationConfigRule": _organization_rule,
    "AWS::Config::RemediationConfiguration": _remediation,
}
