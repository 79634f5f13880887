"""An access key is made for a user called root.

CloudFormation and Terraform pass a user name to `iam:CreateAccessKey`, so this makes a long-term key
for an IAM user of that name, and fails where there is none. The account's root user gets a key only
from a call *without* a user name. Whoever writes `root` here means the root user, and will go on to
make that key by hand: a credential that no policy of the account restricts and that never expires.

## Fix

Remove the key, and delete any access key of the root user. Use roles or IAM Identity Center for
people and machines, and deny `iam:CreateAccessKey` to root with a service control policy.
"""

from collections.abc import Iterator

from rootlint.check import (
    NO_ROOT_KEY,
    AccessKey,
    DeclaredProof,
    Estate,
    Group,
    Outcome,
    Severity,
    Truth,
    Undecided,
    User,
    Violation,
    any_of,
    check,
    is_root_name,
    names_root,
    unknowns,
)


@check(
    AccessKey,
    group=Group.KEYS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    ),
    controls=NO_ROOT_KEY,
)
def root_access_key(key: AccessKey, estate: Estate) -> Iterator[Outcome]:
    if key.user is None:
        return
    match names_root(key.user):
        case Truth.YES:
            own = any_of(estate.denotes(key.user, user) for user in estate.every(User))
            yield Violation(
                at=key.user.span,
                seen="names the root user",
                message="an access key is made for a user called root",
                proof=DeclaredProof(
                    "iam:CreateAccessKey",
                    "UserName",
                    key.user,
                    is_root_name,
                    told=(
                        "→ a long-term key for the IAM user of that name, or an error",
                        "a key of the root user itself comes from a call without UserName",
                    ),
                ),
                fix="remove the key; use roles, and deny iam:CreateAccessKey to root",
                severity=Severity.MEDIUM if own is Truth.YES else None,
                deciding="UserName",
            )
        case Truth.UNKNOWN if not _is_made_up(key, estate):
            yield Undecided(
                key.user.span, "is this access key made for root?", tuple(unknowns(key.user))
            )
        case _:
            return


def _is_made_up(key: AccessKey, estate: Estate) -> bool:
    """Whether AWS makes up the name of the user: it puts the name of the stack before it."""
    unnamed = (user for user in estate.every(User) if user.name is None)
    return any(estate.denotes(key.user, user) is Truth.YES for user in unnamed)
