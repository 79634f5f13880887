"""Conversions between types."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.value import Known, Unknown, Value
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
from rootlint.terraform.types import BOOL, NUMBER, STRING, Type
from rootlint.terraform.unify import of_list, of_map, untyped
from rootlint.terraform.values import is_null, known


def _tostring(_site: Site, args: Args) -> Value:
    value = args[0]
    return untyped(value, STRING) if isinstance(value, Known) and is_null(value) else string(value)


def _tonumber(_site: Site, args: Args) -> Value:
    value = args[0]
    if is_null(value) or isinstance(value, Unknown):
        return _null_or_hole(value, NUMBER)
    return _became(value, number(value))


def _tobool(_site: Site, args: Args) -> Value:
    value = args[0]
    if is_null(value) or isinstance(value, Unknown):
        return _null_or_hole(value, BOOL)
    return _became(value, condition(value))


def _became(value: Value, plain: float | bool) -> Value:  # noqa: FBT001 - a value
    """The same value in another type: at its place, and still what it refers to."""
    if isinstance(value, Known):
        return Known(plain, value.span, value.refers, note=value.note)
    return known(plain, value.span)


def _null_or_hole(value: Value, of: Type) -> Value:
    """A null that has a type now; what is not known, of which the type may not be known either."""
    return untyped(value, of) if isinstance(value, Known) else value


def _tolist(_site: Site, args: Args) -> Value:
    value = args[0]
    if is_null(value) or isinstance(value, Unknown):
        return value
    return of_list(list_of(value))


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
