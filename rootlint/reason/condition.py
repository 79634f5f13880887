"""Conditions of IAM statements: one operator, one key, against the context of a request."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import NamedTuple

from rootlint.model.policy import Condition, Elements
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.reason.answer import Answer, Request, Term
from rootlint.reason.match import (
    Match,
    Written,
    each,
    match_value,
    once,
    open_holes,
    unreadable,
)
from rootlint.reason.operators import FOR_ALL, FOR_ANY, NULL, Operator, operator, written_text
from rootlint.reason.policy_strings import Variables

_SHOWN = 3


def holds(
    condition: Condition, request: Request, variables: Variables | None, statement: int = 0
) -> Answer:
    """Whether a condition is met. `variables` is None where the policy's version has none.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
    """
    test = _Test(condition, request, variables)
    found = operator(condition.operator)
    if found is None:
        problem = f"AWS has no operator `{condition.operator}`"
        result = _unsaid(condition, Why.SYNTAX, problem)
    elif condition.key.lower() in request.hidden:
        result = _unsaid(condition, Why.PSEUDO, f"the value of `{condition.key}`")
    elif found.name == NULL:
        result = test.null(found)
    elif not test.found:
        result = test.missing(found)
    else:
        result = test.compared(found)
    if found is not None and not found.exact:
        problem = f"`{condition.operator}` is not spelt as AWS spells it"
        result = _Result(Truth.UNKNOWN, problem, (_unknown(condition, Why.UNSPECIFIED, problem),))
    return Answer(result.truth, test.term(result, statement), result.unknowns)


class _Result(NamedTuple):
    truth: Truth
    sentence: str
    unknowns: tuple[Unknown, ...] = ()
    decided: Value | None = None


class _Test:
    """One condition and the values that a request carries for its key."""

    def __init__(self, condition: Condition, request: Request, variables: Variables | None) -> None:
        self.condition = condition
        self.found = request.context.get(condition.key.lower(), ())
        self.variables = variables

    def term(self, result: _Result, statement: int) -> Term:
        condition, decided = self.condition, result.decided
        return Term(
            statement,
            "Condition",
            result.sentence,
            decided.span if decided is not None else condition.values.span,
            operator=condition.operator,
            key=condition.key,
            written=_written(condition.values) if decided is None else written_text(decided),
            found=", ".join(self.found),
            condition=condition,
        )

    def null(self, found: Operator) -> _Result:
        """`Null`: "true" wants the key missing, "false" wants it there."""
        condition = self.condition
        if found.each or self.found == ("",):
            return _unsaid(condition, Why.UNSPECIFIED, f"`{condition.operator}` of this key")
        wanted = "false" if self.found else "true"
        matches = [
            match_value(value, partial(_null_match, wanted)) for value in each(condition.values)
        ]
        truth = any_of(match.truth for match in matches)
        carries = "carries" if self.found else "carries no"
        return _Result(
            truth, f"the request {carries} `{condition.key}`", open_holes(truth, matches)
        )

    def missing(self, found: Operator) -> _Result:
        """A key that the request does not carry."""
        if found.each == FOR_ANY and found.if_exists:
            # `IfExists` says true of a missing key, `ForAnyValue` false: AWS does not say which wins.
            problem = f"`{self.condition.operator}` of a missing key"
            return _unsaid(self.condition, Why.UNSPECIFIED, problem)
        if found.if_exists or found.each == FOR_ALL:
            truth = Truth.YES
        elif found.each == FOR_ANY:
            truth = Truth.NO
        else:
            truth = Truth.of(found.negated)
        sentence = f"the request carries no `{self.condition.key}`"
        if truth is Truth.YES:
            sentence += f", and `{self.condition.operator}` holds then"
        return _Result(truth, sentence)

    def compared(self, found: Operator) -> _Result:
        if not found.each and len(self.found) > 1:
            problem = f"`{self.condition.operator}` of a key with several values"
            return _unsaid(self.condition, Why.UNSPECIFIED, problem)
        if found.each and self.found == ("",):
            problem = f"`{found.each}` of an empty value"
            return _unsaid(self.condition, Why.UNSPECIFIED, problem)
        results = [self._one(found, value) for value in self.found]
        combine = any_of if found.each == FOR_ANY else all_of
        truth = combine(result.truth for result in results)
        deciding = next(result for result in results if result.truth is truth)
        unknowns = [hole for result in results for hole in result.unknowns]
        return deciding._replace(unknowns=once(unknowns) if truth is Truth.UNKNOWN else ())

    def _one(self, found: Operator, value: str) -> _Result:
        """Whether one value of the request satisfies the operator, negation included."""
        matches = [
            (written, self._match(found, written, value)) for written in each(self.condition.values)
        ]
        matched = any_of(match.truth for _, match in matches)
        truth = ~matched if found.negated else matched
        deciding = next((pair for pair in matches if pair[1].truth is matched), None)
        if matched is Truth.NO and len(matches) > 1:
            deciding = next((pair for pair in matches if pair[1].why_not), None)
        sentence = self._sentence(deciding, matched, value)
        unknowns = open_holes(truth, [match for _, match in matches])
        return _Result(truth, sentence, unknowns, deciding[0] if deciding else None)

    def _match(self, found: Operator, written: Value, value: str) -> Match:
        return match_value(written, lambda one: found.compare(one, value, self.variables))

    def _sentence(self, deciding: tuple[Value, Match] | None, matched: Truth, value: str) -> str:
        name = self.condition.operator
        if deciding is None:
            return f"`{value}` matches none of the values of `{name}`"
        written, match = deciding
        shown = f"`{written_text(written)}`"
        if matched is Truth.NO and match.why_not.startswith("compares"):
            return f"`{name}` {match.why_not}"
        if matched is Truth.NO and match.why_not:
            return match.why_not if match.why_not[0] == "`" else f"{shown} {match.why_not}"
        verb = {Truth.NO: "does not match", Truth.YES: "matches", Truth.UNKNOWN: "may match"}
        return f"{shown} {verb[matched]} `{value}`"


def _null_match(wanted: str, value: Written) -> Match:
    if not isinstance(value, Known):
        holes = (value,) if isinstance(value, Unknown) else tuple(unknowns(value))
        return Match(Truth.UNKNOWN, holes)
    written = written_text(value).lower()
    if written not in {"true", "false"}:
        return unreadable(value, f"`{written}` is neither true nor false")
    return Match(Truth.of(written == wanted))


def _unknown(condition: Condition, why: Why, problem: str) -> Unknown:
    return Unknown(why, problem, condition.operator_span)


def _unsaid(condition: Condition, why: Why, problem: str) -> _Result:
    return _Result(Truth.UNKNOWN, problem, (_unknown(condition, why, problem),))


def _written(values: Elements) -> str:
    shown = [written_text(value) for value in islice(each(values), _SHOWN + 1)]
    more = ", …" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
