"""Functions of any collection, and those that pick the first value that is there."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.truth import Truth
from rootlint.model.value import Encoded, Known, List, Map, Option, Text, Unknown, Value
from rootlint.terraform.convert import to_truth
from rootlint.terraform.distinct import unique
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    entries,
    items_of,
    list_of,
    text,
)
from rootlint.terraform.functions.string import characters
from rootlint.terraform.operators import equal, hidden
from rootlint.terraform.types import NONE
from rootlint.terraform.unify import together
from rootlint.terraform.values import (
    Failed,
    Set,
    choose,
    first_unknown,
    is_null,
    known,
    may_be_absent,
    never_empty,
    type_unknown,
)


def _length(site: Site, args: Args) -> Value:
    value = args[0]
    match value:
        case List():
            return known(_size(value), site.span)
        case Map():
            return known(len(entries(value)), site.span)
        case Known(value=str()) | Text() | Encoded():
            return known(len(characters(text(value), value)), site.span)
        case Unknown():
            raise Hidden(value)
        case _:
            raise Fails("not a collection")


def _size(value: List) -> int:
    """How many elements there are. In a set of lists or objects they may be known, and not their order."""
    if isinstance(value, Set) and value.rest is None and not any(map(may_be_absent, value.items)):
        kept, sure = unique(value.items)
        if sure:
            return len(kept)
    return len(items_of(value))


def _contains(site: Site, args: Args) -> Value:
    found, wanted = list_of(args[0]), args[1]
    if is_null(wanted):
        raise Fails("null is not looked for")
    answer = Truth.NO if found.rest is None else Truth.UNKNOWN
    hole = found.rest
    for item in found.items:
        same = equal(item, wanted)
        if same is Truth.YES:
            return known(True, site.span)  # noqa: FBT003 - a value
        if same is Truth.UNKNOWN:
            answer = same
            hole = hole or first_unknown(item) or first_unknown(wanted)
    if answer is Truth.NO:
        return known(False, site.span)  # noqa: FBT003 - a value
    raise Hidden(hole or first_unknown(wanted) or type_unknown(site.span))


def _all(site: Site, args: Args) -> Value:
    return _folded(site, list_of(args[0]), Truth.NO)


def _any(site: Site, args: Args) -> Value:
    return _folded(site, list_of(args[0]), Truth.YES)


def _folded(site: Site, found: List, decisive: Truth) -> Value:
    """`alltrue` and `anytrue`: one decisive element decides; a null is false."""
    truths = [Truth.NO if is_null(item) else to_truth(item) for item in found.items]
    for truth in truths:
        if isinstance(truth, Failed):
            raise Fails(truth.detail)
    if decisive in truths:
        return known(decisive is Truth.YES, site.span)
    hole = next((truth for truth in truths if isinstance(truth, Unknown)), found.rest)
    if hole is not None:
        raise Hidden(hole)
    return known(decisive is Truth.NO, site.span)


def _coalesce(site: Site, args: Args) -> Value:
    """The first value that is neither null nor an empty string."""
    options: list[Option] = []
    because: Unknown | None = None
    unified, common = together(args)
    if common is NONE:
        raise Fails("values are of different types")
    for value in unified:
        if is_null(value) or (isinstance(value, Known) and value.value == ""):
            continue
        when = "when nothing before it is set" if options else "when it is set"
        options.append(Option(when, value))
        if not isinstance(value, Unknown | Text) or never_empty(value):
            break
        because = because or first_unknown(value)
    if not options:
        raise Fails("no value is set")
    return _picked(options, because, site)


def _picked(options: list[Option], because: Unknown | None, site: Site) -> Value:
    first = options[0].value
    assert first is not None
    if because is None or len(options) == 1:
        return first
    return choose(options, hidden(because), site.span)


def _coalescelist(site: Site, args: Args) -> Value:
    """The first list that is not empty."""
    options: list[Option] = []
    because: Unknown | None = None
    if any(isinstance(arg, Set) for arg in args):
        raise Fails("not a list")
    for value in args:
        if isinstance(value, List) and not value.items and value.rest is None:
            continue
        if not isinstance(value, List | Unknown):
            raise Fails("not a list")
        when = "when nothing before it has elements" if options else "when it has elements"
        options.append(Option(when, value))
        if isinstance(value, List) and any(not may_be_absent(item) for item in value.items):
            break
        because = because or first_unknown(value)
    if not options:
        raise Fails("no list has elements")
    return _picked(options, because, site)


def _one(site: Site, args: Args) -> Value:
    """The only element of a list, or null where it has none."""
    value = args[0]
    if isinstance(value, Unknown):
        return value
    found = list_of(value)
    if found.rest is not None and len(found.items) <= 1:
        return found.items[0] if found.items else found.rest
    items = found.items if isinstance(found, Set) and len(found.items) == 1 else items_of(found)
    if len(items) > 1:
        raise Fails("more than one element")
    return items[0] if items else known(None, site.span)


FUNCTIONS: Mapping[str, Function] = {
    "alltrue": Function(_all, 1, 1),
    "anytrue": Function(_any, 1, 1),
    "coalesce": Function(_coalesce, 1, None),
    "coalescelist": Function(_coalescelist, 1, None),
    "contains": Function(_contains, 2, 2),
    "length": Function(_length, 1, 1),
    "one": Function(_one, 1, 1),
}
