"""What a statement is meant for: the root user, or requests without MFA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rootlint.model.policy import Condition, Elements, Policy, Statement
from rootlint.model.read import text
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Value
from rootlint.reason.answer import Request
from rootlint.reason.elements import action_covered
from rootlint.reason.operators import operator, written_text

MFA_KEYS = frozenset({"aws:multifactorauthpresent", "aws:multifactorauthage"})
_ROOT_USER = re.compile(r"arn:[^:]*:iam::[^:]*:root")
PRINCIPAL_KEYS = frozenset({"aws:principalarn", "aws:principaltype", "aws:username", "aws:userid"})


def conditions_on(statement: Statement, keys: frozenset[str]) -> tuple[Condition, ...]:
    """The conditions of a statement on one of the keys (lower case)."""
    return tuple(found for found in statement.conditions if found.key.lower() in keys)


def means_root(statement: Statement) -> bool:
    """Whether a Deny is meant for the root user: it asks for root's ARN, type or name.

    What it says is judged elsewhere; here only whether root is what it speaks of.
    """
    return next(named_roots(statement), None) is not None


def named_roots(statement: Statement) -> Iterator[Value]:
    """The values by which the conditions of a Deny ask for the root user."""
    if text(statement.effect) != "Deny":
        return
    for condition in conditions_on(statement, PRINCIPAL_KEYS):
        yield from _named_roots(condition)


def of_principal(statement: Statement) -> Statement:
    """A statement as if it spoke of every action on everything: what its principal conditions alone decide."""
    everything = Elements((Known("*", statement.span),), statement.span)
    return replace(
        statement,
        action=everything,
        not_action=None,
        resource=everything,
        not_resource=None,
        conditions=conditions_on(statement, PRINCIPAL_KEYS),
        conditions_rest=None,
    )


def root_resources(statement: Statement) -> Iterator[Value]:
    """The resources of a Deny where all of them are the root user.

    `sts:AssumeRoot` takes the root user of a member account as its resource: a Deny of it is about
    those who call it.
    """
    if text(statement.effect) != "Deny" or statement.resource is None:
        return
    items = statement.resource.items
    if statement.resource.rest is not None or not all(map(_is_root_user, items)):
        return
    if action_covered(statement, Request("sts:AssumeRoot", "*", "", {})).truth is Truth.NO:
        yield from items


def root_statements(policy: Policy) -> tuple[Statement, ...]:
    return tuple(statement for statement in policy.statements if means_root(statement))


def may_mean_root(policy: Policy) -> tuple[Unknown, ...]:
    """What hides whether a statement of a policy is a Deny that is meant for the root user.

    Empty where that is known, and where nothing unknown could make a statement speak of root.
    """
    hidden = map(_hidden_root, policy.statements)
    return next((found for found in hidden if found), ())


def _hidden_root(statement: Statement) -> tuple[Unknown, ...]:
    effect = text(statement.effect)
    if effect not in {None, "Deny"} or means_root(statement):
        return ()
    asked = conditions_on(statement, PRINCIPAL_KEYS)
    values = [hole for condition in asked for hole in _hidden_values(condition)]
    if effect is None and any(True for found in asked for _ in _named_roots(found)):
        return tuple(unknowns(statement.effect))
    return tuple(values)


def _hidden_values(condition: Condition) -> Iterator[Unknown]:
    """What a condition on the principal may compare with root: an unknown value, or the end of one."""
    found = operator(condition.operator)
    if found is None or found.negated or found.name.lower() == "null":
        return
    if condition.values.rest is not None:
        yield condition.values.rest
    for value in condition.values.items:
        whole = value if isinstance(value, Unknown) else None
        end = value.parts[-1] if isinstance(value, Text) else whole
        if isinstance(end, Unknown) and end.refers is None:
            yield end


def _named_roots(condition: Condition) -> Iterator[Value]:
    found = operator(condition.operator)
    if found is None or found.negated or found.name.lower() == "null":
        return
    by_arn = condition.key.lower() == "aws:principalarn"
    for value in condition.values.items:
        name = _ending(value).strip().lower()
        if _is_root_arn(name) if by_arn else name == "root":
            yield value


def _is_root_user(value: Value) -> bool:
    """Whether a resource is the ARN of root users and nothing else."""
    return _ROOT_USER.fullmatch(written_text(value)) is not None


def _is_root_arn(name: str) -> bool:
    return name.endswith((":root", "*root")) and ":organizations::" not in name


def _ending(value: Value) -> str:
    """The text of a value, or the known end of it."""
    if isinstance(value, Text):
        return value.parts[-1] if isinstance(value.parts[-1], str) else ""
    return text(value) or ""


def supposing_denies(policy: Policy) -> Policy:
    """The same document, each statement of which the effect is not known being a Deny."""
    if not any(_hides(statement.effect) for statement in policy.statements):
        return policy
    denies = (
        replace(x, effect=Known("Deny", x.effect.span)) if _hides(x.effect) else x
        for x in policy.statements
    )
    return replace(policy, statements=tuple(denies))


def _hides(effect: Value) -> bool:
    """Whether an effect may be any; one that is a list or an object is none for certain."""
    return text(effect) is None and next(unknowns(effect), None) is not None


def hides_effect(policy: Policy, statement: Statement) -> tuple[Unknown, ...]:
    """What hides the effect of a statement, by the document before anything was supposed of it."""
    found = (x.effect for x in policy.statements if x.span == statement.span)
    return tuple(hole for effect in found for hole in unknowns(effect))


def may_ask_for_mfa(policy: Policy) -> Iterator[tuple[Condition, tuple[Unknown, ...]]]:
    """The conditions on MFA of statements of which the effect is not known, and what hides it."""
    for statement in policy.statements:
        asked = conditions_on(statement, MFA_KEYS)
        if text(statement.effect) is None and asked:
            yield asked[0], tuple(unknowns(statement.effect))


def mfa_statements(policy: Policy, effect: str) -> Iterator[tuple[Statement, Condition]]:
    """The statements of an effect that ask for MFA, each with its first condition that does."""
    for statement in policy.statements:
        asked = conditions_on(statement, MFA_KEYS)
        if text(statement.effect) == effect and asked:
            yield statement, asked[0]
