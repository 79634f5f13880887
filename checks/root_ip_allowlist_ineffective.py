"""An allow-list of addresses for the root user does not keep anybody out.

A guardrail denies root from every address but a few. Written the wrong way round it denies root from
those few: `IpAddress` in a deny holds inside of the list, `NotIpAddress` outside of it. A list that
holds every address denies nobody, and `aws:VpcSourceIp` is missing from all requests that arrive over the
internet.

## Fix

Deny outside of your own public addresses, of both IP versions, and let AWS services call for root:

    "NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24"]},
    "Bool": {"aws:ViaAWSService": "false"}
"""

from collections.abc import Iterator

from rootlint.check import (
    ADDRESS_KEYS,
    ROOT_GUARDRAIL,
    AllowList,
    Answer,
    Claim,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    Policy,
    Request,
    RequestProof,
    Severity,
    Statement,
    Truth,
    Undecided,
    Violation,
    allow_lists,
    check,
    conditions_on,
    doubtful,
    hides_effect,
    is_guardrail,
    supposing_denies,
    unknowns,
)

QUESTION = "does this allow-list of addresses keep root out from elsewhere?"


@check(
    OrganizationPolicy,
    group=Group.GUARDRAILS,
    severity=Severity.HIGH,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_ip_allowlist_ineffective(policy: OrganizationPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy.document
    if document is None or is_guardrail(policy) is Truth.NO:
        return
    supposed = supposing_denies(document)
    for found in allow_lists(supposed, policy.resource.scope.partition):
        hidden = hides_effect(document, found.statement)
        outcomes = _judge(supposed if hidden else document, found)
        yield from doubtful(outcomes, QUESTION, (*unknowns(policy.type), *hidden))


def _judge(document: Policy, found: AllowList) -> Iterator[Outcome]:
    unsure = None
    for request, answer in found.from_outside(document):
        if answer.truth is Truth.NO:
            yield _violation(document, found.statement, request, answer)
            return
        if answer.truth is Truth.UNKNOWN:
            unsure = unsure or answer
    if unsure is not None:
        at = conditions_on(found.statement, ADDRESS_KEYS)[0].operator_span
        yield Undecided(at, QUESTION, unsure.unknowns)


def _violation(
    document: Policy, statement: Statement, request: Request, answer: Answer
) -> Violation:
    term = answer.term
    own = [x for x in conditions_on(statement, ADDRESS_KEYS) if term and x is term.condition]
    condition = (own or conditions_on(statement, ADDRESS_KEYS))[0]
    return Violation(
        at=condition.operator_span,
        seen=term.sentence if term else "",
        message="root gets past this allow-list of addresses",
        proof=RequestProof(request, (document.raw,), Claim.NOT_DENIED, term, verdict="allowed"),
        fix=_fix(condition.operator, condition.key),
        deciding=f"{statement.index}/{condition.operator}/{condition.key.lower()}",
    )


def _fix(operator: str, key: str) -> str:
    if key.lower() == "aws:vpcsourceip":
        return "ask for `aws:SourceIp`, which requests over the internet carry"
    if "Not" not in operator:
        return f"write `{NEGATED.get(operator, 'NotIpAddress')}` instead of `{operator}`"
    return "list the public addresses of your own network only"


NEGATED = {"StringLike": "StringNotLike", "StringEquals": "StringNotEquals"}
