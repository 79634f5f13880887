"""Terraform's types, and the one type that it finds for several: as far as they are known.

https://developer.hashicorp.com/terraform/language/expressions/types
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Type(NamedTuple):
    """A type: `names` are the attributes of an object, `inner` their types or those of the elements."""

    kind: str
    inner: tuple[Type, ...] = ()
    names: tuple[str, ...] = ()


STRING = Type("string")
NUMBER = Type("number")
BOOL = Type("bool")
ANY = Type("any")
"""What a null is, and the element of an empty `tolist([])`: it becomes whatever stands beside it."""
UNKNOWN = Type("unknown")
"""Some type: which, is not known."""
NONE = Type("none")
"""No type fits: Terraform refuses the expression."""

_SCALARS = frozenset((STRING, NUMBER, BOOL, UNKNOWN))
_SERIES = frozenset(("list", "set", "tuple"))
_TABLES = frozenset(("map", "object"))
_DEEPEST = 32


def list_of(element: Type) -> Type:
    return Type("list", (element,))


def settled(found: Type) -> bool:
    """Whether no part of a type is unknown."""
    return found is not UNKNOWN and found.kind != "unknown" and all(map(settled, found.inner))


def unify(types: Sequence[Type], depth: int = 0) -> Type:
    """The type to which Terraform converts values of these types that must have one.

    `UNKNOWN` where a type that is not known decides, `NONE` where there is none.
    """
    some = [each for each in dict.fromkeys(types) if each != ANY]
    if len(some) <= 1:
        return some[0] if some else ANY
    if NONE in some:
        return NONE
    if UNKNOWN in some or depth > _DEEPEST:
        # Beside a string every scalar becomes a string, and nothing else can stand there.
        return STRING if STRING in some and _SCALARS.issuperset(some) else UNKNOWN
    found = _of_known(some, depth)
    # A null beside types that have none in common leaves each as it is.
    return UNKNOWN if found is NONE and ANY in types else found


def _of_known(types: list[Type], depth: int) -> Type:
    kinds = {each.kind for each in types}
    if kinds <= {"string", "number", "bool"}:
        return STRING if STRING in types else NONE
    if kinds <= _SERIES:
        return _series(types, kinds, depth)
    return _table(types, kinds, depth) if kinds <= _TABLES else NONE


def _series(types: list[Type], kinds: set[str], depth: int) -> Type:
    if kinds == {"tuple"} and len({len(each.inner) for each in types}) == 1:
        columns = zip(*(each.inner for each in types), strict=True)
        return _made("tuple", [unify(column, depth + 1) for column in columns])
    inner = unify([one for each in types for one in each.inner], depth + 1)
    if kinds == {"set", "tuple"} or kinds >= {"set", "list"}:
        # Which of them it is depends on an order of preferences: followed where nothing is converted.
        if Type("set", (STRING,)) in types and inner == STRING and "list" not in kinds:
            return Type("set", (STRING,))
        if not settled(inner) or any(
            one not in (inner, ANY) for each in types for one in each.inner
        ):
            return UNKNOWN
        return _made("set" if "list" not in kinds else "list", [inner])
    return _made("set" if kinds == {"set"} else "list", [inner])


def _table(types: list[Type], kinds: set[str], depth: int) -> Type:
    if kinds == {"object"} and len({each.names for each in types}) == 1:
        columns = zip(*(each.inner for each in types), strict=True)
        found = [unify(column, depth + 1) for column in columns]
        return _made("object", found, types[0].names)
    if len(kinds) > 1 and any(each.kind == "map" and ANY in each.inner for each in types):
        return UNKNOWN
    return _made("map", [unify([one for each in types for one in each.inner], depth + 1)])


def _made(kind: str, inner: list[Type], names: tuple[str, ...] = ()) -> Type:
    return NONE if NONE in inner else Type(kind, tuple(inner), names)
