"""Security Hub: standards, controls that are switched off, automation rules.

Properties as on the pages of `AWS::SecurityHub::*`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SecurityHub.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, text
from rootlint.model.account import ControlPolicy, ControlSwitch, FindingRule, Standard
from rootlint.model.read import default, each
from rootlint.model.unit import Declared


def _standard(written: Written) -> Iterator[Declared]:
    resource = written.resource
    arn = text(resource.body, "StandardsArn")
    yield Standard(resource, arn)
    for control in each(field(resource.body, "DisabledStandardsControls")):
        found = text(control, "StandardsControlArn")
        at = control.span if found is None else found.span
        yield ControlSwitch(resource, found, default(None, "DISABLED", at), arn)


def _policy(written: Written) -> Iterator[Declared]:
    policy = field(field(written.resource.body, "ConfigurationPolicy"), "SecurityHub")
    controls = field(policy, "SecurityControlsConfiguration")
    yield ControlPolicy(
        written.resource,
        field(controls, "DisabledSecurityControlIdentifiers"),
        field(controls, "EnabledSecurityControlIdentifiers"),
    )


def _rule(written: Written) -> Iterator[Declared]:
    body, span = written.resource.body, written.resource.span
    for action in each(field(body, "Actions")):
        update = field(action, "FindingFieldsUpdate")
        yield FindingRule(
            written.resource,
            default(text(body, "RuleStatus"), "ENABLED", span),
            field(body, "Criteria"),
            text(field(update, "Workflow"), "Status"),
        )


READERS: Mapping[str, Reader] = {
    "AWS::SecurityHub::AutomationRule": _rule,
    "AWS::SecurityHub::ConfigurationPolicy": _policy,
    "AWS::SecurityHub::Standard": _standard,
}
