"""The organization has consolidated billing only, so no policy can bind a root user.

Service control policies are the only thing that restricts the root user of a member account, and an
organization has them with the feature set `ALL` alone. Centralized root access needs it as well.

## Fix

Set the feature set to `ALL`. It is one way: every member that was invited has to agree once.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    DeclaredProof,
    Estate,
    Group,
    Organization,
    Outcome,
    Severity,
    Truth,
    Undecided,
    Violation,
    check,
    spells,
    unknowns,
)

BILLING = "CONSOLIDATED_BILLING"


@check(
    Organization,
    group=Group.ORGANIZATION,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html",
        "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def organization_without_all_features(
    organization: Organization, estate: Estate
) -> Iterator[Outcome]:
    features = organization.feature_set
    if features is None:
        return
    match spells(features, BILLING):
        case Truth.YES:
            yield Violation(
                at=features.span,
                seen="billing, and no policies",
                message="this organization has no service control policies",
                proof=DeclaredProof(
                    "organizations:CreateOrganization",
                    "FeatureSet",
                    features,
                    holds=BILLING.__eq__,
                    told=(
                        "→ organizations:EnablePolicyType SERVICE_CONTROL_POLICY is refused",
                        "the root users of all member accounts are unrestricted",
                    ),
                ),
                fix='set the feature set to "ALL"',
                deciding="FeatureSet",
            )
        case Truth.UNKNOWN:
            question = "does this organization have all features?"
            yield Undecided(features.span, question, tuple(unknowns(features)))
        case Truth.NO:
            return
