"""Which boolean turns something off: the place that a report points at."""

from __future__ import annotations

from typing import Protocol

from rootlint.model.resource import Label
from rootlint.model.value import Known
from rootlint.terraform.evaluate import Scope, evaluate
from rootlint.terraform.syntax import (
    Binary,
    Call,
    Conditional,
    Expression,
    Literal,
    Traversal,
    Unary,
)

_DEEPEST = 20
_CONVERSIONS = frozenset({"tobool", "tolist", "tomap", "tonumber", "toset"})


class Written(Scope, Protocol):
    """A scope that also knows how its local values are written."""

    def local(self, root: str, path: tuple[str, ...]) -> Expression | None:
        """The expression of a local value; None for any other name."""


def switch(expr: Expression, scope: Written) -> Label | None:
    """The boolean that decides a `count` or `for_each`; None where it is no boolean that decides."""
    for _ in range(_DEEPEST):
        if isinstance(expr, Conditional):
            return _blamed(expr.condition, scope)
        deeper = _converted(expr) or _followed(expr, scope)
        if deeper is None:
            return None
        expr = deeper
    return None


def _converted(expr: Expression) -> Expression | None:
    """What a conversion such as `toset(…)` converts."""
    if isinstance(expr, Call) and expr.name in _CONVERSIONS and len(expr.args) == 1:
        return expr.args[0]
    return None


def _blamed(expr: Expression, scope: Written) -> Label | None:
    """The boolean below a condition that makes it what it is."""
    for _ in range(_DEEPEST):
        deeper = _below(expr, scope)
        if deeper is None:
            return _label(expr, scope)
        expr = deeper
    return None


def _below(expr: Expression, scope: Written) -> Expression | None:
    match expr:
        case Unary(operator="!"):
            return expr.operand
        case Binary(operator="&&" | "||"):
            decisive = expr.operator == "||"
            left_decides = _boolean(expr.left, scope) is decisive
            right_decides = _boolean(expr.right, scope) is decisive
            return expr.right if right_decides and not left_decides else expr.left
        case Binary(operator="==" | "!=", left=Literal(), right=compared):
            return compared
        case Binary(operator="==" | "!=", left=compared, right=Literal()):
            return compared
        case Conditional():
            met = _boolean(expr.condition, scope)
            return None if met is None else expr.then if met else expr.otherwise
        case _:
            return _converted(expr) or _followed(expr, scope)


def _followed(expr: Expression, scope: Written) -> Expression | None:
    """The expression behind a local value."""
    if not isinstance(expr, Traversal):
        return None
    names = tuple(step.name for step in expr.steps if hasattr(step, "name"))
    return scope.local(expr.root, names) if len(names) == len(expr.steps) else None


def _boolean(expr: Expression, scope: Written) -> bool | None:
    value = evaluate(expr, scope)
    if not isinstance(value, Known):
        return None
    spelt = {"true": True, "false": False}
    return value.value if isinstance(value.value, bool) else spelt.get(str(value.value))


def _label(expr: Expression, scope: Written) -> Label | None:
    value = evaluate(expr, scope)
    met = _boolean(expr, scope)
    if met is None or not isinstance(value, Known) or not isinstance(expr, Traversal):
        return None
    said = f"`{str(met).lower()}`"
    return Label(value.span, f"{said} {value.note}" if value.note else said)
