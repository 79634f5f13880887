"""Functions that make lists of lists: what is known of their elements stays known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Option, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform import numbers, steps
from rootlint.terraform.distinct import unique
from rootlint.terraform.functions.arguments import (
    Args,
    Fails,
    Function,
    Hidden,
    Site,
    items_of,
    list_of,
    number,
    string,
    whole,
)
from rootlint.terraform.operators import equal, hidden
from rootlint.terraform.types import NONE, NUMBER, STRING, UNKNOWN
from rootlint.terraform.types import list_of as list_type
from rootlint.terraform.unify import loosened, of_list, together
from rootlint.terraform.values import (
    MOST_ITEMS,
    Failed,
    ListOf,
    Loose,
    Set,
    Tuple,
    certain,
    choose,
    first_unknown,
    is_null,
    is_string,
    known,
    leaves,
    like,
    may_be_absent,
    never_empty,
    perhaps,
    shuffled,
    type_unknown,
    unsure,
    why_unknown,
)

_DEEPEST = 32


class _Joint:
    """A list in the making. What follows an unknown number of elements has no known place."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._items: list[Value] = []
        self._rest: Unknown | None = None
        self._loose = False

    def add(self, item: Value) -> None:
        self._loose = self._loose or self._rest is not None
        self._items.append(item)
        if len(self._items) > MOST_ITEMS:
            raise Hidden(Unknown(Why.LIMIT, "too many elements", self._span))

    def more(self, hole: Unknown | None, *, loose: bool = False) -> None:
        """There may be more elements here."""
        self._rest = self._rest or hole
        self._loose = self._loose or loose

    def made(self, make: type[List] = Tuple) -> List:
        make = Loose if self._loose else make
        return make(tuple(self._items), self._span, self._rest)


def _concat(site: Site, args: Args) -> Value:
    """Lists become one list of one type of element; where one of them is a tuple, all make a tuple."""
    if any(isinstance(arg, Set) for arg in args):
        raise Fails("not a list")
    kind, rows = _joined_rows(args)
    joint = _Joint(site.span)
    for arg, items in zip(args, rows, strict=True):
        if isinstance(arg, Unknown):
            joint.more(arg)
            continue
        found = list_of(arg)
        for item in items:
            joint.add(item)
        joint.more(found.rest, loose=isinstance(found, Loose))
    return joint.made(kind)


def _joined_rows(args: Args) -> tuple[type[List], list[Sequence[Value]]]:
    rows: list[Sequence[Value]] = [arg.items if isinstance(arg, List) else () for arg in args]
    if any(isinstance(arg, Tuple) for arg in args):
        return Tuple, rows
    sure = all(isinstance(arg, ListOf) for arg in args)
    items, common = together([item for row in rows for item in row])
    if common is NONE:  # different lists of which no list can be made make a tuple
        return Tuple if sure else List, rows
    if not sure:
        items = [loosened(item) for item in items]
    walk = iter(items)
    return ListOf if sure else List, [[next(walk) for _ in row] for row in rows]


def _flatten(site: Site, args: Args) -> Value:
    if isinstance(args[0], Unknown):
        return List((), site.span, args[0])
    joint = _Joint(site.span)
    _flat(list_of(args[0]), joint, 0)
    return joint.made()


def _flat(value: List, joint: _Joint, depth: int) -> None:
    if depth > _DEEPEST:
        raise Hidden(Unknown(Why.LIMIT, "too deep", value.span))
    for item in value.items:
        if isinstance(item, List):
            _flat(item, joint, depth + 1)
        elif isinstance(item, Choice):
            _flat_choice(item, joint, depth)
        elif isinstance(item, Unknown) and not is_string(item):
            joint.more(item)
        else:
            joint.add(item)
    joint.more(value.rest, loose=shuffled(value))


