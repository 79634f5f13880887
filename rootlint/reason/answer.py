"""A request, and what a policy makes of it: whether it applies, and the term that decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rootlint.model.policy import Condition
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown
from rootlint.source import Span


class Request(NamedTuple):
    """A request to AWS, as its authorization sees it.

    `context` holds the condition keys, in lower case: a key that is not there is missing from the
    request. Of `hidden` keys the value is not known (the organization's id). `credential` says how it is signed, for people. `or_resource` is another ARN that AWS
    may take as the resource where its documentation does not say: "" if there is none.
    """

    action: str
    resource: str
    principal: str
    context: Mapping[str, tuple[str, ...]]
    title: str = ""
    credential: str = ""
    or_resource: str = ""
    hidden: frozenset[str] = frozenset()


class Term(NamedTuple):
    """The part of a policy that decided.

    `statement` is its index, from 0; `element` "Action", "Condition" and so on, or "" for the whole
    policy. `operator`, `key` and `condition` are given for conditions. `written` is what the policy
    says, `found` what the request carries. `sentence` says it in words.
    """

    statement: int
    element: str
    sentence: str
    span: Span | None = None
    sid: str = ""
    operator: str = ""
    key: str = ""
    written: str = ""
    found: str = ""
    condition: Condition | None = None


class Answer(NamedTuple):
    """Whether something holds; the term that decided; the unknowns where it is not known."""

    truth: Truth
    term: Term | None = None
    unknowns: tuple[Unknown, ...] = ()


def negated(answer: Answer) -> Answer:
    """The answer to the opposite question, for the same reason."""
    return answer._replace(truth=~answer.truth)


def every(answers: Iterable[Answer]) -> Answer:
    """NO where one is NO, with the first such; UNKNOWN where one is, with all that is unknown.

    A YES explains itself by the last term.
    """
    last = Answer(Truth.YES)
    open_: list[Answer] = []
    for answer in answers:
        if answer.truth is Truth.NO:
            return answer
        if answer.truth is Truth.UNKNOWN:
            open_.append(answer)
        elif answer.term is not None:
            last = answer
    if open_:
        return Answer(Truth.UNKNOWN, open_[0].term, distinct(open_))
    return last


def some(answers: Iterable[Answer]) -> Answer:
    """YES where one is YES, with the first such; UNKNOWN where one is, with all that is unknown."""
    last = Answer(Truth.NO)
    open_: list[Answer] = []
    for answer in answers:
        if answer.truth is Truth.YES:
            return answer
        if answer.truth is Truth.UNKNOWN:
            open_.append(answer)
        last = answer
    if open_:
        return Answer(Truth.UNKNOWN, open_[0].term, distinct(open_))
    return last


def distinct(answers: Iterable[Answer]) -> tuple[Unknown, ...]:
    """The unknowns of several answers, each once, in order."""
    return tuple(dict.fromkeys(hole for answer in answers for hole in answer.unknowns))
