"""Functions that make strings of strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rootlint.model.value import Known, List, Text, Value
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    items_of,
    number,
    string,
    text,
    whole,
)
from rootlint.terraform.texts import Bit, String, concat, part, respelled
from rootlint.terraform.values import is_null, known, over, why_unknown

_SPACES = " \t\n\v\f\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LEADING = re.compile(f"[{_SPACES}]*")
_TITLE = re.compile(r"(?:(?<=\s)|^)\w")


def _join(site: Site, args: Args) -> Value:
    separator = string(args[0])
    items = [item for arg in args[1:] for item in items_of(arg) if not is_null(item)]

    def work(values: Args) -> Value:
        bits: list[Bit] = []
        for index, value in enumerate(values):
            if index:
                bits.append(Bit(separator, site.span))
            bits.append(Bit(string(value)))
        return concat(bits, site.span)

    return over(items, work, site.span)


def _split(site: Site, args: Args) -> Value:
    separator, subject = text(args[0]), string(args[1])
    if not isinstance(subject, Known):
        raise Hidden(why_unknown(subject) or _never())
    whole_text = str(subject.value)
    cuts, start = [], 0
    for found in re.finditer(re.escape(separator) or r"(?<=.)(?=.)", whole_text, re.DOTALL):
        cuts.append((start, found.start()))
        start = found.end()
    if whole_text or separator:
        cuts.append((start, len(whole_text)))
    return List(tuple(part(subject, *cut) for cut in cuts), site.span)


def _never() -> object:
    raise AssertionError
