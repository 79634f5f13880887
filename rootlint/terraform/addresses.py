"""Which resources values refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootlint.model.value import Choice, Encoded, List, Map, Text, Unknown, Value


def addresses(values: Iterable[Value]) -> frozenset[str]:
    """Every resource that values refer to, however deep; shared parts are looked at once."""
    found: set[str] = set()
    seen: set[int] = set()
    stack: list[Value] = list(values)
    keep = list(stack)
    while stack:
        value = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if not isinstance(value, Choice) and value.refers is not None:
            found.add(value.refers.address)
        inside = list(_inside(value))
        keep.extend(inside)
        stack.extend(inside)
    return frozenset(found)


def _inside(value: Value) -> Iterator[Value]:
    match value:
        case Text():
            yield from (part for part in value.parts if isinstance(part, Unknown))
        case Encoded():
            yield value.value
        case List():
            yield from value.items
        case Map():
            yield from value.entries.values()
        case Choice():
            yield from (option.value for option in value.options if option.value is not None)
        case _:
            return
