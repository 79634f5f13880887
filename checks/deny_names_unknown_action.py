"""A deny names an action that AWS does not have.

AWS takes a policy with a misspelt action as it is, and the statement never matches the action that was
meant: it stays allowed. A deny for the root user or for missing MFA that names one protects less than it
says.

## Fix

Write the action as the Service Authorization Reference spells it.
"""

from collections.abc import Iterator

from rootlint.check import (
    MFA_KEYS,
    ROOT_GUARDRAIL,
    AccessPolicy,
    Claim,
    DeclaredProof,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    Policy,
    Proof,
    Request,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Unknown,
    Value,
    Violation,
    Why,
    actions,
    bound_root,
    check,
    conditions_on,
    denies,
    means_root,
    people_without_mfa,
    root_requests,
    text,
)


@check(
    OrganizationPolicy,
    AccessPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def deny_names_unknown_action(
    policy: OrganizationPolicy | AccessPolicy, estate: Estate
) -> Iterator[Outcome]:
    document = policy.document
    if document is None:
        return
    for statement in document.statements:
        protects = means_root(statement) or conditions_on(statement, MFA_KEYS)
        if text(statement.effect) != "Deny" or not protects or statement.action is None:
            continue
        for entry in statement.action.items:
            yield from _judge(policy, document, statement, entry)


def _judge(
    policy: OrganizationPolicy | AccessPolicy,
    document: Policy,
    statement: Statement,
    entry: Value,
) -> Iterator[Outcome]:
    written = text(entry)
    if written is None or "*" in written or "?" in written or ":" not in written:
        return
    match actions().known(written):
        case Truth.NO:
            partition = policy.resource.scope.partition
            proof = _proof(document, statement, entry, written, partition)
            if proof is not None:
                yield _violation(statement, entry, written, proof)
        case Truth.UNKNOWN:
            service = written.partition(":")[0]
            detail = f"the service `{service}`, which the table of {actions().date} lacks"
            yield Undecided(
                entry.span,
                "is this an action of AWS?",
                (Unknown(Why.UNSPECIFIED, detail, entry.span),),
            )
        case Truth.YES:
            return


def _violation(statement: Statement, entry: Value, written: str, proof: Proof) -> Violation:
    near = " or ".join(f"`{name}`" for name in actions().nearest(written))
    return Violation(
        at=entry.span,
        seen="AWS has no such action",
        message=f"this deny names `{written}`, which AWS does not have",
        proof=proof,
        fix=f"write {near}" if near else "name an action that AWS has, or drop this one",
        because=(f"as of {actions().date}, with {len(actions()):,} actions",),
        deciding=f"{statement.index}/{written.lower()}",
    )


def _proof(
    document: Policy, statement: Statement, entry: Value, written: str, partition: str
) -> Proof | None:
    """The action that was meant is not denied; None where another entry denies it all the same."""
    near = actions().nearest(written)
    if not near:
        return DeclaredProof(
            "the statement",
            "Action",
            entry,
            lambda found: actions().known(found) is Truth.NO,
            told=("→ denies nothing by it",),
        )
    for request in _requests(document, statement, near[0], partition):
        answer = denies(document, request)
        if answer.truth is Truth.NO:
            return RequestProof(request, (document.raw,), Claim.NOT_DENIED, verdict="allowed")
    return None


def _requests(
    document: Policy, statement: Statement, action: str, partition: str
) -> tuple[Request, ...]:
    if not means_root(statement):
        return people_without_mfa(action, "*", partition=partition)
    who = bound_root(document.only(statement), partition)
    if who is None:
        return ()
    return root_requests((action,), partition=who.partition, account=who.account)
