"""A template that is a value: rendered, and its places found again where that value is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rootlint.model.place import cut, shift, spot
from rootlint.model.value import Choice, Known, Piece, Text, Unknown, Value, Why
from rootlint.source import SourceFile
from rootlint.terraform.parse import parse_template
from rootlint.terraform.syntax import Expression

# INVARIANT: no path of a file holds a NUL.
_INSIDE = "\0template"


def rendered(template: Value, render: Callable[[Expression], Value]) -> Value:
    """What a template makes; `render` evaluates it with its variables."""
    if not isinstance(template, Known) or not isinstance(template.value, str):
        hole = template.because if isinstance(template, Choice) else template
        unknown = hole if isinstance(hole, Unknown) else None
        return unknown or Unknown(Why.FUNCTION, "this template is not rendered", template.span)
    file = SourceFile(_INSIDE, template.value)
    return _placed(render(parse_template(file)), template)


def _placed(value: Value, template: Known) -> Value:
    match value:
        case Known() | Text():
            pieces = tuple(piece for old in value.pieces for piece in _found(old, template))
            value = replace(value, pieces=pieces)
            if isinstance(value, Text):
                parts = tuple(p if isinstance(p, str) else _hole(p, template) for p in value.parts)
                value = replace(value, parts=parts)
        case Unknown():
            return _hole(value, template)
        case _:
            pass
    if value.span.path != _INSIDE:
        return value
    return replace(value, span=template.span)


def _hole(hole: Unknown, template: Known) -> Unknown:
    if hole.span.path != _INSIDE:
        return hole
    return replace(hole, span=spot(template, hole.span.start, hole.span.end))


def _found(piece: Piece, template: Known) -> Iterator[Piece]:
    """Where a stretch of the template's text is written."""
    span = piece.span
    if span.path != _INSIDE:
        yield piece
    elif piece.exact and template.pieces:
        yield from shift(cut(template.pieces, span.start, span.end), piece.at)
    else:
        yield Piece(piece.at, spot(template, span.start, span.end), exact=False)
