"""Texts put together from known and unknown parts."""

from __future__ import annotations

from collections.abc import Iterable

from rootlint.model.same import text_of
from rootlint.model.value import Choice, Known, Option, Text, Unknown, Value, Why
from rootlint.source import Span


def joined(parts: Iterable[str | Value], span: Span) -> Value:
    """One text: known where all parts are, with holes where they are not.

    A part that is a choice makes the whole a choice; a part that is no scalar is a hole.
    """
    flat: list[str | Value] = list(parts)
    for index, part in enumerate(flat):
        if isinstance(part, Choice):
            options = tuple(
                Option(when, joined(_with(flat, index, option or part.because), span))
                for when, option in part.options
            )
            return Choice(options, part.because, span)
    return _merged(flat, span)


def _merged(parts: list[str | Value], span: Span) -> Value:
    merged: list[str | Unknown] = []
    for part in parts:
        for piece in _pieces(part):
            if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                merged[-1] += piece
            elif piece:
                merged.append(piece)
    if all(isinstance(piece, str) for piece in merged):
        return Known("".join(str(piece) for piece in merged), span)
    if len(merged) == 1 and isinstance(merged[0], Unknown):
        return merged[0]
    return Text(tuple(merged), span)


def _with(parts: list[str | Value], at: int, value: Value) -> list[str | Value]:
    return [*parts[:at], value, *parts[at + 1 :]]


def _pieces(part: str | Value) -> tuple[str | Unknown, ...]:
    match part:
        case str():
            return (part,)
        case Known():
            return (text_of(part.value),)
        case Unknown():
            return (part,)
        case Text():
            return part.parts
        case _:
            return (Unknown(Why.FUNCTION, "no text", part.span),)
