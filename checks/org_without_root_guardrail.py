"""The organization lets the root users of its member accounts do everything.

Identity policies never bind a root user. Only a service control policy (or Control Tower's root
controls) can deny the root user of a member account. Without one, whoever gets hold of a member's root
password or makes it a long-term key, works unrestricted. (The root user of the management account is
bound by no policy of the organization.)

## Fix

Attach a service control policy to the organization's root that denies root, and let sessions of
centralized root access through, so that a locked account can be recovered:

    {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
      "ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"},
      "Null": {"aws:AssumedRoot": "true"}}}
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    Claim,
    Estate,
    Group,
    LandingZone,
    Organization,
    Outcome,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Violation,
    centrally_managed,
    check,
    has_members,
    root_guarded,
    root_key_request,
)


@check(
    Organization,
    LandingZone,
    group=Group.GUARDRAILS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def org_without_root_guardrail(
    organization: Organization | LandingZone, estate: Estate
) -> Iterator[Outcome]:
    if not has_members(organization, estate):
        return
    request = root_key_request(organization.resource.scope.partition)
    guarded = root_guarded(organization, request, estate)
    match guarded.truth:
        case Truth.NO:
            yield Violation(
                at=organization.resource.span,
                seen="no policy denies root",
                message="no guardrail binds the root users of this organization's accounts",
                proof=RequestProof(
                    request,
                    guarded.documents,
                    Claim.NOT_DENIED,
                    verdict="allowed: no policy denies it",
                ),
                fix="attach a service control policy that denies root",
                because=("the management account's own root user can never be restricted",),
                severity=Severity.MEDIUM if centrally_managed(organization, estate) else None,
                deciding="policies",
            )
        case Truth.UNKNOWN:
            question = "does a guardrail bind the root users of this organization's accounts?"
            yield Undecided(organization.resource.span, question, guarded.unknowns)
        case Truth.YES:
            return
