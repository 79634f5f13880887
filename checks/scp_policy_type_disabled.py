"""The organization does not switch on the policies that the code writes.

Service control policies can be attached once their type is enabled in the organization's root, and
creating an organization enables no type. Terraform's list says what is enabled: a type that it leaves
out is disabled at the next apply, and with it every guardrail of that type goes.

## Fix

List the type: `enabled_policy_types = ["SERVICE_CONTROL_POLICY"]`.
"""

import json
from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    DeclaredProof,
    Estate,
    Group,
    Label,
    Organization,
    OrganizationPolicy,
    Outcome,
    Severity,
    Truth,
    Undecided,
    Value,
    Violation,
    all_features,
    check,
    is_guardrail,
    lists,
    unknowns,
)

TYPE = "SERVICE_CONTROL_POLICY"


@check(
    Organization,
    group=Group.GUARDRAILS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/enable-policy-type.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/organizations_organization#enabled_policy_types",
    ),
    controls=ROOT_GUARDRAIL,
)
def scp_policy_type_disabled(organization: Organization, estate: Estate) -> Iterator[Outcome]:
    enabled = organization.policy_types
    if enabled is None or all_features(organization) is Truth.NO:
        return
    policy = next(_guardrails(organization, estate), None)
    if policy is None:
        return
    disabled = ~lists(enabled, TYPE) & all_features(organization)
    if disabled is Truth.YES:
        yield _violation(enabled, policy)
    elif disabled is Truth.UNKNOWN:
        question = "does the organization enable service control policies?"
        hidden = (*unknowns(enabled), *unknowns(organization.feature_set))
        yield Undecided(enabled.span, question, hidden)


def _guardrails(organization: Organization, estate: Estate) -> Iterator[OrganizationPolicy]:
    """The service control policies that stand beside the organization for certain."""
    for policy in estate.every(OrganizationPolicy):
        there = is_guardrail(policy) & policy.resource.exists
        if policy.resource.unit == organization.resource.unit and there is Truth.YES:
            yield policy


def _violation(enabled: Value, policy: OrganizationPolicy) -> Violation:
    return Violation(
        at=enabled.span,
        seen=f"`{TYPE}` is not listed",
        message="this organization enables no service control policies",
        proof=DeclaredProof(
            "organizations:AttachPolicy",
            "enabled_policy_types",
            enabled,
            lambda written: json.dumps(TYPE) not in written,
            told=("→ PolicyTypeNotEnabledException: no guardrail binds anybody",),
            shown=f"of a {TYPE}",
        ),
        fix=f'add "{TYPE}" to `enabled_policy_types`',
        related=(Label(policy.resource.span, "this guardrail cannot be attached"),),
        deciding="enabled_policy_types",
    )
