"""A privileged user signs in to the console with a password alone.

Nothing in the user's policies, or in those of its groups, denies requests without MFA. Whoever learns the
password is an administrator of the account: no second factor is asked for, unless the user has enrolled
a device, and nothing makes the user enrol one.

## Fix

Attach a policy to the user or to a group of it that denies everything but enrolling a device while MFA is
missing: `"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}`. Better: let people sign in through IAM
Identity Center, and delete the user.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA,
    Claim,
    Estate,
    Group,
    Holdings,
    LoginProfile,
    Outcome,
    Power,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    User,
    Violation,
    check,
    console_without_mfa,
    holdings,
    organization_denies,
    power,
)

QUESTION = "does anything make this user sign in with MFA?"


@check(
    LoginProfile,
    group=Group.MFA,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#enable-mfa-for-privileged-users",
    ),
    controls=MFA,
)
def console_user_without_mfa_enforcement(
    profile: LoginProfile, estate: Estate
) -> Iterator[Outcome]:
    for link in estate.target(profile.user, User, profile.resource):
        held = holdings(link.thing, estate)
        found = power(held, console_without_mfa)
        if found is None or organization_denies(found.request, estate) is not Truth.NO:
            continue
        doubts = (*found.answer.unknowns, *held.hidden)
        if link.holds is Truth.YES and found.answer.truth is Truth.YES and not doubts:
            yield _violation(profile, link.thing, held, found)
        else:
            yield Undecided(profile.resource.span, QUESTION, doubts)


def _violation(profile: LoginProfile, user: User, held: Holdings, found: Power) -> Violation:
    return Violation(
        at=profile.resource.span,
        seen="a password, and no policy that asks for MFA",
        message="nothing makes this privileged user sign in with MFA",
        proof=RequestProof(found.request, held.documents, Claim.ALLOWED, found.answer.term),
        fix='attach a deny with "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}',
        deciding=found.request.action,
        concerns=(user.resource, *held.resources),
    )
