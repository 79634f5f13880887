"""The root user of a member account may stop the trail that is to record it.

The trail of a member account belongs to that account: its root user can stop, change or delete it, and
what follows is recorded nowhere. A service control policy can deny that, and those that bind this account
do not. (An organization's trail is out of its members' reach.)

## Fix

Deny `cloudtrail:StopLogging`, `cloudtrail:DeleteTrail` and `cloudtrail:PutEventSelectors` in a policy that
binds the account, or let the organization's own trail record it.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    Account,
    Answer,
    Claim,
    Estate,
    Group,
    Label,
    Outcome,
    Request,
    RequestProof,
    Severity,
    Trail,
    Truth,
    Undecided,
    Value,
    Violation,
    account_named,
    check,
    flag,
    freedom,
    root_requests,
    unknowns,
)

ACTIONS = ("cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors")
QUESTION = "may the root user of its account stop this trail?"


@check(
    Trail,
    group=Group.GUARDRAILS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
        "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def trail_tampering_not_denied(trail: Trail, estate: Estate) -> Iterator[Outcome]:
    account = account_named(trail.resource.scope.account, estate)
    of_organization = flag(trail.organization, default=False)
    if account is None or of_organization is Truth.YES:
        return
    for request in root_requests(ACTIONS, partition=trail.resource.scope.partition):
        answer, bound = freedom(account, request, estate)
        if bound and answer.truth is not Truth.YES:
            yield _outcome(trail, account, request, (answer, bound), of_organization)
            return


def _outcome(
    trail: Trail,
    account: Account,
    request: Request,
    found: tuple[Answer, tuple[Value, ...]],
    of_organization: Truth,
) -> Outcome:
    answer, bound = found
    if answer.truth is Truth.UNKNOWN or of_organization is Truth.UNKNOWN:
        hidden = (*answer.unknowns, *unknowns(trail.organization))
        return Undecided(trail.resource.span, QUESTION, hidden)
    return Violation(
        at=trail.resource.span,
        seen="belongs to a member account",
        message="the root user of its account may stop this trail",
        proof=RequestProof(
            request, bound, Claim.NOT_DENIED, verdict="allowed: no policy there denies it"
        ),
        fix="deny the account to change its trails, or use the organization's trail",
        related=(Label(account.resource.span, "the account that the trail is in"),),
        deciding="policies",
    )
