"""A script makes an access key for whoever runs it.

`iam:CreateAccessKey` without a user name acts on the calling identity. Run by the root user, it
makes a root access key, and nothing asks twice. On a role's credentials the call fails; on those of
an IAM user it makes one more key for that user.

## Fix

Name the user (`--user-name ci-bot`); better, make no key and use a role. Where the script may be run
by hand, stop it when `aws sts get-caller-identity` answers with an ARN that ends in `:root`.
"""

from collections.abc import Iterator

from rootlint.check import (
    NO_ROOT_KEY,
    DeclaredProof,
    Estate,
    Group,
    Outcome,
    RunsAs,
    Script,
    Severity,
    Truth,
    Undecided,
    Violation,
    check,
    key_calls,
    makes_key,
    unknowns,
)


@check(
    Script,
    group=Group.CREDENTIALS_IN_CODE,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",),
    controls=NO_ROOT_KEY,
)
def create_access_key_without_user(script: Script, estate: Estate) -> Iterator[Outcome]:
    for call in key_calls(script):
        if call.nameless is Truth.UNKNOWN:
            question = "does this command name the user it makes a key for?"
            yield Undecided(call.at, question, tuple(unknowns(script.text)))
            continue
        yield Violation(
            at=call.at,
            seen="names no user",
            message="this script makes an access key for whoever runs it",
            proof=DeclaredProof(
                "iam:CreateAccessKey",
                "UserName",
                script.text,
                makes_key(script.language),
                shown="without UserName",
                told=(
                    "by arn:aws:iam::111122223333:root → a long-term key of the root user",
                    "by an IAM user → one more key of that user",
                ),
            ),
            fix="name the user with --user-name, or use a role and make no key",
            severity=None if script.runs_as is RunsAs.OPERATOR else Severity.MEDIUM,
            deciding=call.shown,
        )
