"""Configuration written as JSON → the same blocks as those of the native syntax, each with its place.

https://developer.hashicorp.com/terraform/language/syntax/json: strings are templates, blocks are
objects or arrays of them, an object's `//` is a comment (that of a resource stays an attribute: CDK
for Terraform says there which construct made it). Without the provider's schema a nested
object is a block where its name is one of `_NESTED`; elsewhere a list of objects reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from rootlint.embedded import parse_json
from rootlint.model.value import Known, List, Map, Piece, Unknown, Value
from rootlint.source import SourceFile, Span, Unreadable
from rootlint.terraform.json_expression import expression, type_constraint
from rootlint.terraform.syntax import (
    Attribute,
    Block,
    Body,
    Broken,
    Expression,
    ListExpr,
    ObjectExpr,
)

COMMENT = "//"
# How many labels a block has, by its kind.
_TOP = {
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "import": 0,
    "locals": 0,
    "module": 1,
    "moved": 0,
    "output": 1,
    "provider": 1,
    "removed": 0,
    "resource": 2,
    "terraform": 0,
    "variable": 1,
}
_NESTED = {
    "actions_suppressor": 0,
    "assume_role": 0,
    "backend": 1,
    "cloud": 0,
    "condition": 0,
    "connection": 0,
    "content": 0,
    "dynamic": 1,
    "lifecycle": 0,
    "not_principals": 0,
    "principals": 0,
    "provisioner": 1,
    "required_providers": 0,
    "statement": 0,
    "validation": 0,
}
# Nothing in these is a block, and nothing in a variable is a template.
_PLAIN = frozenset({"locals", "required_providers", "variable"})
_WITH_CONSTRUCT = frozenset({"data", "resource"})
_DEEPEST = 20


def json_blocks(file: SourceFile) -> tuple[tuple[Block, ...], tuple[Unreadable, ...]]:
    """The top-level blocks of a `.tf.json` file, and what of it could not be read."""
    found = parsed(file)
    if isinstance(found, Unreadable):
        return (), (found,)
    reader = _Reader(file.path)
    blocks = tuple(reader.top(found))
    return blocks, tuple(reader.faults)


def parsed(file: SourceFile) -> Map | Unreadable:
    """A JSON file as a map, or why it is none."""
    span = file.span(0, len(file.text))
    found = parse_json(Known(file.text, span, pieces=(Piece(0, span, exact=True),)))
    if isinstance(found, Map):
        return found
    reason = found.detail if isinstance(found, Unknown) else "no JSON object"
    return Unreadable(file.path, reason, found.span)


class _Head(NamedTuple):
    """What stands before a block's body; `missing` labels are still to come as keys."""

    kind: str
    labels: tuple[str, ...]
    span: Span
    missing: int

    def labelled(self, name: str, span: Span | None) -> _Head:
        return _Head(self.kind, (*self.labels, name), span or self.span, self.missing - 1)


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self.faults: list[Unreadable] = []

    def top(self, document: Map) -> Iterator[Block]:
        for kind, value in document.entries.items():
            header = document.keys.get(kind, value.span)
            if kind in _TOP:
                yield from self._blocks(_Head(kind, (), header, _TOP[kind]), value)
            elif kind != COMMENT:
                self._fault(f"`{kind}` is no kind of block", header)

    def _blocks(self, head: _Head, value: Value, depth: int = 0) -> Iterator[Block]:
        """The blocks that a value makes."""
        if isinstance(value, List) and depth < _DEEPEST:
            for item in value.items:
                yield from self._blocks(head, item, depth + 1)
        elif isinstance(value, Map) and head.missing:
            for name, inner in value.entries.items():
                if name != COMMENT:
                    yield from self._blocks(head.labelled(name, value.keys.get(name)), inner, depth)
        elif isinstance(value, Map):
            body = self._body(head.kind, value, depth)
            yield Block(head.kind, head.labels, body, head.span, value.span)
        elif not (isinstance(value, Known) and value.value is None):
            self._fault(f"`{head.kind}` should be an object", value.span)

    def _body(self, kind: str, value: Map, depth: int) -> Body:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for name, inner in value.entries.items():
            place = value.keys.get(name, inner.span)
            if name == COMMENT:
                if kind in _WITH_CONSTRUCT:
                    plain = expression(inner, templates=False)
                    attributes[name] = Attribute(name, place, plain, place)
            elif kind not in _PLAIN and name in _NESTED and _is_block(inner) and depth < _DEEPEST:
                head = _Head(name, (), place, _NESTED[name])
                blocks.extend(self._blocks(head, inner, depth + 1))
            else:
                attributes[name] = self._attribute(kind, name, place, inner)
        return Body(attributes, tuple(blocks), value.span)

    def _attribute(self, kind: str, name: str, place: Span, value: Value) -> Attribute:
        if kind == "variable" and name == "type":
            expr = type_constraint(value)
        else:
            expr = expression(value, templates=kind != "variable")
        for broken in islice(_broken(expr), 1):
            self._fault(broken.reason, broken.span)
        return Attribute(name, place, expr, place._replace(end=max(place.end, value.span.end)))

    def _fault(self, reason: str, span: Span) -> None:
        self.faults.append(Unreadable(self._path, reason, span, partial=True))


def _broken(expr: Expression) -> Iterator[Broken]:
    """The strings in a value that are no templates."""
    match expr:
        case Broken():
            yield expr
        case ListExpr():
            for item in expr.items:
                yield from _broken(item)
        case ObjectExpr():
            for entry in expr.entries:
                yield from _broken(entry.value)
        case _:
            return


def _is_block(value: Value) -> bool:
    return isinstance(value, Map) or (
        isinstance(value, List)
        and bool(value.items)
        and all(isinstance(item, Map) for item in value.items)
    )
