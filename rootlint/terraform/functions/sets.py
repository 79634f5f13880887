"""Sets: `toset` and the operations on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import List, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.distinct import as_set
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    items_of,
    list_of,
)
from rootlint.terraform.operators import equal, hidden
from rootlint.terraform.types import NONE, STRING, UNKNOWN, Type
from rootlint.terraform.unify import element_type, loosened, of_list, together
from rootlint.terraform.values import (
    MOST_ITEMS,
    ListOf,
    Set,
    Tuple,
    first_unknown,
    is_null,
    may_be_absent,
    perhaps,
)


def set_of(items: Sequence[Value], span: Span, rest: Unknown | None = None) -> Set:
    """The set of these elements, brought to one type; raises `Fails` where there is none."""
    unified, common = _in_one_type(items, open_=rest is not None)
    return as_set(unified, span, rest, common)


def _toset(_site: Site, args: Args) -> Value:
    value = args[0]
    if isinstance(value, Unknown) or is_null(value):
        return value
    found = list_of(value)
    if isinstance(found, ListOf):
        return as_set(found.items, found.span, found.rest, element_type(found), found.refers)
    return set_of(found.items, found.span, found.rest)


def _union(site: Site, args: Args) -> Value:
    found = _of_one_type(args)
    rest = next((each.rest for each in found if each.rest is not None), None)
    return set_of([item for each in found for item in each.items], site.span, rest)


def _intersection(site: Site, args: Args) -> Value:
    first, *others = _of_one_type(args)
    return _kept(site, first, lambda item: all_of(_in(item, other) for other in others))


def _subtract(site: Site, args: Args) -> Value:
    first, other = _of_one_type(args)
    return _kept(site, first, lambda item: ~_in(item, other))


def _of_one_type(args: Args) -> list[List]:
    """The lists with all their elements in one type. One of which nothing is known may hold anything."""
    found = [List((), arg.span, arg) if isinstance(arg, Unknown) else list_of(arg) for arg in args]
    items = _in_one_type(
        [item for each in found for item in each.items], open_=any(each.rest for each in found)
    )[0]
    walk = iter(items)
    return [List(tuple(next(walk) for _ in each.items), each.span, each.rest) for each in found]


def _in_one_type(items: Sequence[Value], *, open_: bool) -> tuple[Sequence[Value], Type]:
    """Elements in one type; with `open_` there may be more of them, which may bring in another."""
    unified, common = together(items)
    if common is NONE and not open_:
        raise Fails("elements are of different types")
    if open_ and common is not STRING:
        return [loosened(item) for item in unified], UNKNOWN
    return unified, common


def _in(item: Value, other: List) -> Truth:
    found = any_of(equal(item, one) & _there(one) for one in other.items)
    return found | (Truth.UNKNOWN if other.rest is not None else Truth.NO)


def _there(item: Value) -> Truth:
    return Truth.UNKNOWN if may_be_absent(item) else Truth.YES


def _kept(site: Site, found: List, wanted: object) -> Value:
    assert callable(wanted)
    items: list[Value] = []
    for item in found.items:
        truth = wanted(item)
        if truth is Truth.YES:
            items.append(item)
        elif truth is Truth.UNKNOWN:
            because = first_unknown(item) or Unknown(Why.FUNCTION, "sets are not known", site.span)
            when, unless = "when both sets hold it", "when the sets do not hold it"
            items.append(perhaps(item, when, unless, hidden(because)))
    return set_of(items, site.span, found.rest)


def _product(site: Site, args: Args) -> Value:
    """Every combination; a set where one of the arguments is a set."""
    columns = [items_of(arg if isinstance(arg, Set) else of_list(list_of(arg))) for arg in args]
    size = 1
    for column in columns:
        size *= len(column)
    if size > MOST_ITEMS:
        raise Hidden(Unknown(Why.LIMIT, "too many elements", site.span))
    rows = tuple(Tuple(row, site.span) for row in product(*columns))
    if any(isinstance(arg, Set) for arg in args):
        return as_set(rows, site.span, None)
    return ListOf(rows, site.span)


FUNCTIONS: Mapping[str, Function] = {
    "setintersection": Function(_intersection, 1, None),
    "setproduct": Function(_product, 2, None),
    "setsubtract": Function(_subtract, 2, 2),
    "setunion": Function(_union, 1, None),
    "toset": Function(_toset, 1, 1),
}
