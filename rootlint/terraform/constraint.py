"""The type of a variable, put on a value: `tobool("true")`, the defaults of `optional(…)`.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from dataclasses import replace

from rootlint.model.same import text_of
from rootlint.model.value import Choice, Known, List, Map, Option, Value
from rootlint.terraform.distinct import as_set
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
from rootlint.terraform.types import BOOL, NUMBER, STRING
from rootlint.terraform.unify import converted, of_list, of_map
from rootlint.terraform.values import Failed, Object, Tuple

_PRIMITIVES = {"bool": BOOL, "number": NUMBER, "string": STRING}


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
    items = tuple(conform(item, kind, scope) for item, kind in pairs)
    return Tuple(items, value.span, value.rest, value.refers)


def _primitive(value: Known, name: str) -> Value:
    found = converted(value, _PRIMITIVES[name]) if name in _PRIMITIVES else value
    return value if isinstance(found, Failed) else found


def _collection(value: Value, name: str, inner: Expression, scope: Scope) -> Value:
    match value:
        case Map() if name == "map":
            entries = {key: conform(item, inner, scope) for key, item in value.entries.items()}
            return _fitting(
                of_map(Map(entries, value.span, value.rest, value.keys, value.refers)), value
            )
        case List() if name != "map":
            items = tuple(conform(item, inner, scope) for item in value.items)
            found = of_list(replace(value, items=items))
            if name == "set" and isinstance(found, List):
                return as_set(found.items, value.span, value.rest, refers=value.refers)
            return _fitting(found, value)
        case _:
            return value


def _fitting(found: Value, value: Value) -> Value:
    """What was found, or the value as it was where Terraform would refuse it."""
    return value if isinstance(found, Failed) else found


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
    return Object(entries, value.span, value.rest, value.keys, value.refers)


def _name(entry: Entry) -> str:
    return text_of(entry.key.value) if isinstance(entry.key, Literal) else ""


def _optional(constraint: Expression) -> tuple[Expression, Expression | None]:
    if not isinstance(constraint, Call) or constraint.name != "optional" or not constraint.args:
        return constraint, None
    inner, *default = constraint.args
    return inner, default[0] if default else None
