"""Functions of points in time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Fails, Function, Hidden, Site, text
from rootlint.terraform.values import known

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_NUMBER = r"\d{1,15}(?:\.\d{0,15})?|\.\d{1,15}"
_PART = re.compile(rf"({_NUMBER})(h|ms|m|s|us|µs|μs|ns)")
_DURATION = re.compile(rf"([+-]?)(0|(?:{_PART.pattern})+)", re.ASCII)
_NANOSECONDS = {
    "h": 3_600_000_000_000,
    "m": 60_000_000_000,
    "s": 1_000_000_000,
    "ms": 1_000_000,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ns": 1,
}
_SECOND = 1_000_000_000
_LONGEST_DURATION = 1 << 63
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FORMAT = re.compile(
    r"'(?P<quoted>(?:[^']|'')*)'|(?P<open>')|(?P<verbs>[a-zA-Z]+)|(?P<other>.)", re.DOTALL
)


class _Time(NamedTuple):
    """A point in time: its whole second in its own zone, and the nanoseconds beyond."""

    second: datetime
    nanoseconds: int


def _time(value: Value) -> _Time:
    found = _STAMP.fullmatch(text(value))
    if found is None:
        raise Fails("not a point in time")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    sign = -1 if found[8] == "-" else 1
    offset = timedelta(hours=int(found[9] or 0), minutes=int(found[10] or 0))
    try:
        zone = timezone(sign * offset)
        moment = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError as problem:
        raise Fails("not a point in time") from problem
    return _Time(moment, int((found[7] or "").ljust(9, "0")))


def _timeadd(site: Site, args: Args) -> Value:
    """The duration is one of Go: https://pkg.go.dev/time#ParseDuration."""
    start, duration = _time(args[0]), _DURATION.fullmatch(text(args[1]))
    if duration is None:
        raise Fails("not a duration")
    parts = _PART.findall(duration[2])
    total = sum((Decimal(count) * _NANOSECONDS[unit] for count, unit in parts), Decimal(0))
    if total >= _LONGEST_DURATION:
        raise Fails("duration is too long")
    nanoseconds = start.nanoseconds + int(-total if duration[1] == "-" else total)
    try:
        moved = start.second + timedelta(seconds=nanoseconds // _SECOND)
    except OverflowError as problem:
        raise Hidden(Unknown(Why.LIMIT, "time is too far", site.span)) from problem
    return known(moved.isoformat().replace("+00:00", "Z"), site.span)


def _timecmp(site: Site, args: Args) -> Value:
    first, second = _time(args[0]), _time(args[1])
    return known((first > second) - (first < second), site.span)


def _formatdate(site: Site, args: Args) -> Value:
    spec, moment = text(args[0]), _time(args[1]).second
    return known("".join(_formatted(spec, moment)), site.span)


def _formatted(spec: str, moment: datetime) -> Iterator[str]:
    for found in _FORMAT.finditer(spec):
        if found["open"]:
            raise Fails("quote is not closed")
        if found["verbs"] is None:
            quoted = found["quoted"]
            yield found["other"] or (quoted.replace("''", "'") if quoted else "'")
            continue
        for _, run in groupby(found["verbs"]):
            verb = "".join(run)
            write = _VERBS.get(verb)
            if write is None:
                raise Fails(f"unknown date verb `{verb}`")
            yield write(moment)


def _hour(moment: datetime) -> int:
    return moment.hour % 12 or 12


def _zone(moment: datetime, colon: str = "") -> str:
    found = moment.strftime("%z")
    return f"{found[:3]}{colon}{found[3:]}"


def _at_zero(word: str, colon: str) -> Callable[[datetime], str]:
    return lambda moment: _zone(moment, colon) if moment.utcoffset() else word


# https://developer.hashicorp.com/terraform/language/functions/formatdate
_VERBS: Mapping[str, Callable[[datetime], str]] = {
    "YYYY": lambda it: f"{it.year:04}",
    "YY": lambda it: f"{it.year % 100:02}",
    "MMMM": lambda it: _MONTHS[it.month - 1],
    "MMM": lambda it: _MONTHS[it.month - 1][:3],
    "MM": lambda it: f"{it.month:02}",
    "M": lambda it: str(it.month),
    "DD": lambda it: f"{it.day:02}",
    "D": lambda it: str(it.day),
    "EEEE": lambda it: _DAYS[it.weekday()],
    "EEE": lambda it: _DAYS[it.weekday()][:3],
    "hh": lambda it: f"{it.hour:02}",
    "h": lambda it: str(it.hour),
    "HH": lambda it: f"{_hour(it):02}",
    "H": lambda it: str(_hour(it)),
    "AA": lambda it: "AM" if it.hour < 12 else "PM",
    "aa": lambda it: "am" if it.hour < 12 else "pm",
    "mm": lambda it: f"{it.minute:02}",
    "m": lambda it: str(it.minute),
    "ss": lambda it: f"{it.second:02}",
    "s": lambda it: str(it.second),
    "ZZZZZ": lambda it: _zone(it, ":"),
    "ZZZZ": _zone,
    "ZZZ": _at_zero("UTC", ""),
    "Z": _at_zero("Z", ":"),
}

FUNCTIONS: Mapping[str, Function] = {
    "formatdate": Function(_formatdate, 2, 2),
    "timeadd": Function(_timeadd, 2, 2),
    "timecmp": Function(_timecmp, 2, 2),
}