def _flat_choice(choice: Choice, joint: _Joint, depth: int) -> None:
    """Lists of which one is in force: each of their elements may be there."""
    options = list(leaves(choice))
    if not any(isinstance(leaf.value, List | Unknown) for leaf in options):
        joint.add(choice)
        return
    for leaf in options:
        if leaf.value is None:
            continue
        own = _Joint(choice.span)
        _flat(List((leaf.value,), choice.span), own, depth + 1)
        made = own.made()
        others = [other.when for other in options if other is not leaf]
        unless = others[0] if len(others) == 1 else "otherwise"
        for item in made.items:
            joint.add(perhaps(item, leaf.when, unless, choice.because))
        joint.more(made.rest and hidden(made.rest))


def _element(site: Site, args: Args) -> Value:
    """`element(list, index)`: beyond the end it begins anew."""
    value, place = args
    if isinstance(value, Unknown):
        return value
    found = list_of(value)
    if isinstance(found, Set) and certain(found):
        raise Fails("elements of a set have no index")
    if not isinstance(place, Known):
        return steps.index(found, place, site.span)
    at = whole(place)
    if not certain(found):
        if at < 0:
            raise Hidden(unsure(found))
        return steps.at(found, at, site.span)
    if not found.items:
        raise Fails("no such element")
    if at < 0 and at % len(found.items) and not isinstance(found, ListOf):
        # With a tuple an error up to Terraform 1.11; later versions count from the end.
        raise Hidden(Unknown(Why.FUNCTION, "`element` with a negative index", site.span))
    return steps.at(found, at % len(found.items), site.span)


def _distinct(site: Site, args: Args) -> Value:
    found = list_of(args[0])
    unified = of_list(found)
    if isinstance(unified, Failed):
        return unified
    items, sure = unique(unified.items)
    if not sure:
        return Loose(tuple(items), site.span, found.rest)
    return _of_type(like(unified, items, site.span, ListOf), unified)


def _of_type(made: List, source: List) -> List:
    """A list made of elements of a source: its type is that of the source."""
    if isinstance(made, ListOf) and isinstance(source, ListOf):
        return replace(made, of=source.of)
    return made


def _compact(site: Site, args: Args) -> Value:
    """Without empty strings and nulls; an unknown that may be one may be gone."""
    found = list_of(args[0])
    items: list[Value] = []
    for item in found.items:
        if is_null(item):
            continue
        kept = _unless_empty(item)
        if kept is not None:
            items.append(kept)
    made = like(found, items, site.span, ListOf)
    return replace(made, of=STRING) if isinstance(made, ListOf) else made


def _unless_empty(item: Value) -> Value | None:
    if isinstance(item, Choice):
        options = [
            Option(leaf.when, leaf.value and _unless_empty(leaf.value)) for leaf in leaves(item)
        ]
        if all(option.value is None for option in options):
            return None
        return choose(options, item.because, item.span)
    if is_null(item):
        return None
    word = string(item)
    if isinstance(word, Known):
        return word if word.value else None
    if never_empty(word):
        return word
    because = why_unknown(word)
    assert because is not None
    return perhaps(word, "when it is not empty", "when it is empty", hidden(because))


def _sort(site: Site, args: Args) -> Value:
    found = list_of(args[0])
    if any(is_null(item) for item in found.items):
        raise Fails("null cannot be sorted")
    if any(may_be_absent(item) or isinstance(item, Choice) for item in found.items):
        return Loose(found.items, site.span, found.rest)
    words = [string(item) for item in found.items]
    if found.rest is not None or not all(isinstance(word, Known) for word in words):
        return Loose(tuple(words), site.span, found.rest)
    return ListOf(tuple(sorted(words, key=_spelling)), site.span, of=STRING)


def _spelling(word: Value) -> str:
    return str(word.value) if isinstance(word, Known) else ""


def _reverse(site: Site, args: Args) -> Value:
    found = list_of(args[0])
    if not certain(found):
        return Loose(found.items, site.span, found.rest)
    items = tuple(reversed(found.items))
    if isinstance(found, ListOf | Set):
        return ListOf(items, site.span, of=found.of)
    return _like_itself(found)(items, site.span)


