"""Values that Terraform brings to one type: the branches of a conditional, the elements of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rootlint.model.value import Choice, Known, List, Map, Text, Unknown, Value
from rootlint.terraform.convert import to_text
from rootlint.terraform.values import Loose, Set, is_null

_DEEPEST = 32
_MOST = 2_000


def branches(then: Value, otherwise: Value) -> tuple[Value, Value]:
    """Both branches in their common type, as far as it is known."""
    first, second = together((then, otherwise))
    return first, second


def together(values: Sequence[Value], depth: int = 0) -> Sequence[Value]:
    """The values in their common type. Where it is not known, or there is none, they stay as they are."""
    some = [value for value in values if not is_null(value)]
    if depth > _DEEPEST or len(some) > _MOST or len(some) < 2:
        return values
    if all(isinstance(value, Known | Text) for value in some):
        return _scalars(values)
    if len({isinstance(value, Set) for value in some if _holds(value)}) > 1:
        values = some = [_beside_set(value) for value in values]
    if all(isinstance(value, List) for value in some):
        return _lists([value for value in values if isinstance(value, List)], values, depth)
    if all(isinstance(value, Map) for value in some):
        return _maps([value for value in values if isinstance(value, Map)], values, depth)
    return values


def _holds(value: Value) -> bool:
    """Whether a value has a say in whether the type is that of a list or of a set."""
    if isinstance(value, Set) or not isinstance(value, List):
        return isinstance(value, List | Unknown | Choice)
    return bool(value.items or value.rest)


def _beside_set(value: Value) -> Value:
    """A tuple beside a set becomes a set, a set beside a list becomes a list: which it is, is not
    kept. An empty one is taken for a tuple.
    """
    if not isinstance(value, List) or not _holds(value):
        return value
    return Loose(value.items, value.span, value.rest, value.refers)


def _scalars(values: Sequence[Value]) -> Sequence[Value]:
    """A number or boolean beside a string becomes a string."""
    if not any(isinstance(value, Text) or _is_string(value) for value in values):
        return values
    return [value if is_null(value) else to_text(value) for value in values]


def _is_string(value: Value) -> bool:
    return isinstance(value, Known) and isinstance(value.value, str)


def _lists(lists: Sequence[List], values: Sequence[Value], depth: int) -> Sequence[Value]:
    sizes = {len(value.items) for value in lists}
    if len(sizes) == 1 and not any(value.rest for value in lists):
        columns = [
            together(column, depth + 1)
            for column in zip(*(value.items for value in lists), strict=True)
        ]
        rows: list[Sequence[Value]] = [
            [column[row] for column in columns] for row in range(len(lists))
        ]
    else:
        items = together([item for value in lists for item in value.items], depth + 1)
        rows = _cut(items, [len(value.items) for value in lists])
    changed = iter(
        [replace(value, items=tuple(row)) for value, row in zip(lists, rows, strict=True)]
    )
    return [next(changed) if isinstance(value, List) else value for value in values]


def _maps(maps: Sequence[Map], values: Sequence[Value], depth: int) -> Sequence[Value]:
    """Objects with the same attributes stay objects; others become maps of one type of element."""
    keys = [list(value.entries) for value in maps]
    if all(value.entries.keys() == maps[0].entries.keys() for value in maps):
        columns = {
            key: together([value.entries[key] for value in maps], depth + 1) for key in keys[0]
        }
        rows: list[Sequence[Value]] = [
            [columns[key][row] for key in names] for row, names in enumerate(keys)
        ]
    else:
        entries = together([entry for value in maps for entry in value.entries.values()], depth + 1)
        rows = _cut(entries, [len(names) for names in keys])
    changed = iter(
        [
            replace(value, entries=dict(zip(names, row, strict=True)))
            for value, names, row in zip(maps, keys, rows, strict=True)
        ]
    )
    return [next(changed) if isinstance(value, Map) else value for value in values]


def _cut(items: Sequence[Value], sizes: Sequence[int]) -> list[Sequence[Value]]:
    rows, start = [], 0
    for size in sizes:
        rows.append(items[start : start + size])
        start += size
    return rows


def of_list(value: List) -> List:
    """A list whose elements have one type, as `tolist` makes it."""
    return replace(value, items=tuple(together(value.items)))


def of_map(value: Map) -> Map:
    """A map whose elements have one type, as `tomap` makes it."""
    unified = together(tuple(value.entries.values()))
    return replace(value, entries=dict(zip(value.entries, unified, strict=True)))
