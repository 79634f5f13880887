"""Functions of numbers."""

from __future__ import annotations

import string as letters
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial

from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.terraform import numbers
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    each_option,
    items_of,
    number,
    text,
    whole,
)
from rootlint.terraform.operators import calculated
from rootlint.terraform.values import known

_DIGITS = letters.digits + letters.ascii_lowercase + letters.ascii_uppercase
_BASES = range(2, 63)
_LARGEST_POWER = 400
_LARGEST_WHOLE = 1 << 63
_WHOLE_IN_DOUBLE = 1 << 53


def _rounded(rounding: str, site: Site, args: Args) -> Value:
    exact = numbers.to_decimal(number(args[0]))
    return known(int(exact.to_integral_value(rounding)), site.span)


def _abs(site: Site, args: Args) -> Value:
    return known(abs(number(args[0])) or 0, site.span)


def _signum(site: Site, args: Args) -> Value:
    found = whole(args[0])
    if not -_LARGEST_WHOLE <= found < _LARGEST_WHOLE:
        raise Fails("number is too large")
    return known((found > 0) - (found < 0), site.span)


def _extreme(pick: Callable[[Decimal, Decimal], bool], site: Site, args: Args) -> Value:
    best = number(args[0])
    for arg in args[1:]:
        other = number(arg)
        if pick(numbers.to_decimal(other), numbers.to_decimal(best)):
            best = other
    return known(best, site.span)


def _pow(site: Site, args: Args) -> Value:
    """The power, which Terraform works out in doubles: known where a double holds all of it."""
    base, exponent = number(args[0]), number(args[1])
    if isinstance(exponent, float) and exponent:
        raise Hidden(Unknown(Why.FUNCTION, "power is not worked out", site.span))
    if exponent == 0:
        return known(1, site.span)
    if abs(exponent) > _LARGEST_POWER or not _in_double(base):
        raise Hidden(Unknown(Why.FUNCTION, "power is not worked out", site.span))
    found = calculated(numbers.EXACT.power, base, exponent, site.span)
    if isinstance(found, Known) and _in_double(found.value):
        return found
    raise Hidden(Unknown(Why.FUNCTION, "power is rounded", site.span))


def _in_double(value: object) -> bool:
    """Whether a double holds a number exactly, and is written with all its digits."""
    assert isinstance(value, int | float)
    return abs(value) < _WHOLE_IN_DOUBLE and Decimal(float(value)) == numbers.to_decimal(value)


def _log(site: Site, args: Args) -> Value:
    """The logarithm of a power of two to the base two: others suffer from being worked out in doubles."""
    value, base = number(args[0]), number(args[1])
    if value == 1 and base > 1:
        return known(0, site.span)
    if base == 2 and isinstance(value, int) and value > 0 and value.bit_count() == 1:
        return known(value.bit_length() - 1, site.span)
    raise Hidden(Unknown(Why.FUNCTION, "logarithm is not worked out", site.span))


def _parseint(site: Site, args: Args) -> Value:
    if isinstance(args[0], Known) and not isinstance(args[0].value, str | None):
        raise Fails("not a string")
    written, base = text(args[0]), whole(args[1])
    if base not in _BASES:
        raise Fails("base is not from 2 to 62")
    sign = -1 if written.startswith("-") else 1
    digits = written[1:] if written[:1] in ("-", "+") else written
    digits = digits.lower() if base <= 36 else digits
    result = 0
    for digit in digits:
        place = _DIGITS.find(digit)
        if not 0 <= place < base:
            raise Fails("not a number in this base")
        result = result * base + place
        if abs(result).bit_length() > 500:
            raise Hidden(Unknown(Why.LIMIT, "number has too many digits", site.span))
    if not digits:
        raise Fails("not a number")
    return known(sign * result, site.span)


def _sum(site: Site, args: Args) -> Value:
    items = items_of(args[0])
    if not items:
        raise Fails("nothing to add")

    def work(values: Args) -> Value:
        total: Value = known(0, site.span)
        for value in values:
            total = calculated(numbers.EXACT.add, number(total), number(value), site.span)
        return total

    return each_option(items, work, site.span)


FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(_abs, 1, 1),
    "ceil": Function(partial(_rounded, ROUND_CEILING), 1, 1),
    "floor": Function(partial(_rounded, ROUND_FLOOR), 1, 1),
    "log": Function(_log, 2, 2),
    "max": Function(partial(_extreme, Decimal.__gt__), 1, None),
    "min": Function(partial(_extreme, Decimal.__lt__), 1, None),
    "parseint": Function(_parseint, 2, 2),
    "pow": Function(_pow, 2, 2),
    "signum": Function(_signum, 1, 1),
    "sum": Function(_sum, 1, 1),
}
