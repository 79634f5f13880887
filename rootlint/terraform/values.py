"""What Terraform's values have beyond the model's: failures, sets, lists in no known order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Piece,
    Reference,
    Scalar,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.record import dataclass
from rootlint.source import Span
from rootlint.terraform.types import UNKNOWN, Type

MOST_OPTIONS = 16
MOST_LEAVES = 64
MOST_ITEMS = 50_000
LONGEST_TEXT = 1_000_000
# What these attributes of a resource hold is one string, and not an empty one.
_NAMES = frozenset(("arn", "id", "name", "key_id", "unique_id", "account_id"))


@dataclass(frozen=True, slots=True)
class Failed(Unknown):
    """An expression that Terraform certainly refuses to evaluate: `try` goes on to the next."""


@dataclass(frozen=True, slots=True)
class Untyped(Known):
    """A number or boolean that may have become a string; or a null that has become one of a type, `of`."""

    of: Type = UNKNOWN


@dataclass(frozen=True, slots=True)
class Tuple(List):
    """A tuple: each element has a type of its own. A plain `List` may be a list, a tuple or a set."""


@dataclass(frozen=True, slots=True)
class ListOf(List):
    """A list: all elements have one type, `of` where that is more than the elements say."""

    of: Type = UNKNOWN


@dataclass(frozen=True, slots=True)
class Set(List):
    """A set: its elements are different from one another, in the order that Terraform gives them.

    With unknown elements the order is not known, and some of them may be the same.
    """

    of: Type = UNKNOWN


@dataclass(frozen=True, slots=True)
class Loose(List):
    """A list of which it is not known what comes first: `rest` may stand anywhere in it.

    It may be a list, a tuple or a set, and some of its elements may be the same one.
    """


@dataclass(frozen=True, slots=True)
class Object(Map):
    """An object: each attribute has a type of its own. A plain `Map` may be an object or a map."""


@dataclass(frozen=True, slots=True)
class MapOf(Map):
    """A map: all elements have one type, `of` where that is more than the elements say."""

    of: Type = UNKNOWN


def failed(reason: str, span: Span) -> Failed:
    return Failed(Why.UNSPECIFIED, reason, span)


def known(value: Scalar, span: Span) -> Known:
    """A value that was worked out: a text of it comes from the whole of the span."""
    pieces = (Piece(0, span, exact=False),) if isinstance(value, str) and value else ()
    return Known(value, span, pieces=pieces)


def is_null(value: Value | None) -> bool:
    return isinstance(value, Known) and value.value is None


def with_reference(value: Value, refers: Reference | None) -> Value:
    """The same value, known to be what the reference names; a choice passes it to its options."""
    if refers is None:
        return value
    if isinstance(value, Choice):
        options = tuple(
            Option(option.when, option.value and with_reference(option.value, refers))
            for option in value.options
        )
        return replace(value, options=options)
    return replace(value, refers=refers)


def referred(value: Value, refers: Reference | None) -> Value:
    """The same value, known to be what the reference names unless it names something already."""
    if isinstance(value, Choice):
        options = tuple(
            Option(option.when, option.value and referred(option.value, refers))
            for option in value.options
        )
        return replace(value, options=options)
    return value if value.refers else with_reference(value, refers)


def size_of(value: Value) -> int:
    """How much work it is to look at a value: its elements, or its text in stretches of 64."""
    match value:
        case List():
            return len(value.items)
        case Map():
            return len(value.entries)
        case Text():
            return len(value.parts)
        case Known(value=str() as text):
            return len(text) >> 6
        case _:
            return 0


def why_unknown(value: Value | None) -> Unknown | None:
    """The unknown that hides a value at its surface; None for one that is there."""
    match value:
        case Unknown():
            return value
        case Choice():
            return value.because
        case Text():
            return next((part for part in value.parts if isinstance(part, Unknown)), None)
        case _:
            return None


def first_unknown(value: Value | None) -> Unknown | None:
    """The first unknown anywhere in a value; iterative, as values may be deep."""
    waiting: list[Value | None] = [value]
    looked = 0
    while waiting:
        current = waiting.pop()
        looked += 1
        if looked > MOST_ITEMS and current is not None:
            return Unknown(Why.LIMIT, "value is too large", current.span)
        hole = why_unknown(current)
        if hole is not None:
            return hole
        if isinstance(current, List | Map) and current.rest is not None:
            return current.rest
        if isinstance(current, List):
            waiting.extend(reversed(current.items))
        elif isinstance(current, Map):
            waiting.extend(current.entries.values())
        elif isinstance(current, Encoded):
            waiting.append(current.value)
    return None


def never_empty(value: Value) -> bool:
    """Whether a string that is not wholly known is certainly neither null nor empty."""
    if isinstance(value, Text):
        return any(isinstance(part, str) for part in value.parts)
    return isinstance(value, Unknown) and (bool(value.shape) or is_string(value))


def is_string(value: Value) -> bool:
    """Whether an unknown is certainly one string: an attribute that names or identifies."""
    if isinstance(value, Text):
        return True
    if not isinstance(value, Unknown) or value.refers is None:
        return isinstance(value, Unknown) and bool(value.shape)
    last = value.refers.attribute.rpartition(".")[2]
    return last in _NAMES or last.endswith(("_arn", "_id", "_name"))


def may_be_absent(item: Value | None) -> bool:
    """Whether an element or entry is there in some scenarios only."""
    if isinstance(item, Choice):
        return any(may_be_absent(option.value) for option in item.options)
    return item is None


def perhaps(value: Value, when: str, unless: str, because: Unknown) -> Value:
    """An element that is there in one of two scenarios."""
    return choose((Option(when, value), Option(unless, None)), because, value.span)


def certain(value: List) -> bool:
    """Whether each element is certainly there, and at its place."""
    return (
        value.rest is None
        and not isinstance(value, Loose)
        and not any(may_be_absent(item) for item in value.items)
        and not (
            isinstance(value, Set)
            and len(value.items) > 1
            and not all(map(wholly_known, value.items))
        )
    )


def type_unknown(span: Span) -> Unknown:
    return Unknown(Why.FUNCTION, "type is not known", span)


def wholly_known(item: Value) -> bool:
    """Whether all of a value is known, its type too: elements of a set are ordered by that."""
    match item:
        case Encoded():
            return wholly_known(item.value)
        case Known():
            return type(item) is Known or item.value is None
        case Tuple() | ListOf() | Set():
            return item.rest is None and all(map(wholly_known, item.items))
        case Object() | MapOf():
            return item.rest is None and all(map(wholly_known, item.entries.values()))
        case _:
            return False


def shuffled(value: List | Map) -> bool:
    """Whether what is known of a value is in no certain order."""
    if isinstance(value, Map):
        return value.rest is not None
    return isinstance(value, Loose) or (isinstance(value, Set) and not certain(value))


def like(source: List | Map, items: Sequence[Value], span: Span, make: type[List] = List) -> List:
    """A list made from a source, with its rest, in an order that is known as far as the source's."""
    make = Loose if shuffled(source) else make
    return make(tuple(items), span, source.rest)


