"""Terraform's numbers: exact decimals, kept as int where integral and as float where a float is exact."""

from __future__ import annotations

from decimal import Context, Decimal, DecimalException, Inexact

_LONGEST = 150
# No operation may round: a result with more digits than this is not known.
EXACT = Context(prec=_LONGEST, traps=[Inexact])
Number = int | float


def of_decimal(value: Decimal) -> Number | None:
    """The number; None where it is too long to be kept exactly."""
    if value.is_zero():
        return -0.0 if value.is_signed() else 0  # Terraform shows a negative zero as `-0`
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST:
        return None
    if value == value.to_integral_value():
        return int(value)
    short = float(value)
    return short if Decimal(repr(short)) == value else None


def to_decimal(value: Number) -> Decimal:
    return Decimal(value) if isinstance(value, int) else Decimal(repr(value))


def parse(text: str) -> Number | None:
    """The number that a text is, as Terraform converts it; None where it is none, or too long."""
    if len(text) > _LONGEST or not text.isascii() or text.strip() != text or "_" in text:
        return None
    try:
        return of_decimal(Decimal(text))
    except DecimalException:
        return None


def show(value: Number) -> str:
    """The number as Terraform writes it: no exponent, no trailing zeros."""
    if isinstance(value, int):
        return str(value)
    return "-0" if value == 0 else format(to_decimal(value), "f")


def is_number(value: object) -> bool:
    """Whether a scalar is a number: to Python a boolean is one too."""
    return isinstance(value, int | float) and not isinstance(value, bool)
