"""Arguments out of a block: written or not, in force or of one alternative, with the provider's default."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from rootlint.model.read import elements
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Choice, Known, List, Map, Option, Unknown, Value
from rootlint.source import Span

Reader = Callable[[Resource], Iterator[Declared]]


def field(block: Value | None, name: str) -> Value | None:
    """The argument of that name; `None` where it is not written or null, unknown where it may be hidden."""
    match block:
        case None:
            return None
        case Map():
            return _without_null(block.entries.get(name, block.rest))
        case Choice():
            options = tuple(Option(when, field(option, name)) for when, option in block.options)
            return Choice(options, block.because, block.span)
        case Unknown():
            return block
        case _:
            return None


def first_block(block: Value | None, kind: str) -> Value | None:
    """The first nested block of a kind; unknown where a dynamic block may make it."""
    written = field(block, kind)
    items, rest = elements(written)
    return items[0] if items else rest


def empty(value: Value | None, span: Span) -> Value:
    """The list, or the empty one that the provider takes where it is not written."""
    return List((), span) if value is None else value


def blocks(value: Value | None, make: Callable[[Map], Value]) -> Value | None:
    """A list of nested blocks, each made into something else."""
    match value:
        case List():
            items = tuple(blocks(item, make) or item for item in value.items)
            return replace(value, items=items) if items or value.rest else None
        case Map():
            return make(value)
        case Choice():
            options = tuple(Option(when, blocks(option, make)) for when, option in value.options)
            return replace(value, options=options)
        case _:
            return value


def renamed(block: Map, names: Mapping[str, str]) -> Map:
    """A block with the names that AWS's API gives its arguments; others are left out."""
    entries = {
        api: value for name, api in names.items() if (value := field(block, name)) is not None
    }
    keys = {api: block.keys[name] for name, api in names.items() if name in block.keys}
    return Map(entries, block.span, block.rest, keys)


def _without_null(value: Value | None) -> Value | None:
    match value:
        case Known(value=None):
            return None
        case Choice():
            options = tuple(Option(when, _without_null(option)) for when, option in value.options)
            return replace(value, options=options)
        case _:
            return value
