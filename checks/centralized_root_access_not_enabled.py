"""Every member account of the organization keeps a root user that can be recovered by mail.

With centralized root access a new member account has no root credentials at all, existing ones can be
deleted, and what only root can do is done in a short session (`sts:AssumeRoot`) from the management
account or a delegated one. Without it there are as many root passwords as accounts, and each can be reset
by whoever reads its mailbox.

## Fix

Trust `iam.amazonaws.com` in the organization, enable `RootCredentialsManagement` and `RootSessions`, and
make a security account the delegated administrator. CloudFormation has no resource for it.
"""

import json
from collections.abc import Iterator

from rootlint.check import (
    CENTRAL_ROOT,
    DeclaredProof,
    Estate,
    Group,
    Organization,
    Outcome,
    RootFeatures,
    Severity,
    Truth,
    Undecided,
    Violation,
    check,
    has_accounts,
    lacking_feature,
    lacks_trust,
    off_features,
)


@check(
    Organization,
    RootFeatures,
    group=Group.ORGANIZATION,
    severity=Severity.LOW,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
    ),
    controls=CENTRAL_ROOT,
)
def centralized_root_access_not_enabled(
    subject: Organization | RootFeatures, estate: Estate
) -> Iterator[Outcome]:
    if isinstance(subject, RootFeatures):
        yield from _incomplete(subject)
    elif subject.trusted_services is None:
        return
    elif estate.every(RootFeatures):
        yield from _untrusted(subject)
    elif has_accounts(subject, estate):
        yield _absent(subject, estate)


def _incomplete(features: RootFeatures) -> Iterator[Outcome]:
    lacks = lacking_feature(features)
    at = features.resource.span if features.features is None else features.features.span
    if lacks.truth is Truth.UNKNOWN:
        yield Undecided(at, "is centralized root access complete?", lacks.unknowns)
    elif lacks.truth is Truth.YES and features.features is not None:
        yield Violation(
            at=at,
            seen=f"lacks `{lacks.what}`",
            message=f"centralized root access is enabled without `{lacks.what}`",
            proof=DeclaredProof(
                "iam:EnableOrganizationsRootAccess",
                "EnabledFeatures",
                features.features,
                holds=lambda listed: json.dumps(lacks.what) not in listed,
                told=(_MISSED[lacks.what],),
            ),
            fix=f"add `{lacks.what}`",
            severity=Severity.MEDIUM,
            deciding=lacks.what,
        )


_MISSED = {
    "RootCredentialsManagement": "→ new member accounts have root credentials",
    "RootSessions": "→ no session of sts:AssumeRoot can unlock a member account",
}


def _untrusted(organization: Organization) -> Iterator[Outcome]:
    services = organization.trusted_services
    lacks = lacks_trust(organization)
    if services is None or lacks.truth is Truth.NO:
        return
    if lacks.truth is Truth.UNKNOWN:
        question = "does this organization trust IAM with root access?"
        yield Undecided(services.span, question, lacks.unknowns)
        return
    yield Violation(
        at=services.span,
        seen=f"lacks `{lacks.what}`",
        message="centralized root access is enabled and IAM is not trusted",
        proof=DeclaredProof(
            "organizations:EnableAWSServiceAccess",
            "ServicePrincipal",
            services,
            holds=lambda listed: json.dumps(lacks.what) not in listed,
            told=("→ enabling root access is refused: trusted access is not enabled",),
        ),
        fix=f'add "{lacks.what}"',
        severity=Severity.HIGH,
        deciding=lacks.what,
    )


def _absent(organization: Organization, estate: Estate) -> Outcome:
    resource = organization.resource
    unit = resource.unit
    hidden = dict.fromkeys(
        (*estate.opaque(unit), *estate.hidden(resource), *off_features(estate, unit))
    )
    if hidden or organization.feature_set is None:
        return Undecided(resource.span, "is centralized root access enabled?", tuple(hidden))
    return Violation(
        at=resource.span,
        seen="no centralized root access",
        message="member accounts of this organization have root credentials of their own",
        proof=DeclaredProof(
            "organizations:CreateOrganization",
            "FeatureSet",
            organization.feature_set,
            holds="ALL".__eq__,
            told=(
                "and no iam:EnableOrganizationsRootCredentialsManagement",
                "→ the root password of each new account can be reset by mail",
            ),
        ),
        fix="enable RootCredentialsManagement and RootSessions",
        deciding="absent",
    )
