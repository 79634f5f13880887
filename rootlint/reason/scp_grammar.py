"""What AWS Organizations rejects in a policy document: grammar and size.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from rootlint.embedded import policy
from rootlint.model.fill import FILLINGS, fill_text
from rootlint.model.policy import Policy, PolicyKind, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.reason.operators import operator
from rootlint.source import Span

# Characters, blanks included, as of 2026-05-15; service control policies had 5,120 until then.
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
_LIMITS = {PolicyKind.SERVICE_CONTROL: 10_240, PolicyKind.RESOURCE_CONTROL: 5_120}
_OLD_LIMIT = 5_120
_SID = re.compile(r"[A-Za-z0-9]*")
_VERSIONS = frozenset({"2008-10-17", "2012-10-17"})
_EFFECTS = frozenset({"Allow", "Deny"})


class Defect(NamedTuple):
    """Something for which AWS rejects a document, and where it is written.

    `because` is set where the statement that has it may not be there.
    """

    problem: str
    span: Span
    because: Unknown | None = None


def defects(document: Policy | Unknown, kind: PolicyKind) -> Iterator[Defect]:
    """What is wrong with the grammar of a document, in the order in which it is written."""
    if isinstance(document, Unknown):
        if document.why is Why.SYNTAX:
            yield Defect(document.detail, document.span)
        return
    if not document.statements and document.rest is None:
        yield Defect("the policy has no `Statement`", document.span)
    elif document.rest is not None and document.rest.why is Why.SYNTAX:
        yield Defect(document.rest.detail, document.rest.span)
    version = text(document.version)
    if document.version is not None and version not in {*_VERSIONS, None}:
        yield Defect(f"there is no version `{version}`", document.version.span)
    sids: set[str] = set()
    for statement in document.statements:
        found = chain(
            _of_principal(statement, kind), _of_statement(statement), _of_sid(statement, sids)
        )
        yield from (defect._replace(because=statement.because) for defect in found)


def size_limits(kind: PolicyKind) -> tuple[int, int]:
    """How many characters a document may have, and how many before May 2026."""
    return _LIMITS[kind], _OLD_LIMIT


def least_size(document: Value) -> int:
    """The characters of a document as it is sent, at least: values that are not known may add some.

    Maps are counted without blanks, as `jsonencode` writes them; a text is counted as it is.
    """
    return min(len(fill_text(document, filling)) for filling in FILLINGS)


def rejected(written: str, kind: PolicyKind) -> bool:
    """Whether AWS rejects the text of a document."""
    if len(written) > _LIMITS[kind]:
        return True
    found = policy(Known(written, Span("", 0, 0)))
    return next(defects(found, kind), None) is not None


def _of_principal(statement: Statement, kind: PolicyKind) -> Iterator[Defect]:
    named = statement.principal or statement.not_principal
    if kind is PolicyKind.SERVICE_CONTROL and named is not None:
        yield Defect("a service control policy names no principal", named.span)
    if kind is PolicyKind.RESOURCE_CONTROL:
        if statement.not_principal is not None:
            yield Defect(
                "a resource control policy has no `NotPrincipal`", statement.not_principal.span
            )
        elif named is None and statement.conditions_rest is None:
            yield Defect('a resource control policy needs `"Principal": "*"`', statement.span)
        if text(statement.effect) == "Allow":
            yield Defect("a resource control policy only denies", statement.effect.span)


def _of_statement(statement: Statement) -> Iterator[Defect]:
    effect = statement.effect
    if isinstance(effect, Unknown) and effect.why is Why.SYNTAX:
        yield Defect(effect.detail, effect.span)
    elif isinstance(effect, Known) and text(effect) not in _EFFECTS:
        yield Defect(f"`{text(effect)}` is neither `Allow` nor `Deny`", effect.span)
    if statement.action is not None and statement.not_action is not None:
        yield Defect("the statement has both `Action` and `NotAction`", statement.not_action.span)
    elif statement.action is statement.not_action is None and statement.conditions_rest is None:
        yield Defect("the statement has neither `Action` nor `NotAction`", statement.span)
    for condition in statement.conditions:
        if operator(condition.operator) is None:
            yield Defect(f"AWS has no operator `{condition.operator}`", condition.operator_span)


def _of_sid(statement: Statement, before: set[str]) -> Iterator[Defect]:
    """Ids are letters and digits, each its own.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
    """
    sid = text(statement.sid)
    if not sid or statement.sid is None:
        return
    if _SID.fullmatch(sid) is None:
        yield Defect(f"`{sid}` is no statement id: letters and digits only", statement.sid.span)
    if sid in before:
        yield Defect(f"two statements are called `{sid}`", statement.sid.span)
    if statement.exists is Truth.YES:
        before.add(sid)
