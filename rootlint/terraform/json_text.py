"""JSON as `jsonencode` writes it, compact with sorted keys, and as the provider writes a policy document.

Go's encoder escapes `<`, `>` and `&`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
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
from rootlint.terraform.policy_layout import Document, laid_out
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


class _TooLarge(Exception):  # noqa: N818 - it says what the value is
    pass


def encode(value: Encoded) -> Known | Text | Unknown:
    """The text of an encoded value.

    Its unknown parts are holes, also a list or map of which it is not known what is in it, and where.
    """
    laid = isinstance(value, Document)
    writer = _Writer(" " * value.indent, as_it_is=laid)
    try:
        writer.write(laid_out(value.value) if laid else value.value, 0)
    except _TooLarge:
        return Unknown(Why.LIMIT, "value is too large", value.span)
    if size_of(writer.parts) > LONGEST_TEXT:
        return Unknown(Why.LIMIT, "text is too long", value.span)
    text = made(writer.parts, (Piece(0, value.span, exact=False),), value.span)
    return replace(text, refers=value.refers) if value.refers else text


class _Writer:
    """Writes one value, `indent` for each level; maps are sorted unless they are taken as they are."""

    def __init__(self, indent: str, *, as_it_is: bool) -> None:
        self.parts: list[str | Unknown] = []
        self._indent = indent
        self._colon = ": " if indent else ":"
        self._as_it_is = as_it_is

    def write(self, value: Value, depth: int) -> None:
        if depth > DEEPEST or len(self.parts) > 4 * MOST_ITEMS:
            raise _TooLarge
        match value:
            case Known():
                self.parts.append(_scalar(value))
            case List() | Map():
                self._inside(value, depth)
            case Encoded():
                self._text(encode(value))
            case Text() | Unknown():
                self._text(value)
            case Choice():
                self.parts.append(value.because)

    def _inside(self, value: List | Map, depth: int) -> None:
        if isinstance(value, List) and certain(value):
            self._several("[", "]", (("", item) for item in value.items), depth)
        elif isinstance(value, Map) and closed(value):
            entries = value.entries if self._as_it_is else entries_of(value)
            named = ((scalar(name) + self._colon, each) for name, each in entries.items())
            self._several("{", "}", named, depth)
        else:
            self.parts.append(replace(unsure(value), refers=None, shape=""))

    def _several(
        self, start: str, end: str, inside: Iterable[tuple[str, Value]], depth: int
    ) -> None:
        """The elements of a list or the entries of a map, each behind what names it."""
        line = "\n" + self._indent * depth if self._indent else ""
        before = start
        for name, each in inside:
            self.parts.append(before + line + self._indent + name)
            self.write(each, depth + 1)
            before = ","
        self.parts.append(start + end if before == start else line + end)

    def _text(self, value: Known | Text | Unknown) -> None:
        if isinstance(value, Text):
            self.parts.append('"')
            self.parts.extend(scalar(p)[1:-1] if isinstance(p, str) else p for p in value.parts)
            self.parts.append('"')
        else:
            self.parts.append(scalar(value.value) if isinstance(value, Known) else value)


def _scalar(value: Known) -> str | Unknown:
    if isinstance(value, Untyped) and value.value is not None:
        return type_unknown(value.span)
    return scalar(value.value)


def scalar(value: Scalar) -> str:
    """One scalar as JSON."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return numbers.show(value)
    text = json.dumps(value, ensure_ascii=False)
    return _AS_GO_DOES.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
