"""Sets: `toset` and the operations on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Encoded, Known, List, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform import numbers
from rootlint.terraform.convert import to_text
from rootlint.terraform.functions.arguments import (
    Args,
    Function,
    Hidden,
    Site,
    items_of,
    list_of,
)
from rootlint.terraform.functions.lists import unique
from rootlint.terraform.operators import equal, hidden
from rootlint.terraform.unify import together
from rootlint.terraform.values import (
    MOST_ITEMS,
    Set,
    first_unknown,
    is_null,
    may_be_absent,
    perhaps,
)


def set_of(items: Sequence[Value], span: Span, rest: Unknown | None = None) -> Set:
    """The set of these elements, brought to one type, in Terraform's order where that is known."""
    kept, _ = unique(together([_as_text(item) for item in items]))
    if all(isinstance(item, Known) for item in kept):
        kept.sort(key=_rank)
    return Set(tuple(kept), span, rest)


def _as_text(item: Value) -> Value:
    """An encoded value as its text: that is what the elements of a set are told apart by."""
    return to_text(item) if isinstance(item, Encoded) else item


def _rank(item: Value) -> tuple[bool, float, str]:
    """Numbers by size, strings by code point, false before true, null last."""
    plain = item.value if isinstance(item, Known) else None
    if numbers.is_number(plain) or isinstance(plain, bool):
        assert isinstance(plain, int | float)
        return False, float(plain), ""
    return is_null(item), 0.0, str(plain)


def _toset(_site: Site, args: Args) -> Value:
    value = args[0]
    if isinstance(value, Unknown) or is_null(value):
        return value
    found = list_of(value)
    return set_of(found.items, found.span, found.rest)


def _union(site: Site, args: Args) -> Value:
    items: list[Value] = []
    rest: Unknown | None = None
    for arg in args:
        if isinstance(arg, Unknown):
            rest = rest or arg
            continue
        found = list_of(arg)
        items.extend(found.items)
        rest = rest or found.rest
    return set_of(items, site.span, rest)


def _intersection(site: Site, args: Args) -> Value:
    first, *others = (_open(arg) for arg in args)
    return _kept(site, first, lambda item: all_of(_in(item, other) for other in others))


def _subtract(site: Site, args: Args) -> Value:
    first, other = _open(args[0]), _open(args[1])
    return _kept(site, first, lambda item: ~_in(item, other))


def _open(value: Value) -> List:
    """A list of which nothing is known may hold anything."""
    return List((), value.span, value) if isinstance(value, Unknown) else list_of(value)


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
    columns = [items_of(arg) for arg in args]
    size = 1
    for column in columns:
        size *= len(column)
    if size > MOST_ITEMS:
        raise Hidden(Unknown(Why.LIMIT, "too many elements", site.span))
    rows = tuple(List(row, site.span) for row in product(*columns))
    make = Set if any(isinstance(arg, Set) for arg in args) else List
    return make(rows, site.span)


FUNCTIONS: Mapping[str, Function] = {
    "setintersection": Function(_intersection, 1, None),
    "setproduct": Function(_product, 2, None),
    "setsubtract": Function(_subtract, 2, 2),
    "setunion": Function(_union, 1, None),
    "toset": Function(_toset, 1, 1),
}