def closed(value: Map) -> bool:
    """Whether it is known which entries there are."""
    return value.rest is None and not any(map(may_be_absent, value.entries.values()))


def unsure(value: List | Map) -> Unknown:
    """What makes uncertain which elements or entries there are, or where."""
    if value.rest is not None:
        return value.rest
    found = first_unknown(value)
    return found or Unknown(Why.FUNCTION, "order of the elements is not known", value.span)


def leaves(value: Value | None) -> Iterator[Option]:
    """The options of a choice and of the choices in it: what holds when all their scenarios do."""
    if not isinstance(value, Choice):
        yield Option("", value)
        return
    for option in value.options:
        for leaf in leaves(option.value):
            yield Option(_both(option.when, leaf.when), leaf.value)


def _both(outer: str, inner: str) -> str:
    if not outer or not inner:
        return outer or inner
    return f"{outer} and {inner.removeprefix('when ')}"


def choose(options: Sequence[Option], because: Unknown, span: Span) -> Value:
    """A choice of the options; the value itself where all are one known scalar, or all failures.

    Unknown where it would have too many leaves: choices nested in choices stay small.
    """
    first = options[0].value
    if isinstance(first, Known) and all(_same(first, option.value) for option in options):
        return first
    if isinstance(first, Failed) and all(isinstance(o.value, Failed) for o in options):
        return first
    found = Choice(tuple(options), because, span)
    if _leaf_count(found) > MOST_LEAVES:
        return Unknown(because.why, because.detail, because.span)
    return found


def _leaf_count(choice: Choice) -> int:
    """How many leaves a choice has, counted no further than one too many."""
    count = 0
    waiting: list[Value | None] = [choice]
    while waiting and count <= MOST_LEAVES:
        value = waiting.pop()
        if isinstance(value, Choice):
            waiting.extend(option.value for option in value.options)
        else:
            count += 1
    return count


def _same(first: Known, other: Value | None) -> bool:
    return (
        type(other) is type(first)
        and other.value == first.value
        and type(other.value) is type(first.value)
        and other.refers == first.refers
    )


def over(values: Sequence[Value], work: Callable[[tuple[Value, ...]], Value], span: Span) -> Value:
    """Do something for every combination of the options of those values that are choices."""
    spread = [_spread(value) for value in values]
    because = next(filter(None, (why_unknown(v) for v in values if isinstance(v, Choice))), None)
    if because is None:
        return work(tuple(values))
    combinations = 1
    for options in spread:
        combinations *= len(options)
    if combinations > MOST_OPTIONS:
        return Unknown(because.why, because.detail, because.span)
    results = []
    for combination in product(*spread):
        when = ""
        for option in combination:
            when = _both(when, option.when)
        taken = tuple(known(None, span) if o.value is None else o.value for o in combination)
        results.append(Option(when, work(taken)))
    return choose(results, because, span)


def _spread(value: Value) -> list[Option]:
    options = []
    for leaf in leaves(value):
        options.append(leaf)
        if len(options) > MOST_OPTIONS:
            break
    return options


def renamed(refers: Reference | None, step: str) -> Reference | None:
    """The reference to a part of what a reference names: `.name` or `[0]`."""
    if refers is None:
        return None
    unit, address, attribute = refers
    if attribute:
        return Reference(unit, address, attribute + step)
    if step.startswith("["):
        return Reference(unit, address + step, "")
    return Reference(unit, address, step[1:])


def entries_of(value: Map) -> Mapping[str, Value]:
    """The entries in the order in which Terraform walks them."""
    return {name: value.entries[name] for name in sorted(value.entries)}
