"""Security Hub: standards, controls that are switched off, automation rules.

Arguments and defaults as on the provider's pages of `aws_securityhub_*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.account import ControlPolicy, ControlSwitch, FindingRule, Standard
from rootlint.model.read import default, each
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Map, Value
from rootlint.terraform.vocabulary.written import Reader, blocks, field, first_block, renamed

_COMPARED = {"comparison": "Comparison", "value": "Value"}


def _subscription(resource: Resource) -> Iterator[Declared]:
    yield Standard(resource, field(resource.body, "standards_arn"))


def _control(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield ControlSwitch(
        resource, field(body, "standards_control_arn"), field(body, "control_status")
    )


def _association(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield ControlSwitch(
        resource,
        field(body, "security_control_id"),
        field(body, "association_status"),
        field(body, "standards_arn"),
    )


def _configuration(resource: Resource) -> Iterator[Declared]:
    policy = first_block(resource.body, "configuration_policy")
    controls = first_block(policy, "security_controls_configuration")
    yield ControlPolicy(
        resource,
        field(controls, "disabled_control_identifiers"),
        field(controls, "enabled_control_identifiers"),
    )


def _rule(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    criteria = blocks(first_block(body, "criteria"), _criteria)
    for action in each(field(body, "actions")):
        update = first_block(action, "finding_fields_update")
        yield FindingRule(
            resource,
            default(field(body, "rule_status"), "ENABLED", resource.span),
            criteria,
            field(first_block(update, "workflow"), "status"),
        )


def _criteria(block: Map) -> Value:
    """The blocks by the names that the API gives the fields: `resource_type` is `ResourceType`."""
    names = {name: "".join(word.title() for word in name.split("_")) for name in block.entries}
    found = renamed(block, names)
    entries = {
        name: blocks(value, lambda one: renamed(one, _COMPARED)) or value
        for name, value in found.entries.items()
    }
    return Map(entries, found.span, found.rest, found.keys)


READERS: Mapping[str, Reader] = {
    "aws_securityhub_automation_rule": _rule,
    "aws_securityhub_configuration_policy": _configuration,
    "aws_securityhub_standards_control": _control,
    "aws_securityhub_standards_control_association": _association,
    "aws_securityhub_standards_subscription": _subscription,
}
