"""How IAM decides: does a statement apply to a request, does a policy allow or deny it.

Everything is three-valued: holes may stand anywhere. What AWS does not document is unknown, with
`Why.UNSPECIFIED`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootlint.model.policy import Policy, Statement
from rootlint.model.read import text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Value, Why
from rootlint.reason.answer import Answer, Request, Term, distinct, every, some
from rootlint.reason.condition import holds
from rootlint.reason.elements import action_covered, principal_covered, resource_covered
from rootlint.reason.policy_strings import Variables

__all__ = [
    "Answer",
    "Request",
    "Term",
    "allows",
    "applies",
    "decide",
    "denies",
    "every",
    "holds",
    "some",
]

_VERSIONS = {"2012-10-17": Truth.YES, "2008-10-17": Truth.NO}
_ORDER = (
    "",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
)


def applies(statement: Statement, request: Request, version: Value | None) -> Answer:
    """Whether a statement speaks of a request, whatever its effect. `version` is its policy's.

    Policy variables are text in version 2008-10-17. Where the version is not written or not known,
    what depends on it is unknown.
    """
    has_variables = _has_variables(version)
    if has_variables is not Truth.UNKNOWN:
        return _applies(statement, request, has_variables is Truth.YES)
    as_text = _applies(statement, request, variables=False)
    replaced = _applies(statement, request, variables=True)
    if as_text.truth is replaced.truth:
        return as_text
    at = statement.span if version is None else version.span
    unsaid = Unknown(Why.UNSPECIFIED, "policy variables without `Version` 2012-10-17", at)
    holes = tuple(unknowns(version)) or (unsaid,)
    return Answer(Truth.UNKNOWN, as_text.term, holes + distinct((as_text, replaced)))


def _has_variables(version: Value | None) -> Truth:
    return _VERSIONS.get(text(version) or "", Truth.UNKNOWN)


def _applies(statement: Statement, request: Request, variables: bool) -> Answer:  # noqa: FBT001 - one caller
    meant = Variables(request.context, request.hidden) if variables else None
    found = every(_tests(statement, request, meant))
    if found.term is None:
        return found
    sid = text(statement.sid) or ""
    return found._replace(term=found.term._replace(statement=statement.index, sid=sid))


def _tests(statement: Statement, request: Request, variables: Variables | None) -> Iterator[Answer]:
    """The elements of a statement, each must hold; the order is the one in which people read them."""
    yield action_covered(statement, request)
    yield resource_covered(statement, request, variables)
    yield principal_covered(statement, request)
    for condition in statement.conditions:
        yield holds(condition, request, variables, statement.index)
    if statement.conditions_rest is not None:
        yield _open(
            statement, "Condition", "there may be more conditions", statement.conditions_rest
        )
    if statement.exists is not Truth.YES:
        yield _existence(statement)


def _existence(statement: Statement) -> Answer:
    sentence = "the statement may not be there"
    if statement.exists is Truth.NO:
        return Answer(Truth.NO, Term(statement.index, "", sentence, statement.span))
    because = statement.because or Unknown(Why.CONDITION, sentence, statement.span)
    return _open(statement, "", sentence, because)


def _open(statement: Statement, element: str, sentence: str, because: Unknown) -> Answer:
    return Answer(
        Truth.UNKNOWN, Term(statement.index, element, sentence, statement.span), (because,)
    )


def denies(policy: Policy, request: Request) -> Answer:
    """Whether a policy denies a request explicitly. A NO explains the statement that came closest."""
    return _speaks(policy, request, "Deny")


def allows(policy: Policy, request: Request) -> Answer:
    """Whether a statement of a policy allows a request, denials aside."""
    return _speaks(policy, request, "Allow")


def _speaks(policy: Policy, request: Request, effect: str) -> Answer:
    answers = list(_by_effect(policy, request, effect))
    found = some(answers)
    if found.truth is not Truth.NO or not answers:
        return found
    return max(answers, key=_closeness)


def _by_effect(policy: Policy, request: Request, effect: str) -> Iterator[Answer]:
    for statement in policy.statements:
        if (has_effect := _effect(statement, effect)).truth is not Truth.NO:
            yield every((applies(statement, request, policy.version), has_effect))
    if policy.rest is not None:
        yield Answer(
            Truth.UNKNOWN, Term(-1, "", "there may be more statements", policy.span), (policy.rest,)
        )


def _effect(statement: Statement, wanted: str) -> Answer:
    written = text(statement.effect)
    if written in {"Allow", "Deny"}:
        return Answer(Truth.of(written == wanted))
    because = next(unknowns(statement.effect), None)
    if because is None:
        problem = "`Effect` is neither `Allow` nor `Deny`"
        because = Unknown(Why.SYNTAX, problem, statement.effect.span)
    term = Term(statement.index, "Effect", "the effect is not known", statement.effect.span)
    return Answer(Truth.UNKNOWN, term, (because,))


def _closeness(answer: Answer) -> int:
    """How far a statement was met before a part of it failed."""
    return _ORDER.index(answer.term.element) if answer.term else -1


def decide(policies: Iterable[Policy], request: Request, default: Truth = Truth.NO) -> Answer:
    """Whether policies together let a request through: no Deny, and an Allow unless `default` is YES.

    `default` is YES for the root user, who needs no Allow of an identity policy.
    """
    documents = tuple(policies)
    denied = some(denies(policy, request) for policy in documents)
    if denied.truth is Truth.YES:
        return denied._replace(truth=Truth.NO)
    by_default = Answer(default, denied.term)
    allowed = some((by_default, *(allows(policy, request) for policy in documents)))
    if allowed.truth is not Truth.NO and denied.truth is Truth.UNKNOWN:
        return Answer(Truth.UNKNOWN, denied.term, distinct((denied, allowed)))
    return allowed
