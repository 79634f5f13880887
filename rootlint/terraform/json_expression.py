"""Values of a JSON configuration → expressions: a string is a template, parsed where it is written."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from rootlint.model.place import spot
from rootlint.model.value import Known, List, Map, Piece, Unknown, Value
from rootlint.source import SourceFile, Span
from rootlint.terraform.parse import parse_expression, parse_template
from rootlint.terraform.syntax import (
    Broken,
    Entry,
    Expression,
    ListExpr,
    Literal,
    ObjectExpr,
)

T = TypeVar("T")


def expression(value: Value, *, templates: bool = True) -> Expression:
    """The expression that a JSON value is; without `templates` its strings mean themselves."""
    match value:
        case Known():
            return _scalar(value, templates=templates)
        case List():
            items = tuple(expression(item, templates=templates) for item in value.items)
            return ListExpr(items, value.span)
        case Map():
            return ObjectExpr(_entries(value, templates=templates), value.span)
        case Unknown():
            return Broken(value.detail, value.span)
        case _:
            return Broken("no JSON value", value.span)


def _scalar(value: Known, *, templates: bool) -> Expression:
    text = value.value
    if not isinstance(text, str) or not text:
        return Literal(text, value.span)
    if templates and ("${" in text or "%{" in text):
        return _relocated(parse_template(SourceFile("", text)), value)
    return Literal(text, spot(value, 0, len(text)), value.pieces)  # the place without its quotes


def type_constraint(value: Value) -> Expression:
    """The type of a variable: `"list(string)"` is an expression in a string."""
    if isinstance(value, Known) and isinstance(value.value, str):
        return _relocated(parse_expression(value.value), value)
    return expression(value)


def _entries(value: Map, *, templates: bool) -> tuple[Entry, ...]:
    found = []
    for name, inner in value.entries.items():
        key = Known(name, value.keys.get(name, value.span))
        found.append(
            Entry(expression(key, templates=templates), expression(inner, templates=templates))
        )
    return tuple(found)


def _relocated(node: T, written: Known) -> T:
    """A tree whose places count from the beginning of a text, with the text's places in its file."""
    if isinstance(node, Span):
        return spot(written, node.start, node.end)  # type: ignore[return-value]  # a span is one
    if isinstance(node, Piece):
        place = spot(written, node.span.start, node.span.end)
        exact = node.exact and place.end - place.start == node.span.end - node.span.start
        return Piece(node.at, place, exact)  # type: ignore[return-value]  # likewise
    if isinstance(node, tuple):
        return tuple(_relocated(part, written) for part in node)  # type: ignore[return-value]  # no named tuple is left
    if is_dataclass(node) and not isinstance(node, type):
        changed = {
            each.name: _relocated(getattr(node, each.name), written) for each in fields(node)
        }
        return replace(node, **changed)
    return node
