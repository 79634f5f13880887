"""Functions of points in time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Fails, Function, Hidden, Site, text
from rootlint.terraform.values import known

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_DURATION = re.compile(r"([+-]?)((?:\d{1,9}(?:h|m|s))+)", re.ASCII)
_PART = re.compile(r"(\d+)([hms])")
_SECONDS = {"h": 3600, "m": 60, "s": 1}


def _time(value: Value) -> datetime:
    found = _STAMP.fullmatch(text(value))
    if found is None:
        raise Fails("not a point in time")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    sign = -1 if found[7] == "-" else 1
    offset = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    try:
        zone = timezone(sign * offset)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError as problem:
        raise Fails("not a point in time") from problem


def _timeadd(site: Site, args: Args) -> Value:
    start, duration = _time(args[0]), _DURATION.fullmatch(text(args[1]))
    if duration is None or start.year < 1000:
        raise Hidden(Unknown(Why.FUNCTION, "duration is not worked out", site.span))
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in _PART.findall(duration[2]))
    try:
        moved = start + timedelta(seconds=-seconds if duration[1] == "-" else seconds)
    except OverflowError as problem:
        raise Hidden(Unknown(Why.LIMIT, "time is too far", site.span)) from problem
    return known(moved.isoformat().replace("+00:00", "Z"), site.span)


def _timecmp(site: Site, args: Args) -> Value:
    first, second = _time(args[0]), _time(args[1])
    return known((first > second) - (first < second), site.span)


FUNCTIONS: Mapping[str, Function] = {
    "timeadd": Function(_timeadd, 2, 2),
    "timecmp": Function(_timecmp, 2, 2),
}
