"""The requests of root that a guardrail is held to deny, and the first of them that it lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.model.organization import OrganizationPolicy
from rootlint.model.policy import Policy, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown
from rootlint.reason.actions import actions
from rootlint.reason.addresses import without_addresses
from rootlint.reason.answer import Answer, Request, some
from rootlint.reason.binding import attached
from rootlint.reason.bound_root import Who, bound_root
from rootlint.reason.elements import action_covered
from rootlint.reason.guardrail import is_guardrail
from rootlint.reason.iam import denies
from rootlint.reason.intent import MFA_KEYS, means_root, root_statements
from rootlint.reason.kept import kept
from rootlint.reason.refute import Holds, Refuted, Unsure, refute
from rootlint.reason.root import (
    CONSOLE_WITH_MFA,
    CONSOLE_WITHOUT_MFA,
    LONG_TERM_KEY,
    ROOT_CREDENTIALS,
    Credential,
    root_requests,
)

# What a guardrail must not leave to root; a narrow one is held to the families that it touches.
FAMILIES = (
    ("iam:CreateAccessKey",),
    ("iam:CreateLoginProfile", "iam:UpdateLoginProfile"),
    ("iam:DeactivateMFADevice",),
    ("iam:UploadSigningCertificate",),
    ("sts:GetFederationToken",),
    ("organizations:LeaveOrganization",),
    ("cloudtrail:StopLogging",),
)
_WITHOUT_MFA = (LONG_TERM_KEY, CONSOLE_WITHOUT_MFA)


class Gap(NamedTuple):
    """A request that gets through, and the guardrail's answer to it.

    `deliberate`: root gets through with MFA alone, because a condition says so.
    """

    request: Request
    answer: Answer
    deliberate: bool = False


Found = Gap | Unsure | Holds


def root_gap(policy: OrganizationPolicy, document: Policy, estate: Estate) -> Found:
    """The first telling request of root that a guardrail lets through, and that no other one denies.

    Addresses are left aside: whether an allow-list of addresses holds is another question.
    """
    bare = _anywhere(document)
    who = bound_root(bare, policy.resource.scope.partition)
    if who is None:
        return Holds()
    beside = (_for_everybody(document), *others(policy, estate))
    claim = partial(_denied, bare, beside, tuple(_hidden(policy, estate)))
    held_to = tuple(_held_to(root_statements(bare)))
    found = _gap(claim, _requests(held_to, who, _WITHOUT_MFA))
    if not isinstance(found, Holds):
        return found
    with_mfa = _gap(claim, _requests(held_to, who, (CONSOLE_WITH_MFA,)))
    if isinstance(with_mfa, Gap):
        term = with_mfa.answer.term
        meant = term is not None and term.key.lower() in MFA_KEYS
        return with_mfa._replace(deliberate=meant)
    return with_mfa


def others(policy: OrganizationPolicy, estate: Estate) -> Iterator[Policy]:
    """The documents of the other guardrails, which may be attached beside this one."""
    for other in _beside(policy, estate):
        if other.document is not None:
            yield other.document


def _hidden(policy: OrganizationPolicy, estate: Estate) -> Iterator[Unknown]:
    """Why other guardrails cannot be read."""
    for other in _beside(policy, estate):
        if other.document is None and other.hidden is not None:
            yield other.hidden


def _beside(policy: OrganizationPolicy, estate: Estate) -> Iterator[OrganizationPolicy]:
    for other in estate.every(OrganizationPolicy):
        if other is policy or is_guardrail(other) is Truth.NO:
            continue
        if attached(other, estate).truth is not Truth.NO:
            yield other


def is_narrow(statement: Statement) -> bool:
    """Whether a statement denies root some actions that it lists, rather than everything."""
    if statement.action is None or statement.not_action is not None:
        return False
    return not any(text(item) in {"*", "*:*"} for item in statement.action.items)


def _anywhere(document: Policy) -> Policy:
    """The root statements of a document, wherever a request comes from."""
    return replace(document, statements=tuple(map(without_addresses, root_statements(document))))


def _for_everybody(document: Policy) -> Policy:
    """The statements of a document that are not about root: what they deny is denied to root as well."""
    return replace(document, statements=tuple(x for x in document.statements if not means_root(x)))


def _held_to(statements: tuple[Statement, ...]) -> Iterator[str]:
    """The actions that a guardrail is held to deny, the most telling first."""
    touched = [family for family in FAMILIES if any(_touches(x, family) for x in statements)]
    narrow = all(map(is_narrow, statements)) and touched
    for family in touched if narrow else FAMILIES:
        yield from family


def _touches(statement: Statement, family: tuple[str, ...]) -> bool:
    return any(
        action_covered(statement, Request(action, "*", "", {})).truth is not Truth.NO
        for action in family
    )


def _requests(
    names: tuple[str, ...], who: Who, credentials: tuple[Credential, ...]
) -> tuple[Request, ...]:
    return root_requests(
        names,
        partition=who.partition,
        account=who.account,
        credentials=credentials,
        regions=2,
    )


def _denied(
    bare: Policy, beside: tuple[Policy, ...], hidden: tuple[Unknown, ...], request: Request
) -> Answer:
    own = denies(bare, request)
    if own.truth is Truth.YES:
        return own
    unread = (Answer(Truth.UNKNOWN, own.term, hidden),) if hidden else ()
    found = some((own, *(denies(other, request) for other in beside), *unread))
    return own if found.truth is Truth.NO else found


def _gap(claim: Callable[[Request], Answer], requests: tuple[Request, ...]) -> Found:
    found = refute(claim, requests)
    return Gap(found.request, found.answer) if isinstance(found, Refuted) else found


def left_open(
    policy: OrganizationPolicy, document: Policy, gap: Gap, estate: Estate
) -> tuple[str, ...]:
    """How many actions stay open to root as it makes the request, where the guardrail denies most."""
    if all(map(is_narrow, root_statements(document))):
        return ()
    who = Who(*gap.request.principal.split(":")[1:5:3])
    credential = next(x for x in ROOT_CREDENTIALS if x.name == gap.request.credential)

    def ask(action: str) -> Request:
        return _requests((action,), who, (credential,))[0]

    found = kept((document, *others(policy, estate)), ask)
    told = actions().told(found.names)
    return (f"at least {told}" if found.unsure else told,) if found.open else ()
