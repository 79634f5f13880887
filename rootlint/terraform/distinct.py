"""Elements that are different from one another, and the sets that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rootlint.model.truth import Truth
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
)
from rootlint.source import Span
from rootlint.terraform import numbers
from rootlint.terraform.convert import show, to_text
from rootlint.terraform.operators import equal
from rootlint.terraform.types import UNKNOWN, Type
from rootlint.terraform.values import Object, Set, Tuple, entries_of, is_null, wholly_known

_MOST_COMPARED = 1_000
_CONTROL = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


def as_set(
    items: Sequence[Value],
    span: Span,
    rest: Unknown | None,
    of: Type = UNKNOWN,
    refers: Reference | None = None,
) -> Set:
    """The set of these elements of one type, in Terraform's order where that is known."""
    kept, _ = unique([_as_text(item) for item in items])
    if all(isinstance(item, Known) for item in kept):
        kept.sort(key=_rank)
    elif all(map(wholly_known, kept)):
        kept.sort(key=_spelt)
    return Set(tuple(kept), span, rest, refers, of)


def _as_text(item: Value) -> Value:
    """An encoded value as its text: that is what the elements of a set are told apart by."""
    return to_text(item) if isinstance(item, Encoded) else item


def _rank(item: Value) -> tuple[bool, float, str]:
    """Numbers by size, strings by code point, false before true, null last."""
    plain = item.value if isinstance(item, Known) else None
    if numbers.is_number(plain) or isinstance(plain, bool):
        assert isinstance(plain, int | float)
        return False, float(plain), ""
    return is_null(item), 0.0, str(plain)


def _spelt(item: Value) -> str:
    """What Terraform's types library orders collections by: all that is in them, one after the other."""
    match item:
        case Known(value=None):
            return "~"
        case Known(value=bool()):
            return "T" if item.value else "F"
        case Known():
            return _quoted(item.value) if isinstance(item.value, str) else show(item.value)
        case Map():
            entries = entries_of(item).items()
            if isinstance(item, Object):
                return "<" + "".join(_spelt(entry) + ";" for _, entry in entries) + ">"
            inside = (f"{_quoted(n)}:{_spelt(e)};" for n, e in entries)
            return "{" + "".join(inside) + "}"
        case List():
            around = "<>" if isinstance(item, Tuple) else "[]"
            return around[0] + "".join(_spelt(one) + ";" for one in item.items) + around[1]
        case _:
            raise AssertionError(item)


def _quoted(text: str) -> str:
    """A text as Go quotes it (https://pkg.go.dev/strconv#Quote), as far as its order goes."""
    return (
        '"'
        + _CONTROL.sub(lambda found: _ESCAPES.get(found[0]) or f"\\x{ord(found[0]):02x}", text)
        + '"'
    )


def unique(items: Iterable[Value]) -> tuple[list[Value], bool]:
    """The elements without known duplicates; whether it is known that there are no others."""
    seen: dict[tuple[type, object], None] = {}
    kept: list[Value] = []
    other: list[Value] = []
    sure = True
    for item in items:
        if isinstance(item, Known):
            kind = float if numbers.is_number(item.value) else type(item.value)
            if (kind, item.value) in seen:
                continue
            seen[kind, item.value] = None
        else:
            same = _among(item, other)
            if same is Truth.YES:
                continue
            sure = sure and same is Truth.NO
            other.append(item)
        kept.append(item)
    scalars_only = not any(isinstance(item, Unknown | Text | Choice) for item in other)
    return kept, sure and (scalars_only or not seen) and (scalars_only or len(other) < 2)


def _among(item: Value, others: Sequence[Value]) -> Truth:
    if len(others) > _MOST_COMPARED:
        return Truth.UNKNOWN
    answer = Truth.NO
    for other in others:
        answer |= equal(item, other)
    return answer
