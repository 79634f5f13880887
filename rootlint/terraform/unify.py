"""Values brought to one type: the branches of a conditional, the elements of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from rootlint.model.truth import Truth
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Text,
    Unknown,
    Value,
)
from rootlint.terraform import numbers
from rootlint.terraform.convert import to_number, to_text, to_truth
from rootlint.terraform.distinct import as_set
from rootlint.terraform.types import ANY, BOOL, NONE, NUMBER, STRING, UNKNOWN, Type, settled, unify
from rootlint.terraform.values import (
    Failed,
    ListOf,
    Loose,
    MapOf,
    Object,
    Set,
    Tuple,
    Untyped,
    certain,
    closed,
    failed,
    first_unknown,
    is_null,
    is_string,
    shuffled,
    type_unknown,
)

_DEEPEST = 32
_MOST = 5_000


def type_of(value: Value, depth: int = 0) -> Type:
    """The type of a value in Terraform, as far as it is known."""
    match value:
        case Known():
            return _of_scalar(value)
        case Text() | Encoded():
            return STRING
        case Unknown():
            return STRING if is_string(value) else UNKNOWN
        case _:
            return UNKNOWN if depth > _DEEPEST else _of_collection(value, depth + 1)


def _of_collection(value: List | Map | Choice, depth: int) -> Type:
    match value:
        case List():
            return _of_list(value, depth)
        case Map():
            return _of_map(value, depth)
        case Choice():
            found = {type_of(o.value, depth) for o in value.options if o.value is not None}
            return found.pop() if len(found) == 1 else UNKNOWN


def _of_scalar(value: Known) -> Type:
    if isinstance(value, Untyped):
        return value.of
    if value.value is None:
        return ANY
    if isinstance(value.value, bool):
        return BOOL
    return NUMBER if numbers.is_number(value.value) else STRING


def _of_list(value: List, depth: int) -> Type:
    match value:
        case ListOf() | Set():
            kind = "set" if isinstance(value, Set) else "list"
            return Type(kind, (element_type(value, depth),))
        case Tuple() if certain(value):
            return Type("tuple", tuple(type_of(item, depth) for item in value.items))
        case _:
            return UNKNOWN


def element_type(value: ListOf | Set | MapOf, depth: int = 0) -> Type:
    """The one type of all elements."""
    if value.of is not UNKNOWN or depth > _DEEPEST:
        return value.of
    items = value.items if isinstance(value, List) else tuple(value.entries.values())
    types = (type_of(item, depth) for item in items if not is_null(item))
    return next((found for found in types if found is not UNKNOWN), UNKNOWN)


def _of_map(value: Map, depth: int) -> Type:
    match value:
        case MapOf():
            return Type("map", (element_type(value, depth),))
        case Object() if closed(value):
            names = tuple(sorted(value.entries))
            return Type("object", tuple(type_of(value.entries[n], depth) for n in names), names)
        case _:
            return UNKNOWN


def together(values: Sequence[Value]) -> tuple[Sequence[Value], Type]:
    """The values in their common type, and that type; they stay as they are where there is none."""
    if all(isinstance(value, Known) and type(value.value) is str for value in values):
        return values, STRING if values else ANY
    if len(values) > _MOST:
        return [loosened(value) for value in values], UNKNOWN
    common = unify([type_of(value) for value in values])
    if common is NONE:
        return values, NONE
    return [converted(value, common) for value in values], common


def branches(then: Value, otherwise: Value) -> tuple[Value, Value]:
    """Both branches of a conditional in their common type; failures where Terraform refuses them."""
    (first, second), common = together((then, otherwise))
    if common is NONE:
        refused = failed("branches are of different types", then.span)
        return refused, refused
    return first, second


def mismatch(then: Value, otherwise: Value) -> Unknown | None:
    """The unknown that may make two branches be of types that do not go together."""
    if settled(type_of(then)) and settled(type_of(otherwise)):
        return None
    return first_unknown(then) or first_unknown(otherwise) or type_unknown(then.span)


def branches_perhaps(then: Value, otherwise: Value) -> tuple[Value, Value]:
    """The same where one may fail: then it has no type, and the other one keeps its own."""
    if isinstance(then, Failed) or isinstance(otherwise, Failed):
        return then, otherwise
    if type_of(then) == type_of(otherwise):
        return branches(then, otherwise)
    return loosened(then), loosened(otherwise)


def of_list(value: List) -> List | Failed:
    """A list whose elements have one type, as `tolist` makes it; of a set in its order."""
    if isinstance(value, ListOf):
        return value
    if isinstance(value, Set) and certain(value):
        return ListOf(value.items, value.span, None, value.refers, element_type(value))
    items, common = together(value.items)
    if common is NONE and value.rest is None:
        return failed("elements are of different types", value.span)
    if shuffled(value):
        return Loose(tuple(items), value.span, value.rest, value.refers)
    return ListOf(tuple(items), value.span, value.rest, value.refers, _unless_more(common, value))


def of_map(value: Map) -> Map | Failed:
    """A map whose elements have one type, as `tomap` makes it."""
    if isinstance(value, MapOf):
        return value
    unified, common = together(tuple(value.entries.values()))
    if common is NONE and value.rest is None:
        return failed("elements are of different types", value.span)
    return _map(value, dict(zip(value.entries, unified, strict=True)), _unless_more(common, value))


def _unless_more(common: Type, value: List | Map) -> Type:
    """The elements that are not known may bring in another type, but none beside a string."""
    return common if value.rest is None or common is STRING else UNKNOWN


def converted(value: Value, wanted: Type) -> Value:
    """A value in another type; `Failed` where it certainly has none in it."""
    if wanted is UNKNOWN:
        return loosened(value)
    if wanted is ANY or isinstance(value, Unknown):
        return value
    if isinstance(value, Choice):
        return _each(value, wanted)
    if is_null(value):
        assert isinstance(value, Known)
        return untyped(value, wanted)
    return _converted(value, wanted)


def _each(value: Choice, wanted: Type) -> Choice:
    options = tuple(
        Option(option.when, option.value and converted(option.value, wanted))
        for option in value.options
    )
    return replace(value, options=options)


def _converted(value: Value, wanted: Type) -> Value:
    match wanted.kind:
        case "string":
            return to_text(value)
        case "number" | "bool":
            return _scalar(value, wanted)
        case "list" | "set" | "tuple":
            return _series(value, wanted) if isinstance(value, List) else _misfit(value)
        case _:
            return _table(value, wanted) if isinstance(value, Map) else _misfit(value)


def _misfit(value: Value) -> Failed:
    return failed("value is of another type", value.span)


def _scalar(value: Value, wanted: Type) -> Value:
    plain = to_number(value) if wanted is NUMBER else to_truth(value)
    if isinstance(plain, Unknown):
        return plain
    found = plain is Truth.YES if isinstance(plain, Truth) else plain
    if isinstance(value, Known):
        if type(value) is Known and type(found) is type(value.value):
            return value
        return Known(found, value.span, value.refers, note=value.note)
    return Known(found, value.span)


def _series(value: List, wanted: Type) -> Value:
    if wanted.kind == "tuple":
        return _tuple(value, wanted)
    (element,) = wanted.inner
    items = tuple(converted(item, element) for item in value.items)
    broken = next((item for item in items if isinstance(item, Failed)), None)
    if broken is not None:
        return broken
    if wanted.kind == "set":
        return as_set(items, value.span, value.rest, element, value.refers)
    if shuffled(value):
        return Loose(items, value.span, value.rest, value.refers)
    return ListOf(items, value.span, value.rest, value.refers, element)


def _tuple(value: List, wanted: Type) -> Value:
    if len(value.items) != len(wanted.inner):
        return _misfit(value)
    items = tuple(map(converted, value.items, wanted.inner))
    return Tuple(items, value.span, value.rest, value.refers)


def _table(value: Map, wanted: Type) -> Value:
    if wanted.kind == "map":
        change = partial(converted, wanted=wanted.inner[0])
        entries = {name: change(entry) for name, entry in value.entries.items()}
        return _map(value, entries, wanted.inner[0])
    types = dict(zip(wanted.names, wanted.inner, strict=True))
    entries = {n: converted(entry, types.get(n, UNKNOWN)) for n, entry in value.entries.items()}
    return Object(entries, value.span, value.rest, value.keys, value.refers)


def _map(value: Map, entries: dict[str, Value], of: Type) -> MapOf:
    return MapOf(entries, value.span, value.rest, value.keys, value.refers, of)


def untyped(value: Known, of: Type = UNKNOWN) -> Known:
    """The same scalar, of which it is not known whether it has become a string; or a null of a type."""
    return Untyped(value.value, value.span, value.refers, value.pieces, value.note, of)


def loosened(value: Value, depth: int = 0) -> Value:
    """A value beside one whose type is not known: scalars may become strings, lists sets, objects maps."""
    if depth > _DEEPEST and isinstance(value, List | Map | Choice):
        hole = first_unknown(value)
        return hole or failed("too deep", value.span)
    match value:
        case Known():
            return value if isinstance(value.value, str) else untyped(value)
        case Choice():
            options = tuple(
                Option(option.when, option.value and loosened(option.value, depth + 1))
                for option in value.options
            )
            return replace(value, options=options)
        case List():
            items = tuple(loosened(item, depth + 1) for item in value.items)
            make = List if _same_as_set(value) else Loose
            return make(items, value.span, value.rest, value.refers)
        case Map():
            entries = {name: loosened(entry, depth + 1) for name, entry in value.entries.items()}
            return Map(entries, value.span, value.rest, value.keys, value.refers)
        case _:
            return value


def _same_as_set(value: List) -> bool:
    """Whether a set would hold the same elements in the same order: strings that are sorted."""
    if not certain(value):
        return False
    if len(value.items) < 2:
        return True
    words = [item.value for item in value.items if isinstance(item, Known)]
    texts = [word for word in words if isinstance(word, str)]
    return len(texts) == len(value.items) and all(one < other for one, other in pairwise(texts))
