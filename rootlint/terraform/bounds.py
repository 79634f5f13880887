"""How deep and how large values may get: what is built of shared parts is small here and vast to walk."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value, Why

DEEPEST = 100
DEEPEST_BLOCK = 200
LARGEST = 300_000
# Of so few parts none is deeper than that.
_FEW = DEEPEST


class _Size(NamedTuple):
    """Levels, and values counted as often as a walk meets them."""

    depth: int
    total: int


_LEAF = _Size(1, 1)
_LEAVES = (Known, Text, Unknown)


class Bounds:
    """Measures values, each part once. What it has measured it keeps, so that identities stay unique."""

    def __init__(self) -> None:
        self._sizes: dict[int, tuple[_Size, Value]] = {}

    def bounded(self, value: Value, deepest: int = DEEPEST) -> Value:
        """The value, or an unknown in its place where it is too deep or too large."""
        if isinstance(value, _LEAVES) or _is_small(value):
            return value
        size = self._measure(value)
        if size.depth > deepest:
            return Unknown(Why.LIMIT, "value is too deep", value.span)
        if size.total > LARGEST:
            return Unknown(Why.LIMIT, "value is too large", value.span)
        return value

    def _measure(self, value: Value) -> _Size:
        stack = [value]
        while stack:
            current = stack[-1]
            inside = _inside(current)
            waiting = [part for part in inside if inside and self._size(part) is None]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            if inside:
                sizes = [self._size(part) or _LEAF for part in inside]
                depth = 1 + max(size.depth for size in sizes)
                found = _Size(depth, 1 + sum(size.total for size in sizes))
                self._sizes[id(current)] = (found, current)
        return self._size(value) or _LEAF

    def _size(self, value: Value) -> _Size | None:
        if not _inside(value):
            return _LEAF
        found = self._sizes.get(id(value))
        return found[0] if found else None


def _is_small(value: Value) -> bool:
    """Whether it has so few parts that it can be neither deep nor large: most values do."""
    left = _FEW
    stack = [value]
    while stack and left:
        left -= 1
        stack.extend(_inside(stack.pop()))
    return not stack


def _inside(value: Value) -> tuple[Value, ...]:
    match value:
        case List():
            return value.items
        case Map():
            return tuple(value.entries.values())
        case Choice():
            return tuple(option.value for option in value.options if option.value is not None)
        case Encoded():
            return (value.value,)
        case _:
            return ()
