"""A deny that is meant for the root user never applies to it.

A guardrail that denies the root user has to recognize it. `StringEquals` compares `*` literally; an
ARN with fewer than six parts never matches under `ArnLike`; no principal has the type `Root`, and the
root user has no user name. The policy is attached, reads well in a review, and denies nothing.

## Fix

Ask for root's ARN with `ArnLike`: `"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}`.
"""

from collections.abc import Iterator

from rootlint.check import (
    PRINCIPAL_KEYS,
    ROOT_GUARDRAIL,
    AccessPolicy,
    Answer,
    Claim,
    Condition,
    Estate,
    Group,
    Label,
    OrganizationPolicy,
    Outcome,
    Policy,
    PolicyKind,
    Request,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Violation,
    check,
    conditions_on,
    denies,
    may_mean_root,
    of_principal,
    root_requests_of,
    root_statements,
)

QUESTION = "does this deny ever apply to the root user?"


@check(
    OrganizationPolicy,
    AccessPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_deny_never_matches(
    policy: OrganizationPolicy | AccessPolicy, estate: Estate
) -> Iterator[Outcome]:
    document = policy.document
    # An identity policy never binds root, and a trust policy is asked about roles.
    if document is None or getattr(policy, "kind", None) in {PolicyKind.IDENTITY, PolicyKind.TRUST}:
        return
    hidden = may_mean_root(document)
    if hidden:
        yield Undecided(document.span, QUESTION, hidden)
    for statement in root_statements(document):
        yield from _judge(document, statement, policy.resource.scope.partition)


def _judge(document: Policy, statement: Statement, partition: str) -> Iterator[Outcome]:
    asked = conditions_on(statement, PRINCIPAL_KEYS)
    bare = of_principal(statement)
    answers = [
        (request, denies(document.only(bare), request))
        for request in root_requests_of(bare, partition)
    ]
    if not answers or any(answer.truth is Truth.YES for _, answer in answers):
        return
    unsure = [answer for _, answer in answers if answer.truth is Truth.UNKNOWN]
    if unsure:
        yield Undecided(asked[0].operator_span, QUESTION, unsure[0].unknowns)
        return
    # Other statements may deny root what this one speaks of.
    own = list(root_requests_of(statement, partition)) or [request for request, _ in answers]
    if all(denies(document, request).truth is Truth.NO for request in own):
        yield _violation(document, statement, own[0], answers[0][1])


def _violation(
    document: Policy, statement: Statement, request: Request, answer: Answer
) -> Violation:
    term = answer.term
    condition = _condition(statement, answer)
    exempts = "Not" in condition.operator
    told = "exempts root" if exempts else "matches no principal"
    values = (Label(value.span, told) for value in condition.values.items)
    return Violation(
        at=condition.operator_span,
        seen=term.sentence if term else "",
        message="this deny never applies to the root user",
        proof=RequestProof(request, (document.raw,), Claim.NOT_DENIED, term, verdict="allowed"),
        fix=(
            f"drop the condition with {condition.operator}"
            if exempts
            else "use ArnLike on aws:PrincipalArn with arn:*:iam::*:root"
        ),
        related=tuple(values),
        deciding=f"{statement.index}/{condition.operator}/{condition.key.lower()}",
    )


def _condition(statement: Statement, answer: Answer) -> Condition:
    if answer.term is not None and answer.term.condition is not None:
        return answer.term.condition
    return conditions_on(statement, PRINCIPAL_KEYS)[0]
