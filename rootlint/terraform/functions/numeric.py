"""Functions of numbers: https://developer.hashicorp.com/terraform/language/functions/abs and its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, DecimalException

from rootlint.model.value import List, Unknown, Value, Why
from rootlint.terraform import numbers
from rootlint.terraform.functions.arguments import Args, Fails, Function, Hidden, Site
from rootlint.terraform.functions.arguments import number, text, whole
from rootlint.terraform.values import known

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _abs(site: Site, args: Args) -> Value:
    return known(abs(number(args[0])), site.span)


def _ceil(site: Site, args: Args) -> Value:
    return _rounded(site, args, "ROUND_CEILING")


def _floor(site: Site, args: Args) -> Value:
    return _rounded(site, args, "ROUND_FLOOR")


def _rounded(site: Site, args: Args, how: str) -> Value:
    return known(int(numbers.to_decimal(number(args[0])).to_integral_value(how)), site.span)


def _most(choose: Callable[[Sequence[numbers.Number]], numbers.Number]) -> Function:
    """`max` or `min`: every argument must be known, since any of them may decide."""

    def work(site: Site, args: Args) -> Value:
        return known(choose([number(arg) for arg in args]), site.span)

    return Function(work, 1, None)


def _parseint(site: Site, args: Args) -> Value:
    written, base = text(args[0]), whole(args[1])
    if not 2 <= base <= 62:
        raise Fails("the base must be from 2 to 62")
    if base > len(_DIGITS):
        raise Hidden(Unknown(Why.FUNCTION, f"`parseint` in base {base}", site.span))
    digits = written.lower().removeprefix("-").removeprefix("+")
    if not digits or any(digit not in _DIGITS[:base] for digit in digits):
        raise Fails(f"`{written[:40]}` is no number in base {base}")
    return known(int(written, base), site.span)


def _pow(site: Site, args: Args) -> Value:
    base, power = (numbers.to_decimal(number(arg)) for arg in args)
    try:
        found = numbers.of_decimal(numbers.EXACT.power(base, power))
    except DecimalException:
        found = None
    return _exact(found, "pow", site)


def _log(site: Site, args: Args) -> Value:
    value, base = (numbers.to_decimal(number(arg)) for arg in args)
    found: numbers.Number | None = 0 if value == 1 and base > 1 else None
    power = base
    for exponent in range(1, 200):
        if base <= 1 or power > value:
            break
        if power == value:
            found = exponent
        power *= base
    return _exact(found, "log", site)


def _exact(found: numbers.Number | None, name: str, site: Site) -> Value:
    """A result that is exact; others depend on how Terraform rounds."""
    if found is None:
        raise Hidden(Unknown(Why.FUNCTION, f"the result of `{name}` is rounded", site.span))
    return known(found, site.span)


def _signum(site: Site, args: Args) -> Value:
    value = Decimal(whole(args[0]))
    return known(int(value.compare(Decimal(0))), site.span)


def _sum(site: Site, args: Args) -> Value:
    if not isinstance(args[0], List) or args[0].rest is not None:
        raise Hidden(Unknown(Why.FUNCTION, "elements of `sum` are not known", site.span))
    if not args[0].items:
        raise Fails("`sum` of no elements")
    total = Decimal(0)
    for item in args[0].items:
        total = numbers.EXACT.add(total, numbers.to_decimal(number(item)))
    return _exact(numbers.of_decimal(total), "sum", site)


FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(_abs, 1, 1),
    "ceil": Function(_ceil, 1, 1),
    "floor": Function(_floor, 1, 1),
    "log": Function(_log, 2, 2),
    "max": _most(max),
    "min": _most(min),
    "parseint": Function(_parseint, 2, 2),
    "pow": Function(_pow, 2, 2),
    "signum": Function(_signum, 1, 1),
    "sum": Function(_sum, 1, 1),
}
