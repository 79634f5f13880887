"""Functions of numbers."""

from __future__ import annotations

import string as letters
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial

from rootlint.model.value import Unknown, Value, Why
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


def _rounded(rounding: str, site: Site, args: Args) -> Value:
    exact = numbers.to_decimal(number(args[0]))
    return known(int(exact.to_integral_value(rounding)), site.span)


def _abs(site: Site, args: Args) -> Value:
    return known(abs(number(args[0])), site.span)


def _signum(site: Site, args: Args) -> Value:
    found = whole(args[0])
    return known((found > 0) - (found < 0), site.span)


def _extreme(pick: Callable[[Decimal, Decimal], bool], site: Site, args: Args) -> Value:
    best = number(args[0])
    for arg in args[1:]:
        other = number(arg)
        if pick(numbers.to_decimal(other), numbers.to_decimal(best)):
            best = other
    return known(best, site.span)


def _pow(site: Site, args: Args) -> Value:
    base, exponent = number(args[0]), number(args[1])
    if isinstance(exponent, float) or not 0 <= exponent <= _LARGEST_POWER:
        raise Hidden(Unknown(Why.FUNCTION, "power is not worked out", site.span))
    return calculated(numbers.EXACT.power, base, exponent, site.span)


def _log(site: Site, args: Args) -> Value:
    """The logarithm, where it is a whole number: others have more digits than are kept."""
    value, base = whole(args[0]), whole(args[1])
    if base > 1 and value >= 1:
        power = 0
        while value > 1 and value % base == 0:
            value //= base
            power += 1
        if value == 1:
            return known(power, site.span)
    raise Hidden(Unknown(Why.FUNCTION, "logarithm is not worked out", site.span))


def _parseint(site: Site, args: Args) -> Value:
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
