"""The type of a variable, put on a value: `tobool("true")`, the defaults of `optional(…)`.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from dataclasses import replace

from rootlint.model.read import number
from rootlint.model.same import text_of
from rootlint.model.value import Choice, Known, List, Map, Option, Value
from rootlint.terraform.evaluate import Scope, evaluate
from rootlint.terraform.syntax import (
    Call,
    Entry,
    Expression,
    ListExpr,
    Literal,
    ObjectExpr,
    Traversal,
)
from rootlint.terraform.values import Set

_BOOLEANS = {"true": True, "false": False}


def conform(value: Value, constraint: Expression, scope: Scope) -> Value:
    """A value as a variable of that type holds it; what does not fit is left as it is.

    `scope` evaluates the defaults of optional attributes.
    """
    if isinstance(value, Choice):
        options = tuple(
            Option(when, option and conform(option, constraint, scope))
            for when, option in value.options
        )
        return replace(value, options=options)
    if isinstance(constraint, Traversal) and isinstance(value, Known):
        return _primitive(value, constraint.root)
    if not isinstance(constraint, Call) or not constraint.args:
        return value
    return _constructed(value, constraint.name, constraint.args[0], scope)


def _constructed(value: Value, name: str, inner: Expression, scope: Scope) -> Value:
    """A value as `list(…)`, `set(…)`, `map(…)`, `object(…)` or `tuple(…)` holds it."""
    if name in {"list", "set", "map"}:
        return _collection(value, name, inner, scope)
    if name == "object" and isinstance(inner, ObjectExpr) and isinstance(value, Map):
        return _object(value, inner, scope)
    if name != "tuple" or not isinstance(inner, ListExpr) or not isinstance(value, List):
        return value
    if len(inner.items) != len(value.items):
        return value
    pairs = zip(value.items, inner.items, strict=True)
    return replace(value, items=tuple(conform(item, kind, scope) for item, kind in pairs))


def _primitive(value: Known, name: str) -> Known:
    if value.value is None:
        return value
    match name:
        case "string":
            return replace(value, value=text_of(value.value))
        case "bool" if isinstance(value.value, str):
            return replace(value, value=_BOOLEANS.get(value.value, value.value))
        case "number" if isinstance(value.value, str):
            found = number(value)
            if found is None:
                return value
            return replace(value, value=int(found) if found.is_integer() else found)
        case _:
            return value


def _collection(value: Value, name: str, inner: Expression, scope: Scope) -> Value:
    match value:
        case Map() if name == "map":
            entries = {key: conform(item, inner, scope) for key, item in value.entries.items()}
            return replace(value, entries=entries)
        case List() if name != "map":
            items = tuple(conform(item, inner, scope) for item in value.items)
            if name == "set":
                return Set(_as_set(items), value.span, value.rest, value.refers)
            return replace(value, items=items)
        case _:
            return value


def _as_set(items: tuple[Value, ...]) -> tuple[Value, ...]:
    """Known strings are sorted, and each is there once, as Terraform does."""
    texts = {
        item.value: item
        for item in reversed(items)
        if isinstance(item, Known) and isinstance(item.value, str)
    }
    others = tuple(
        item for item in items if not (isinstance(item, Known) and isinstance(item.value, str))
    )
    return (*(texts[key] for key in sorted(texts)), *others)


def _object(value: Map, constraint: ObjectExpr, scope: Scope) -> Map:
    entries: dict[str, Value] = {}
    for entry in constraint.entries:
        name = _name(entry)
        found = value.entries.get(name)
        missing = found is None or (isinstance(found, Known) and found.value is None)
        inner, default = _optional(entry.value)
        if not missing and found is not None:
            entries[name] = conform(found, inner, scope)
        elif default is not None and value.rest is None:
            entries[name] = conform(evaluate(default, scope), inner, scope)
        elif value.rest is None:
            entries[name] = Known(None, value.span)
    return replace(value, entries=entries)


def _name(entry: Entry) -> str:
    return text_of(entry.key.value) if isinstance(entry.key, Literal) else ""


def _optional(constraint: Expression) -> tuple[Expression, Expression | None]:
    if not isinstance(constraint, Call) or constraint.name != "optional" or not constraint.args:
        return constraint, None
    inner, *default = constraint.args
    return inner, default[0] if default else None
