"""`format` and `formatlist`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from rootlint.model.value import Encoded, Known, List, Map, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform import numbers
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Hidden,
    Site,
    each_option,
    items_of,
    number,
    string,
    text,
    whole,
    wholly,
)
from rootlint.terraform.json_text import encode
from rootlint.terraform.texts import Bit, String, concat, part
from rootlint.terraform.types import STRING
from rootlint.terraform.values import ListOf, is_null, known, why_unknown

_VERB = re.compile(
    r"%(?P<flags>[-+ #0]*)(?P<width>\d{1,3})?(?:\.(?P<precision>\d{0,2}))?(?:\[(?P<index>\d{1,3})\])?"
    r"(?P<verb>[a-zA-Z%])?"
)
_PLAIN_EXPONENTS = range(-4, 6)


class _Verb(NamedTuple):
    flags: str
    width: int
    precision: int | None
    letter: str


def format_text(site: Site, args: Args) -> Value:
    """`format(spec, …)`."""
    return each_option(args, lambda taken: _formatted(taken[0], taken[1:], site.span), site.span)


def format_list(site: Site, args: Args) -> Value:
    """`formatlist(spec, …)`: lists are walked side by side, anything else is repeated."""
    columns: list[tuple[Value, ...] | Value] = []
    for arg in args[1:]:
        is_list = isinstance(arg, List)
        if not is_list and not isinstance(arg, Known):
            hole = why_unknown(arg)
            if isinstance(arg, Unknown) and hole is not None:
                raise Hidden(hole)
        columns.append(items_of(arg) if is_list else arg)
    sizes = {len(column) for column in columns if isinstance(column, tuple)}
    if len(sizes) > 1:
        raise Fails("lists are of different length")
    rows = []
    for row in range(min(sizes) if sizes else 1):
        taken = [column[row] if isinstance(column, tuple) else column for column in columns]
        rows.append(format_text(site, (args[0], *taken)))
    return ListOf(tuple(rows), site.span, of=STRING)


def _formatted(spec: Value, args: Args, span: Span) -> Value:
    pattern = string(spec)
    if not isinstance(pattern, Known):
        raise Hidden(why_unknown(pattern) or _unsupported(span))
    written = str(pattern.value)
    bits: list[Bit] = []
    used, highest, done = 0, 0, 0
    for found in _VERB.finditer(written):
        if found["verb"] is None:
            raise Fails("verb is missing")
        bits.append(Bit(part(pattern, done, found.start())))
        done = found.end()
        if found["verb"] == "%":
            bits.append(Bit(part(pattern, done - 1, done)))
            continue
        place = int(found["index"]) - 1 if found["index"] else used
        used, highest = place + 1, max(highest, place + 1)
        if not 0 <= place < len(args):
            raise Fails("argument is missing")
        bits.append(Bit(_verb(_read(found), args[place], span)))
    if highest < len(args):
        raise Fails("too many arguments")
    return concat([*bits, Bit(part(pattern, done, len(written)))], span)


def _read(found: re.Match[str]) -> _Verb:
    precision = found["precision"]
    return _Verb(
        found["flags"],
        int(found["width"] or 0),
        None if precision is None else int(precision or 0),
        found["verb"],
    )


def _unsupported(span: Span) -> Unknown:
    return Unknown(Why.FUNCTION, "format verb is not evaluated", span)


def _verb(verb: _Verb, value: Value, span: Span) -> String:
    if verb.letter == "v":
        return _any(verb, value, span)
    if is_null(value):
        raise Fails("argument is null")
    if verb.letter not in _WORKERS:
        raise Fails("unknown verb")
    return _WORKERS[verb.letter](verb, value, span)


def _is_plain(verb: _Verb) -> bool:
    return verb[:3] == ("", 0, None)


def _string(verb: _Verb, value: Value, span: Span) -> String:
    if _is_plain(verb):
        return string(value)
    return known(_padded(verb, _shortened(verb, text(value))), span)


def _boolean(verb: _Verb, value: Value, span: Span) -> String:
    word = string(value)
    if isinstance(word, Known) and word.value not in ("true", "false"):
        raise Fails("not a boolean")
    if not _is_plain(verb):
        raise Hidden(_unsupported(span))
    return word


def _quoted(verb: _Verb, value: Value, span: Span) -> String:
    if not _is_plain(verb):
        raise Hidden(_unsupported(span))
    return known(json.dumps(text(value), ensure_ascii=False), span)


def _any(verb: _Verb, value: Value, span: Span) -> String:
    """`%v`: a scalar as it is, a number in its shortest form, everything else as JSON."""
    if verb.precision is not None or set(verb.flags) - set("#-0"):
        raise Hidden(_unsupported(span))
    if isinstance(value, List | Map) or is_null(value) or "#" in verb.flags:
        word = encode(Encoded(wholly(value), span))
    else:
        word = string(value)
        if isinstance(value, Known) and not isinstance(value.value, bool | str | None):
            word = known(_shortest(numbers.to_decimal(value.value)), span)
    if not verb.width:
        return word
    if not isinstance(word, Known):
        raise Hidden(why_unknown(word) or _unsupported(span))
    return known(_padded(verb, str(word.value)), span)


def _shortest(value: Decimal) -> str:
    exponent = value.adjusted()
    if value.is_zero():
        return "-0" if value.is_signed() else "0"
    if exponent in _PLAIN_EXPONENTS:
        return format(value, "f")
    digits = "".join(map(str, value.as_tuple().digits)).rstrip("0")
    mantissa = digits[0] + ("." + digits[1:] if digits[1:] else "")
    return f"{'-' if value < 0 else ''}{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _shortened(verb: _Verb, word: str) -> str:
    return word if verb.precision is None else word[: verb.precision]


def _padded(verb: _Verb, word: str) -> str:
    if "-" in verb.flags:
        return word.ljust(verb.width)
    if "0" in verb.flags:
        sign = word[:1] if word[:1] in ("-", "+") and verb.letter != "s" else ""
        return sign + word[len(sign) :].rjust(verb.width - len(sign), "0")
    return word.rjust(verb.width)


def _integer(verb: _Verb, value: Value, span: Span) -> String:
    found = whole(value)
    if verb.precision is not None or "#" in verb.flags:
        raise Hidden(_unsupported(span))
    digits = format(abs(found), verb.letter)
    sign = "-" if found < 0 else next((flag for flag in "+ " if flag in verb.flags), "")
    return known(_padded(verb, sign + digits), span)


def _fixed(verb: _Verb, value: Value, span: Span) -> String:
    found = number(value)
    exact = numbers.to_decimal(found)
    places = 6 if verb.precision is None else verb.precision
    rounded = format(exact, f".{places}f")
    # A tie is decided by how Terraform stores the number: only a sum of halves is stored exactly.
    tie = abs(exact - Decimal(rounded)) * 2 == Decimal(1).scaleb(-places)
    if (tie and isinstance(found, float) and not _dyadic(found)) or set(verb.flags) - set("-0"):
        raise Hidden(_unsupported(span))
    return known(_padded(verb, rounded), span)


def _scientific(verb: _Verb, value: Value, span: Span) -> String:
    """`%e`, and `%g` in the shortest form."""
    exact = numbers.to_decimal(number(value))
    if set(verb.flags) - set("-0") or (verb.letter in "gG" and verb.precision is not None):
        raise Hidden(_unsupported(span))
    if verb.letter in "gG":
        word = _shortest(exact)
    else:
        places = 6 if verb.precision is None else verb.precision
        exact = exact or Decimal("0e0").scaleb(-places)
        mantissa, _, exponent = format(exact, f".{places}e").partition("e")
        word = f"{mantissa}e{exponent[0]}{exponent[1:]:0>2}"
    return known(_padded(verb, word.upper() if verb.letter.isupper() else word), span)


def _dyadic(value: float) -> bool:
    return Decimal(value) == Decimal(repr(value))


_WORKERS: Mapping[str, Callable[[_Verb, Value, Span], String]] = {
    "s": _string,
    "t": _boolean,
    "q": _quoted,
    "f": _fixed,
    **dict.fromkeys("eEgG", _scientific),
    **dict.fromkeys("dbxXo", _integer),
}
