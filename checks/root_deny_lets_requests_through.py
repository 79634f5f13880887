"""A guardrail for the root user lets some of its requests through.

It denies root something, and leaves open what makes a stolen root user last: a new access key, a new
password, MFA switched off, the organization left, the trail stopped. The list of actions is too short,
the list of exceptions too long, the resources are too few, or a further condition narrows the statement,
since all conditions of a statement must hold.

## Fix

Deny every action, with no condition but root's ARN and the exemption of AssumeRoot sessions. Put what is
only denied sometimes into a statement of its own.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    Claim,
    Estate,
    Gap,
    Group,
    Holds,
    OrganizationPolicy,
    Outcome,
    Policy,
    PolicyTerm,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Unsure,
    Violation,
    check,
    is_guardrail,
    left_open,
    root_gap,
    root_statements,
    unknowns,
)


@check(
    OrganizationPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html",
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html#example-scp-root-user",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_deny_lets_requests_through(
    policy: OrganizationPolicy, estate: Estate
) -> Iterator[Outcome]:
    document = policy.document
    if document is None or is_guardrail(policy) is Truth.NO or not root_statements(document):
        return
    question = "does this deny let requests of root through?"
    if is_guardrail(policy) is Truth.UNKNOWN:
        yield Undecided(policy.resource.span, question, tuple(unknowns(policy.type)))
        return
    match root_gap(policy, document, estate):
        case Gap() as gap:
            yield _violation(policy, document, gap, estate)
        case Unsure(unknowns=hidden, answer=answer):
            at = answer.term.span if answer.term and answer.term.span else document.span
            yield Undecided(at, question, hidden)
        case Holds():
            return


def _violation(policy: OrganizationPolicy, document: Policy, gap: Gap, estate: Estate) -> Violation:
    term = gap.answer.term
    return Violation(
        at=term.span if term and term.span else document.span,
        seen=term.sentence if term else "",
        message=(
            "this deny lets root through once it has used MFA"
            if gap.deliberate
            else "this deny for the root user lets requests through"
        ),
        proof=RequestProof(gap.request, (document.raw,), Claim.NOT_DENIED, term, verdict="allowed"),
        fix=_fix(term),
        severity=Severity.NOTE if gap.deliberate else None,
        because=left_open(policy, document, gap, estate),
        deciding=f"{term.statement}/{term.element}/{term.key.lower()}" if term else "",
    )


def _fix(term: PolicyTerm | None) -> str:
    match term:
        case PolicyTerm(element="Condition", key=key):
            return f"drop the condition on `{key}`, or give it a statement of its own"
        case PolicyTerm(element="NotAction", written=written):
            return f"take `{written}` out of `NotAction`"
        case PolicyTerm(element="Resource" | "NotResource"):
            return 'deny on all resources: `"Resource": "*"`'
        case _:
            return 'deny all actions: `"Action": "*"`'
