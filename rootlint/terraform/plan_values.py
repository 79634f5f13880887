"""Attributes of a plan → values, and what a plan adds to the values that the source gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rootlint.model.same import text_of, unknowns
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.source import Span
from rootlint.terraform.values import is_null

_DEEPEST = 50
_MOST_PAIRED = 50


def value(raw: Any, unknown: Any, sensitive: Any, hole: Unknown, depth: int = 0) -> Value | None:
    """A value of the plan at the place of `hole`, which stands where it is known after apply only.

    None where it is null. What is sensitive is not shown, and so is not known.
    """
    if sensitive is True:
        return Unknown(Why.VARIABLE, "sensitive in the plan", hole.span, hole.refers)
    if unknown is True or depth > _DEEPEST:
        return hole
    if isinstance(raw, dict) or isinstance(unknown, dict):
        return _map(_dict(raw), _dict(unknown), _dict(sensitive), hole, depth + 1)
    if isinstance(raw, list) or isinstance(unknown, list):
        return _list(_items(raw), _items(unknown), _items(sensitive), hole, depth + 1)
    return None if raw is None else Known(raw, hole.span, hole.refers)


def _map(
    raw: dict[str, Any],
    unknown: dict[str, Any],
    sensitive: dict[str, Any],
    hole: Unknown,
    depth: int,
) -> Map:
    entries = {}
    for name in dict.fromkeys((*raw, *unknown)):
        found = value(raw.get(name), unknown.get(name), sensitive.get(name), hole, depth)
        entries[name] = Known(None, hole.span) if found is None else found
    return Map(entries, hole.span)


def _list(
    raw: list[Any], unknown: list[Any], sensitive: list[Any], hole: Unknown, depth: int
) -> List:
    items = []
    for index in range(max(len(raw), len(unknown))):
        found = value(_at(raw, index), _at(unknown, index), _at(sensitive, index), hole, depth)
        items.append(Known(None, hole.span) if found is None else found)
    return List(tuple(items), hole.span)


def _at(items: list[Any], index: int) -> Any:
    return items[index] if index < len(items) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def overlaid(source: Value | None, planned: Value | None) -> Value | None:
    """A value of the source as the plan has it: the place is the source's, what is known the plan's.

    What the source says and the plan does not contradict stays, since it has the better places.
    """
    if planned is None or isinstance(planned, Unknown):
        return source if source is not None else planned
    if source is None:
        return None if is_null(planned) else planned
    if is_null(planned):
        return None if next(unknowns(source), None) else source
    return _over(source, planned)


def _over(source: Value, planned: Value) -> Value:
    match source, planned:
        case Map(), Map():
            return _overlaid_map(source, planned)
        case List(), List() if source.rest is None and len(source.items) == len(planned.items):
            pairs = _paired(source.items, planned.items)
            items = tuple(overlaid(one, other) or other for one, other in pairs)
            return replace(source, items=items)
        case Known(), Known() if _alike(text_of(source.value), text_of(planned.value)):
            return source
        case Encoded(), Known() if next(unknowns(source), None) is None:
            return source
        case _:
            return moved(planned, source.span, _refers(source))


def _overlaid_map(source: Map, planned: Map) -> Map:
    names = dict.fromkeys((*source.entries, *planned.entries))
    found = {name: _entry(source, planned, name) for name in names}
    entries = {name: value for name, value in found.items() if value is not None}
    return Map(entries, source.span, None, source.keys, source.refers)


def _paired(source: tuple[Value, ...], planned: tuple[Value, ...]) -> Iterator[tuple[Value, Value]]:
    """Elements that are the same thing: of a set the plan has another order than the source.

    Blocks come in the order in which they are written.
    """
    if len(source) > _MOST_PAIRED:
        yield from zip(source, planned, strict=True)
        return
    left, found = list(range(len(source))), []
    for other in planned:
        shared = [_shared(source[at], other) for at in left]
        found.append((left.pop(shared.index(max(shared))), other))
    if all(isinstance(one, Map) for one in source):
        found.sort(key=lambda pair: pair[0])
    yield from ((source[at], other) for at, other in found)


def _shared(one: Value, other: Value) -> int:
    """How much of two elements says the same."""
    match one, other:
        case Map(), Map():
            both = ((value, other.get(name)) for name, value in one.entries.items())
            return sum(
                found is not None and overlaid(value, found) == value for value, found in both
            )
        case Known(), Known():
            return int(text_of(one.value) == text_of(other.value))
        case _:
            return 0


def _alike(source: str, planned: str) -> bool:
    """Whether two texts are the same, or the same JSON: the provider writes a document in its own way."""
    if source == planned or not (source.lstrip()[:1] == planned[:1] == "{"):
        return source == planned
    try:
        same: bool = json.loads(source) == json.loads(planned)
    except (ValueError, RecursionError):
        return False
    return same


def _entry(source: Map, planned: Map, name: str) -> Value | None:
    """An entry of a map; one that only the plan has, a default of the provider, is one of the whole block."""
    own, value = source.get(name), planned.get(name)
    if own is None and value is not None:
        value = moved(value, source.span)
    return overlaid(own, value)


def _refers(value: Value) -> Reference | None:
    return None if isinstance(value, Choice) else value.refers


def moved(value: Value, span: Span, refers: Reference | None = None) -> Value:
    """The same value, said to be written somewhere else."""
    match value:
        case Known():
            return Known(value.value, span, refers or value.refers)
        case List():
            return List(tuple(moved(item, span) for item in value.items), span, value.rest, refers)
        case Map():
            entries = {name: moved(item, span) for name, item in value.entries.items()}
            return Map(entries, span, value.rest, refers=refers)
        case Unknown() | Text():
            return replace(value, span=span)
        case _:
            return value
