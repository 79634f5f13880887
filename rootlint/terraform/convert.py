"""Terraform's conversions between strings, numbers and booleans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rootlint.model.truth import Truth
from rootlint.model.value import Encoded, Known, Scalar, Text, Unknown, Value
from rootlint.source import Span
from rootlint.terraform import numbers
from rootlint.terraform.json_text import encode
from rootlint.terraform.texts import Bit, concat
from rootlint.terraform.values import Failed, failed, known, over, why_unknown

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def to_text(value: Value) -> Known | Text | Unknown:
    """The value as a string, `Failed` where it has none; not for a choice.

    A null has no string in a template; functions that pass null on look for it first.
    """
    match value:
        case Known(value=str()) | Text() | Unknown():
            return value
        case Known(value=None):
            return failed("null is no string", value.span)
        case Known():
            word = known(show(value.value), value.span)
            return Known(word.value, value.span, value.refers, word.pieces, value.note)
        case Encoded():
            return encode(value)
        case _:
            hole = why_unknown(value)
            return hole if hole is not None else failed("not a string", value.span)


def joined(parts: Sequence[tuple[Value, Span | None]], span: Span) -> Value:
    """The string that values make one after the other; beside each, where all of it comes from.

    Without such a place its characters are where they are written.
    """
    places = [place for _, place in parts]

    def work(values: tuple[Value, ...]) -> Value:
        bits = []
        for value, place in zip(values, places, strict=True):
            text = to_text(value)
            if isinstance(text, Failed):
                return Failed(text.why, text.detail, place or span)
            bits.append(Bit(text, place))
        return concat(bits, span)

    return over([value for value, _ in parts], work, span)


def spelt(parts: Iterable[str | Value], span: Span) -> Value:
    """The string of literal parts and values, which keep their own places."""
    values = (known(part, span) if isinstance(part, str) else part for part in parts)
    return joined([(value, None) for value in values], span)


def show(value: Scalar) -> str:
    """A scalar as Terraform writes it into a string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return numbers.show(value)
    return str(value)


def to_number(value: Value) -> numbers.Number | Unknown:
    """The value as a number; the unknown that hides it, or `Failed` where it is none."""
    if not isinstance(value, Known):
        hole = why_unknown(value)
        return hole if hole is not None else failed("not a number", value.span)
    plain = value.value
    if isinstance(plain, str):
        read = numbers.parse(plain)
        return failed(f"`{plain[:40]}` is no number", value.span) if read is None else read
    if plain is None or isinstance(plain, bool):
        return failed("not a number", value.span)
    return plain


def to_truth(value: Value) -> Truth | Unknown:
    """The value as a condition; the unknown that hides it, or `Failed` where it is none."""
    if isinstance(value, Known):
        if isinstance(value.value, bool):
            return Truth.of(value.value)
        if isinstance(value.value, str) and value.value in _BOOLEANS:
            return Truth.of(_BOOLEANS[value.value])
        return failed("not a condition", value.span)
    hole = why_unknown(value)
    return hole if hole is not None else failed("not a condition", value.span)
