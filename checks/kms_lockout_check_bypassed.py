"""A KMS key skips the check that keeps its owners from locking themselves out.

KMS refuses a key policy with which whoever sets it could not change it again. With the check bypassed it
takes any. A key whose policy lets nobody call `kms:PutKeyPolicy` can be mended by AWS Support only, on a
request of the root user; its data is lost until then. Where one role alone may do it, the key is as
good as lost with that role.

## Fix

Leave the check on, and give the account the key with the statement of the default policy: `kms:*` for
`arn:aws:iam::111122223333:root`.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_TASKS,
    Claim,
    Estate,
    Group,
    Keepers,
    LockoutCheck,
    Outcome,
    Policy,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Violation,
    at_home,
    check,
    flag,
    keepers,
    key_policies,
    unknowns,
)

QUESTION = "can the account still change the policy of this key?"


@check(
    LockoutCheck,
    group=Group.RECOVERY,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key",
    ),
    controls=ROOT_TASKS,
)
def kms_lockout_check_bypassed(key: LockoutCheck, estate: Estate) -> Iterator[Outcome]:
    bypass = key.bypass
    skipped = flag(bypass, default=False)
    if bypass is None or skipped is Truth.NO:
        return
    for policy in key_policies(key, estate):
        if policy.document is None:
            because = () if policy.hidden is None else (policy.hidden,)
            yield Undecided(bypass.span, QUESTION, because)
            continue
        document = at_home(policy.document, estate)
        found = keepers(document)
        if found.account.truth is Truth.YES:
            continue
        if skipped is Truth.UNKNOWN or found.account.truth is Truth.UNKNOWN:
            yield Undecided(bypass.span, QUESTION, (*unknowns(bypass), *found.account.unknowns))
        else:
            yield _violation(key, document, found)


def _violation(key: LockoutCheck, document: Policy, found: Keepers) -> Violation:
    assert key.bypass is not None
    alone = bool(found.named)
    who = "nobody but a user or role that the policy names" if alone else "nobody"
    return Violation(
        at=key.bypass.span,
        seen="skips the check against a lock-out",
        message=f"{who} can change the policy of this key",
        proof=RequestProof(
            found.request,
            (document.raw,),
            Claim.REFUSED,
            verdict="denied: the key policy does not trust the account",
        ),
        fix="leave the check on, and let the account's ARN manage the key",
        severity=Severity.NOTE if alone else None,
        deciding="bypass",
    )
