"""What a statement is meant for: the root user, or requests without MFA."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.policy import Condition, Policy, Statement
from rootlint.model.read import text
from rootlint.model.value import Text, Value
from rootlint.reason.operators import operator

MFA_KEYS = frozenset({"aws:multifactorauthpresent", "aws:multifactorauthage"})
PRINCIPAL_KEYS = frozenset({"aws:principalarn", "aws:principaltype", "aws:username", "aws:userid"})


def conditions_on(statement: Statement, keys: frozenset[str]) -> tuple[Condition, ...]:
    """The conditions of a statement on one of the keys (lower case)."""
    return tuple(found for found in statement.conditions if found.key.lower() in keys)


def means_root(statement: Statement) -> bool:
    """Whether a Deny is meant for the root user: it asks for root's ARN, type or name.

    What it says is judged elsewhere; here only whether root is what it speaks of.
    """
    if text(statement.effect) != "Deny":
        return False
    return any(_asks_for_root(found) for found in conditions_on(statement, PRINCIPAL_KEYS))


def root_statements(policy: Policy) -> tuple[Statement, ...]:
    return tuple(statement for statement in policy.statements if means_root(statement))


def _asks_for_root(condition: Condition) -> bool:
    found = operator(condition.operator)
    if found is None or found.negated or found.name.lower() == "null":
        return False
    named = (_ending(value).strip().lower() for value in condition.values.items)
    if condition.key.lower() == "aws:principalarn":
        return any(_is_root_arn(name) for name in named)
    return any(name == "root" for name in named)


def _is_root_arn(name: str) -> bool:
    return name.endswith((":root", "*root")) and ":organizations::" not in name


def _ending(value: Value) -> str:
    """The text of a value, or the known end of it."""
    if isinstance(value, Text):
        return value.parts[-1] if isinstance(value.parts[-1], str) else ""
    return text(value) or ""


def mfa_statements(policy: Policy, effect: str) -> Iterator[tuple[Statement, Condition]]:
    """The statements of an effect that ask for MFA, each with its first condition that does."""
    for statement in policy.statements:
        asked = conditions_on(statement, MFA_KEYS)
        if text(statement.effect) == effect and asked:
            yield statement, asked[0]
