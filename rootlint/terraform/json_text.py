"""JSON as `jsonencode` writes it: compact, keys sorted, `<`, `>` and `&` escaped."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Piece,
    Scalar,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.terraform import numbers
from rootlint.terraform.texts import made, size_of
from rootlint.terraform.values import (
    LONGEST_TEXT,
    MOST_ITEMS,
    Untyped,
    certain,
    closed,
    entries_of,
    type_unknown,
    unsure,
)

DEEPEST = 100
_AS_GO_DOES = re.compile("[<>&\u2028\u2029]")


class _Unwritable(Exception):  # noqa: N818 - it says what the value is
    def __init__(self, hole: Unknown) -> None:
        super().__init__(hole.detail)
        self.hole = hole


def encode(value: Encoded) -> Known | Text | Unknown:
    """The text of an encoded value; its unknown parts are holes where their place is known."""
    parts: list[str | Unknown] = []
    try:
        _write(value.value, parts, 0)
    except _Unwritable as problem:
        return problem.hole
    if size_of(parts) > LONGEST_TEXT:
        return Unknown(Why.LIMIT, "text is too long", value.span)
    text = made(parts, (Piece(0, value.span, exact=False),), value.span)
    return replace(text, refers=value.refers) if value.refers else text


def _write(value: Value, parts: list[str | Unknown], depth: int) -> None:
    if depth > DEEPEST or len(parts) > 4 * MOST_ITEMS:
        raise _Unwritable(Unknown(Why.LIMIT, "value is too large", value.span))
    match value:
        case Known():
            parts.append(_scalar(value))
        case List():
            _write_list(value, parts, depth)
        case Map():
            _write_map(value, parts, depth)
        case Encoded():
            _write_text(encode(value), parts)
        case Text() | Unknown():
            _write_text(value, parts)
        case Choice():
            parts.append(value.because)


def _scalar(value: Known) -> str | Unknown:
    if isinstance(value, Untyped) and value.value is not None:
        return type_unknown(value.span)
    return scalar(value.value)


def _write_text(value: Known | Text | Unknown, parts: list[str | Unknown]) -> None:
    if isinstance(value, Text):
        parts.append('"')
        parts.extend(scalar(p)[1:-1] if isinstance(p, str) else p for p in value.parts)
        parts.append('"')
    else:
        parts.append(scalar(value.value) if isinstance(value, Known) else value)


def _write_list(value: List, parts: list[str | Unknown], depth: int) -> None:
    if not certain(value):
        raise _Unwritable(unsure(value))
    parts.append("[")
    for index, item in enumerate(value.items):
        if index:
            parts.append(",")
        _write(item, parts, depth + 1)
    parts.append("]")


def _write_map(value: Map, parts: list[str | Unknown], depth: int) -> None:
    if not closed(value):
        raise _Unwritable(unsure(value))
    parts.append("{")
    for index, (name, entry) in enumerate(entries_of(value).items()):
        parts.append(("," if index else "") + scalar(name) + ":")
        _write(entry, parts, depth + 1)
    parts.append("}")


def scalar(value: Scalar) -> str:
    """One scalar as JSON."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return numbers.show(value)
    text = json.dumps(value, ensure_ascii=False)
    return _AS_GO_DOES.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
