"""AWS rejects the document of this policy, so that nothing of it comes into force.

Organizations takes a policy only if its document is one JSON object that follows the grammar of its
type and its size. A service control policy names no principal; a resource control policy names `*` and
only denies; a statement has an effect and actions; ids are unique. A document that breaks one of these
rules fails at deployment, and the guardrail that it was to bring does not exist.

## Fix

Mend what the caret points at. Where a document is too long, split it, or write it without blanks
(`jsonencode`, `minified_json`).
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    DeclaredProof,
    Defect,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    PolicyKind,
    Severity,
    Truth,
    Undecided,
    Value,
    Violation,
    check,
    defects,
    kind_of_guardrail,
    least_size,
    rejected,
    size_limits,
    unknowns,
)


@check(
    OrganizationPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html",
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
    ),
    controls=ROOT_GUARDRAIL,
)
def scp_document_invalid(policy: OrganizationPolicy, estate: Estate) -> Iterator[Outcome]:
    kind, content = kind_of_guardrail(policy), policy.content
    read = policy.document or policy.hidden
    if kind is None or content is None or read is None:
        return
    defect = next(iter(sorted(defects(read, kind), key=_is_doubtful)), None)
    if defect is not None:
        yield _grammar(content, defect, kind)
    else:
        yield from _size(content, kind)


def _is_doubtful(defect: Defect) -> bool:
    return defect.because is not None


def _grammar(content: Value, defect: Defect, kind: PolicyKind) -> Outcome:
    proof = _proof(
        content, kind, ("→ MalformedPolicyDocumentException: nothing of it is in force",)
    )
    if defect.because is not None or proof.replay() is not Truth.YES:
        because = (defect.because,) if defect.because else tuple(unknowns(content))
        question = f"does AWS reject this document? {defect.problem}"
        return Undecided(defect.span, question, because)
    return Violation(
        at=defect.span,
        seen=defect.problem,
        message=f"AWS rejects this {kind.value}",
        proof=proof,
        fix="mend what is marked",
        deciding=defect.problem,
    )


def _size(content: Value, kind: PolicyKind) -> Iterator[Violation]:
    size = least_size(content)
    limit, old = size_limits(kind)
    if size <= old:
        return
    too_long = size > limit
    told = f"{size:,} characters, where {limit if too_long else old:,} are allowed"
    yield Violation(
        at=content.span,
        seen=told,
        message=(
            f"this {kind.value} is too long"
            if too_long
            else f"this {kind.value} needs the quota of May 2026"
        ),
        proof=DeclaredProof(
            "organizations:CreatePolicy",
            "content",
            content,
            lambda written: len(written) > (limit if too_long else old),
            told=("→ PolicySizeLimitExceeded: nothing of it is in force",)
            if too_long
            else ("→ accepted since 2026-05-15, rejected before",),
            shown=f"with {size:,} characters",
        ),
        fix="write it without blanks, or split it",
        severity=None if too_long else Severity.NOTE,
        deciding="size",
    )


def _proof(content: Value, kind: PolicyKind, told: tuple[str, ...]) -> DeclaredProof:
    return DeclaredProof(
        "organizations:CreatePolicy",
        "content",
        content,
        lambda written: rejected(written, kind),
        told=told,
        shown="with this document",
    )
