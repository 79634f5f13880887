"""An allow-list of addresses for the root user lets nobody in.

`aws:SourceIp` is the address at which a request arrives at AWS's public endpoint, and that is never a
private one: a list of private ranges, an empty list, or a range that is compared as a text denies root
everywhere. On the day on which only root can help, it cannot. (Where a list has public addresses and
nothing else is said, calls that AWS services make for root are denied: their addresses are AWS's.)

## Fix

List the public addresses of your network, and let AWS services call for root:

    "NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24"]},
    "Bool": {"aws:ViaAWSService": "false"}
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_GUARDRAIL,
    SOURCE_KEYS,
    AllowList,
    Claim,
    Condition,
    Estate,
    Group,
    OrganizationPolicy,
    Outcome,
    Policy,
    Request,
    RequestProof,
    Severity,
    Truth,
    Undecided,
    Violation,
    allow_lists,
    check,
    conditions_on,
    denies,
    doubtful,
    hides_effect,
    is_guardrail,
    lets_nobody_in,
    supposing_denies,
    unknowns,
)

QUESTION = "does this allow-list let anybody in?"


@check(
    OrganizationPolicy,
    group=Group.RECOVERY,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice",
    ),
    controls=ROOT_GUARDRAIL,
)
def root_ip_allowlist_lockout(policy: OrganizationPolicy, estate: Estate) -> Iterator[Outcome]:
    document = policy.document
    if document is None or is_guardrail(policy) is Truth.NO:
        return
    supposed = supposing_denies(document)
    for found in allow_lists(supposed, policy.resource.scope.partition):
        hidden = hides_effect(document, found.statement)
        for condition in conditions_on(found.statement, SOURCE_KEYS):
            outcomes = _judge(supposed if hidden else document, found, condition)
            yield from doubtful(outcomes, QUESTION, (*unknowns(policy.type), *hidden))


def _judge(document: Policy, found: AllowList, condition: Condition) -> Iterator[Outcome]:
    nobody = lets_nobody_in(condition)
    if nobody is Truth.YES and found.closes_endpoints:
        request = found.from_office()
        if request and denies(document, request).truth is Truth.YES:
            yield _violation(document, condition, request)
    elif nobody is Truth.UNKNOWN and found.closes_endpoints:
        hidden = [hole for value in condition.values.items for hole in unknowns(value)]
        rest = condition.values.rest
        yield Undecided(condition.operator_span, QUESTION, (*hidden, *([rest] if rest else [])))
    elif nobody is Truth.NO:
        request = found.only_forwarded(document)
        if request is not None:
            yield _forwarded(document, condition, request)


def _violation(document: Policy, condition: Condition, request: Request) -> Violation:
    return Violation(
        at=condition.values.span,
        seen=(
            "no request arrives from here"
            if "IpAddress" in condition.operator
            else "a range, compared as a text"
        ),
        message="this allow-list lets root in from nowhere",
        proof=RequestProof(
            request, (document.raw,), Claim.DENIED, verdict="denied, from wherever it comes"
        ),
        fix="list the public addresses of your network",
        deciding=f"{condition.operator}/{condition.key.lower()}",
    )


def _forwarded(document: Policy, condition: Condition, request: Request) -> Violation:
    return Violation(
        at=condition.operator_span,
        seen="compares the service's own address",
        message="this allow-list denies what AWS services do for root",
        proof=RequestProof(request, (document.raw,), Claim.DENIED),
        fix='add `"Bool": {"aws:ViaAWSService": "false"}`',
        severity=Severity.NOTE,
        deciding="aws:viaawsservice",
    )
