"""Bodies → maps: attributes, nested blocks, and dynamic blocks expanded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rootlint.model.value import Choice, List, Map, Option, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.loops import Element, Names, elements
from rootlint.terraform.operators import hidden
from rootlint.terraform.syntax import Block, Body, Expression, Literal, Traversal
from rootlint.terraform.values import (
    Loose,
    choose,
    is_null,
    leaves,
    may_be_absent,
)


class Evaluator(Protocol):
    """What is needed of the evaluator."""

    def value(self, expr: Expression, names: Names) -> Value: ...


class Found:
    """The nested blocks of one kind."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.items: list[Value] = []
        self.rest: Unknown | None = None
        self.loose = False

    def add(self, item: Value) -> None:
        self.loose = self.loose or self.rest is not None
        self.items.append(item)

    def made(self) -> List:
        make = Loose if self.loose else List
        return make(tuple(self.items), self.span, self.rest)


def body_value(body: Body, evaluator: Evaluator, names: Names) -> Map:
    """The map of a body; see `evaluate_body`."""
    entries: dict[str, Value] = {}
    keys: dict[str, Span] = {}
    for name, attribute in body.attributes.items():
        value = _written(evaluator.value(attribute.expr, names))
        if value is not None:
            entries[name] = value
            keys[name] = attribute.name_span
    found: dict[str, Found] = {}
    for block in body.blocks:
        _add_block(found, block, evaluator, names)
    for kind, blocks in found.items():
        entries[kind] = blocks.made()
        keys[kind] = blocks.span
    fault = body.faults[0] if body.faults else None
    rest = Unknown(Why.BROKEN, fault.reason, fault.span or body.span) if fault else None
    return Map(entries, body.span, rest, keys)


def _written(value: Value) -> Value | None:
    """An attribute that is null is not written."""
    if is_null(value):
        return None
    if not isinstance(value, Choice) or not any(is_null(leaf.value) for leaf in leaves(value)):
        return value
    options = [Option(leaf.when, leaf.value and _written(leaf.value)) for leaf in leaves(value)]
    if all(option.value is None for option in options):
        return None
    return choose(options, value.because, value.span)


def _add_block(found: dict[str, Found], block: Block, evaluator: Evaluator, names: Names) -> None:
    dynamic = block.kind == "dynamic" and block.labels
    kind = block.labels[0] if dynamic else block.kind
    place = found.setdefault(kind, Found(block.header))
    if dynamic:
        for item in _expanded(block, evaluator, names):
            if isinstance(item, Unknown):
                place.rest = place.rest or item
            else:
                place.add(item)
        return
    value: Value = body_value(block.body, evaluator, names)
    for label in reversed(block.labels):
        value = Map({label: value}, block.span, keys={label: block.header})
    place.add(value)


def _expanded(block: Block, evaluator: Evaluator, names: Names) -> Iterator[Value]:
    """What a dynamic block makes; an `Unknown` stands for more of which nothing is known."""
    each = block.body.attributes.get("for_each")
    content = next((inner for inner in block.body.blocks if inner.kind == "content"), None)
    if each is None or content is None:
        yield Unknown(Why.BROKEN, "dynamic block is not complete", block.header)
        return
    name = _iterator(block)
    source = evaluator.value(each.expr, names)
    options = list(leaves(source))
    for leaf in options:
        others = [other.when for other in options if other is not leaf]
        unless = others[0] if len(others) == 1 else "otherwise"
        for item in _of_one(leaf.value, name, content, evaluator, names):
            if isinstance(source, Choice) and not isinstance(item, Unknown):
                pair = (Option(leaf.when, item), Option(unless, None))
                yield choose(pair, source.because, item.span)
            else:
                yield item


def _of_one(
    source: Value | None, name: str, content: Block, evaluator: Evaluator, names: Names
) -> Iterator[Value]:
    if source is None or is_null(source):
        return
    if not isinstance(source, List | Map):
        hole = source if isinstance(source, Unknown) else None
        yield hole or Unknown(Why.FUNCTION, "`for_each` is no collection", source.span)
        return
    for element in elements(source):
        yield _block(element, name, content, evaluator, names)
    if source.rest is not None:
        yield hidden(source.rest)


def _block(
    element: Element, name: str, content: Block, evaluator: Evaluator, names: Names
) -> Value:
    """One block; a choice where the element is there in some scenarios only."""
    if isinstance(element.value, Choice) and may_be_absent(element.value):
        options = [
            Option(
                leaf.when,
                leaf.value
                and _block(element._replace(value=leaf.value), name, content, evaluator, names),
            )
            for leaf in leaves(element.value)
        ]
        return choose(options, element.value.because, element.value.span)
    key = element.key
    entries = {"key": key, "value": element.value}
    bound = Map(entries, element.value.span)
    return body_value(content.body, evaluator, {**names, name: bound})


def _iterator(block: Block) -> str:
    """The name that the content uses: the block's own, or that of `iterator`."""
    written = block.body.attributes.get("iterator")
    if written is None:
        return block.labels[0]
    expr = written.expr
    if isinstance(expr, Traversal):
        return expr.root
    return str(expr.value) if isinstance(expr, Literal) else block.labels[0]
