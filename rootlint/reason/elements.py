"""Action, Resource and Principal of a statement, and their opposites, against a request."""

from __future__ import annotations

from collections.abc import Callable

from rootlint.model.policy import Elements, Statement
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Value, Why
from rootlint.reason.answer import Answer, Request, Term, every
from rootlint.reason.match import (
    Match,
    Written,
    each,
    match_value,
    once,
    unreadable,
    unsaid,
)
from rootlint.reason.operators import written_text
from rootlint.reason.policy_strings import Language, Pattern, Variables, pattern
from rootlint.reason.principal import exempted, named
from rootlint.reason.resource import resource_matches
from rootlint.reason.wildcard import Wild

_Compare = Callable[[Written, str], Match]


def action_covered(statement: Statement, request: Request) -> Answer:
    """Whether the request's action is in `Action`, or not in `NotAction`."""
    return _covered(
        statement,
        ("Action", statement.action, action_matches),
        ("NotAction", statement.not_action, action_matches),
        request.action,
    )


def action_matches(value: Written, action: str) -> Match:
    """Whether an entry of `Action` covers an action, without regard to case.

    The service must be spelt out: a wildcard there is refused, but for `*` alone, and `*:*`.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    meant = pattern(value, Language(wildcards=True))
    truth = meant.meets(action, fold=True)
    if truth is Truth.NO or meant.holes or _whole_service(meant):
        return Match(truth, meant.holes)
    return unreadable(value, f"`{written_text(value)}` is no action: it names no service")


def _whole_service(meant: Pattern) -> bool:
    """Whether a pattern of an action spells its service out, or covers everything."""
    if meant.units in {(Wild.ANY,), (Wild.ANY, ":", Wild.ANY)}:
        return True
    first = meant.units[0] if meant.units else ""
    return isinstance(first, str) and ":" in first


def resource_covered(statement: Statement, request: Request, variables: Variables | None) -> Answer:
    """Whether the request's resource is in `Resource`, or not in `NotResource`.

    Policies that hang on the resource itself (a trust policy) may leave it out.
    """
    if statement.resource is None and statement.not_resource is None:
        if statement.principal is not None or statement.not_principal is not None:
            return Answer(Truth.YES)
        return _absent(statement, "Resource")

    def matches(value: Written, resource: str) -> Match:
        return resource_matches(value, resource, variables)

    def excepts(value: Written, resource: str) -> Match:
        match = resource_matches(value, resource, variables)
        if match.truth is Truth.NO and match.why_not:
            return unsaid(value, "`NotResource` with a variable that has no value")
        return match

    listed = (
        ("Resource", statement.resource, matches),
        ("NotResource", statement.not_resource, excepts),
    )
    answer = _covered(statement, *listed, request.resource)
    if not request.or_resource:
        return answer
    other = _covered(statement, *listed, request.or_resource)
    if other.truth is answer.truth:
        return answer
    doubt = Unknown(Why.UNSPECIFIED, f"the resource of `{request.action}`", statement.span)
    return Answer(Truth.UNKNOWN, answer.term or other.term, (*answer.unknowns, doubt))


def principal_covered(statement: Statement, request: Request) -> Answer:
    """Whether the request's principal is in `Principal`, or not in `NotPrincipal`.

    A policy without either speaks of those to whom it is attached.
    """
    if statement.principal is not None:
        match = named(statement.principal, request.principal)
        verb = "names" if match.truth is Truth.YES else "does not name"
        sentence = f"`Principal` {verb} `{request.principal}`"
        span = statement.principal.span
        term = Term(statement.index, "Principal", sentence, span, found=request.principal)
        return Answer(match.truth, term, match.unknowns)
    if statement.not_principal is not None:
        match = exempted(statement.not_principal, request.principal)
        sentence = f"`NotPrincipal` against `{request.principal}`"
        span = statement.not_principal.span
        term = Term(statement.index, "NotPrincipal", sentence, span, found=request.principal)
        return Answer(~match.truth, term, match.unknowns)
    return Answer(Truth.YES)


_Element = tuple[str, Elements | None, _Compare]


def _covered(statement: Statement, entries: _Element, exceptions: _Element, found: str) -> Answer:
    if entries[1] is None and exceptions[1] is None:
        return _absent(statement, entries[0])
    answers = []
    if entries[1] is not None:
        answers.append(_listed(statement, entries[0], entries[1], found, entries[2]))
    if exceptions[1] is not None:
        listed = _listed(statement, exceptions[0], exceptions[1], found, exceptions[2])
        answers.append(listed._replace(truth=~listed.truth))
    return every(answers)


def _absent(statement: Statement, name: str) -> Answer:
    problem = f"the statement has neither `{name}` nor `Not{name}`"
    missing = Unknown(Why.SYNTAX, problem, statement.span)
    return Answer(Truth.UNKNOWN, Term(statement.index, name, problem, statement.span), (missing,))


def _listed(
    statement: Statement, name: str, elements: Elements, found: str, compare: _Compare
) -> Answer:
    """Whether a value is among the entries of an element."""
    truth, deciding, unknown = _among(elements, found, compare)
    if truth is Truth.NO:
        sentence, span, written = f"`{found}` is not in `{name}`", elements.span, ""
    else:
        verb = "is" if truth is Truth.YES else "may be"
        written = written_text(deciding) if deciding else ""
        sentence = f"`{found}` {verb} in `{name}`, as `{written}`"
        span = deciding.span if deciding else elements.span
    term = Term(statement.index, name, sentence, span, written=written, found=found)
    return Answer(truth, term, once(unknown))


def _among(
    elements: Elements, found: str, compare: _Compare
) -> tuple[Truth, Value | None, list[Unknown]]:
    """Whether a value is among entries, the first entry that says so, and what hides the answer."""
    truth, deciding = Truth.NO, None
    unknown: list[Unknown] = []
    for value in each(elements):
        match = match_value(value, lambda written: compare(written, found))
        if match.truth is Truth.YES:
            return Truth.YES, value, []
        if match.truth is Truth.UNKNOWN:
            truth, deciding = Truth.UNKNOWN, deciding or value
            unknown += match.unknowns
    return truth, deciding, unknown
