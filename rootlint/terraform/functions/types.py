"""Conversions between types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rootlint.model.value import Known, List, Unknown, Value
from rootlint.terraform.functions.arguments import (
    Args,
    Function,
    Site,
    condition,
    list_of,
    map_of,
    number,
    string,
)
from rootlint.terraform.unify import of_list, of_map
from rootlint.terraform.values import Loose, Set, certain, is_null, known


def _tostring(_site: Site, args: Args) -> Value:
    return args[0] if is_null(args[0]) else string(args[0])


def _tonumber(_site: Site, args: Args) -> Value:
    value = args[0]
    if is_null(value) or isinstance(value, Unknown):
        return value
    return _became(value, number(value))


def _tobool(_site: Site, args: Args) -> Value:
    value = args[0]
    if is_null(value) or isinstance(value, Unknown):
        return value
    return _became(value, condition(value))


def _became(value: Value, plain: float | bool) -> Value:  # noqa: FBT001 - a value
    """The same value in another type: at its place, and still what it refers to."""
    if isinstance(value, Known):
        return replace(value, value=plain, pieces=())
    return known(plain, value.span)


def _tolist(_site: Site, args: Args) -> Value:
    value = args[0]
    if is_null(value) or isinstance(value, Unknown):
        return value
    found = of_list(list_of(value))
    if not isinstance(found, Set):
        return found
    make = List if certain(found) else Loose
    return make(found.items, found.span, found.rest, found.refers)


def _tomap(_site: Site, args: Args) -> Value:
    value = args[0]
    return value if is_null(value) or isinstance(value, Unknown) else of_map(map_of(value))


def _same(_site: Site, args: Args) -> Value:
    return args[0]


FUNCTIONS: Mapping[str, Function] = {
    "ephemeralasnull": Function(_same, 1, 1, safe=True),
    "nonsensitive": Function(_same, 1, 1, safe=True),
    "sensitive": Function(_same, 1, 1, safe=True),
    "tobool": Function(_tobool, 1, 1),
    "tolist": Function(_tolist, 1, 1),
    "tomap": Function(_tomap, 1, 1),
    "tonumber": Function(_tonumber, 1, 1),
    "tostring": Function(_tostring, 1, 1),
}