def _like_itself(found: List) -> type[List]:
    return Tuple if isinstance(found, Tuple) else ListOf if isinstance(found, ListOf) else List


def _slice(site: Site, args: Args) -> Value:
    found, start, end = list_of(args[0]), whole(args[1]), whole(args[2])
    if isinstance(found, Set):
        raise Fails("not a list")
    if not certain(found):
        items = found.items[:end]
        if isinstance(found, Loose) or len(items) < end or any(map(may_be_absent, items)):
            raise Hidden(unsure(found))
    if not 0 <= start <= end or end > len(found.items):
        raise Fails("no such part")
    made = _like_itself(found)(found.items[start:end], site.span)
    return _of_type(made, found)


def _chunklist(site: Site, args: Args) -> Value:
    found, size = of_list(list_of(args[0])), whole(args[1])
    items = items_of(found)
    if size < 0:
        raise Fails("not a size")
    size = size or max(1, len(items))
    of = found.of if isinstance(found, ListOf) else UNKNOWN
    chunks = [ListOf(items[at : at + size], site.span, of=of) for at in range(0, len(items), size)]
    return ListOf(tuple(chunks), site.span, of=list_type(of))


def _index(site: Site, args: Args) -> Value:
    for place, item in enumerate(items_of(args[0])):
        same = equal(item, args[1])
        if same is Truth.YES:
            return known(place, site.span)
        if same is Truth.UNKNOWN:
            raise Hidden(first_unknown(item) or first_unknown(args[1]) or type_unknown(site.span))
    raise Fails("no such element")


def _range(site: Site, args: Args) -> Value:
    """`range(end)`, `range(start, end)` or `range(start, end, step)`, at most 1,024 numbers."""
    found = [numbers.to_decimal(number(arg)) for arg in args]
    start, end = (found[0], found[1]) if len(found) > 1 else (numbers.to_decimal(0), found[0])
    step = found[2] if len(found) == 3 else numbers.to_decimal(1 if end >= start else -1)
    if step == 0 or ((step > 0) != (end >= start) and end != start):
        raise Fails("step leads nowhere")
    items: list[Value] = []
    while (start < end) if step > 0 else (start > end):
        plain = numbers.of_decimal(start)
        if plain is None or len(items) >= 1_024:
            raise Fails("too many numbers")
        items.append(known(plain, site.span))
        start += step
    return ListOf(tuple(items), site.span, of=NUMBER)


def _list(site: Site, args: Args) -> Value:
    return of_list(Tuple(args, site.span))


def _matchkeys(site: Site, args: Args) -> Value:
    values = items_of(of_list(list_of(args[0])))
    both, _ = together((list_of(args[1]), list_of(args[2])))
    keys, wanted = (items_of(of_list(list_of(arg))) for arg in both)
    if len(values) != len(keys):
        raise Fails("lists are of different length")
    kept = []
    for value, key in zip(values, keys, strict=True):
        for one in chain(wanted):
            same = equal(key, one)
            if same is Truth.UNKNOWN:
                raise Hidden(first_unknown(key) or first_unknown(one) or type_unknown(site.span))
            if same is Truth.YES:
                kept.append(value)
                break
    return ListOf(tuple(kept), site.span)


FUNCTIONS: Mapping[str, Function] = {
    "chunklist": Function(_chunklist, 2, 2),
    "compact": Function(_compact, 1, 1),
    "concat": Function(_concat, 1, None),
    "distinct": Function(_distinct, 1, 1),
    "element": Function(_element, 2, 2),
    "flatten": Function(_flatten, 1, 1),
    "index": Function(_index, 2, 2),
    "list": Function(_list, 0, None),
    "matchkeys": Function(_matchkeys, 3, 3),
    "range": Function(_range, 1, 3),
    "reverse": Function(_reverse, 1, 1),
    "slice": Function(_slice, 3, 3),
    "sort": Function(_sort, 1, 1),
}
