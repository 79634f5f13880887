"""Strings of which parts may not be known, put together and cut, each part with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from rootlint.model.place import cut, shift
from rootlint.model.value import Known, Piece, Text, Unknown, Why
from rootlint.source import Span
from rootlint.terraform.values import LONGEST_TEXT, MOST_ITEMS

String = Known | Text | Unknown


class Bit(NamedTuple):
    """A part of a string in the making; `place` is where all of it comes from, if not its own."""

    value: String
    place: Span | None = None


def concat(bits: Iterable[Bit], span: Span) -> String:
    """The strings one after the other. A single unknown stays what it is."""
    parts: list[str | Unknown] = []
    pieces: list[Piece] = []
    length = 0
    for bit in bits:
        own = parts_of(bit.value)
        size = size_of(own)
        parts.extend(own)
        if size:
            pieces.extend(_placed(bit, length))
        length += size
        if length > LONGEST_TEXT or len(parts) > MOST_ITEMS:
            return Unknown(Why.LIMIT, "text is too long", span)
    return made(parts, tuple(pieces), span)


def _placed(bit: Bit, at: int) -> tuple[Piece, ...]:
    if bit.place is None and isinstance(bit.value, Known | Text) and bit.value.pieces:
        return shift(bit.value.pieces, at)
    return (Piece(at, bit.place or bit.value.span, exact=False),)


def made(parts: Iterable[str | Unknown], pieces: tuple[Piece, ...], span: Span) -> String:
    """The string of these parts: known, with holes, or one hole alone."""
    merged = tuple(_merged(parts))
    if not merged:
        return Known("", span)
    if len(merged) > 1:
        return Text(merged, span, pieces=pieces)
    only = merged[0]
    return Known(only, span, pieces=pieces) if isinstance(only, str) else only


def _merged(parts: Iterable[str | Unknown]) -> Iterator[str | Unknown]:
    for literal, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if not literal:
            yield from run
        elif text := "".join(part for part in run if isinstance(part, str)):
            yield text


def parts_of(value: String) -> tuple[str | Unknown, ...]:
    """The literal parts and holes of a string."""
    match value:
        case Known():
            return (str(value.value),)
        case Text():
            return value.parts
        case Unknown():
            return (value,)


def size_of(parts: Iterable[str | Unknown]) -> int:
    """How many characters, each hole counted as one."""
    return sum(len(part) if isinstance(part, str) else 1 for part in parts)


def part(value: Known, start: int, end: int) -> Known:
    """The characters `start` to `end` of a known string; the whole keeps its reference."""
    text = str(value.value)
    if (start, end) == (0, len(text)):
        return value
    return Known(text[start:end], value.span, pieces=cut(value.pieces, start, end), note=value.note)


def respelled(value: Known, text: str) -> Known:
    """Another spelling of a known string; its places hold where it stays as long."""
    if text == value.value:
        return value
    pieces = value.pieces if len(text) == len(str(value.value)) else ()
    return Known(text, value.span, pieces=pieces or (Piece(0, value.span, exact=False),))
