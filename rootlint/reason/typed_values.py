"""Comparisons of numbers, dates, addresses, flags and bytes in IAM conditions.

Each takes the written value and the request's. None: the written value is not of the type, and AWS
does not say what it makes of that. A text: they do not match, and this is worth saying.
"""

from __future__ import annotations

import base64
import binascii
import operator
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from functools import partial
from types import MappingProxyType
from typing import Any

Answer = bool | str | None

_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_EPOCH = re.compile(r"[0-9]{5,15}")
_DATE = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?)?"
)
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def flag_equals(written: str, found: str) -> Answer:
    """`Bool`, which compares without regard to case."""
    if written.lower() not in {"true", "false"} or found.lower() not in {"true", "false"}:
        return None
    return written.lower() == found.lower()


def bytes_equal(written: str, found: str) -> Answer:
    """`BinaryEquals`: both in base64, compared byte by byte."""
    ours, theirs = _bytes(written), _bytes(found)
    return None if ours is None or theirs is None else ours == theirs


def _bytes(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def address_within(written: str, found: str) -> Answer:
    """`IpAddress`: an address is in a range of its own IP version only; no prefix means all of its bits."""
    import ipaddress

    try:
        network = ipaddress.ip_network(written, strict=False)
        address = ipaddress.ip_address(found)
    except ValueError:
        return None
    if "/" in written and not written.partition("/")[2].isdecimal():
        return None
    if network.version != address.version:
        return f"holds no IPv{address.version} address"
    return address in network


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _date(text: str) -> float | None:
    """Seconds since 1970: a number of them, or a date of the W3C's profile of ISO 8601.

    https://www.w3.org/TR/NOTE-datetime
    """
    if _EPOCH.fullmatch(text):
        return float(text)
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or "0") for part in found.groups()[:6])
    try:
        at = datetime(year, month, day or 1, hour, minute, second, tzinfo=timezone.utc)
    except ValueError:
        return None
    return at.timestamp() - _offset(found.group(7) or "Z")


def _offset(zone: str) -> int:
    """Seconds that a zone is ahead of UTC."""
    if zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds


def _compared(
    read: Callable[[str], float | None],
    test: Callable[[Any, Any], bool],
    written: str,
    found: str,
) -> Answer:
    ours, theirs = read(written), read(found)
    return None if ours is None or theirs is None else test(theirs, ours)


number_equals: Callable[[str, str], Answer] = partial(_compared, _number, operator.eq)
date_equals: Callable[[str, str], Answer] = partial(_compared, _date, operator.eq)
NUMBER_ORDERS: Mapping[str, Callable[[str, str], Answer]] = MappingProxyType(
    {name: partial(_compared, _number, test) for name, test in _ORDERS.items()}
)
DATE_ORDERS: Mapping[str, Callable[[str, str], Answer]] = MappingProxyType(
    {name: partial(_compared, _date, test) for name, test in _ORDERS.items()}
)
