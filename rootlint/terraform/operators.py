"""Terraform's operators on values that may not be known."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DecimalException

from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform import numbers
from rootlint.terraform.convert import show, to_number, to_text, to_truth
from rootlint.terraform.types import ANY, Type, settled
from rootlint.terraform.values import (
    MOST_ITEMS,
    Failed,
    ListOf,
    MapOf,
    Object,
    Set,
    Tuple,
    Untyped,
    certain,
    closed,
    first_unknown,
    known,
    over,
    type_unknown,
)

_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": numbers.EXACT.add,
    "-": numbers.EXACT.subtract,
    "*": numbers.EXACT.multiply,
    "/": numbers.EXACT.divide,
    "%": lambda left, right: numbers.EXACT.remainder(left, right) + 0,
}
_COMPARISON: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    ">": Decimal.__gt__,
    "<=": Decimal.__le__,
    ">=": Decimal.__ge__,
}


def unary(operator: str, operand: Value, span: Span) -> Value:
    """`!x` or `-x`."""

    def work(values: tuple[Value, ...]) -> Value:
        if operator == "!":
            truth = to_truth(values[0])
            return _answer(~truth if isinstance(truth, Truth) else truth, span)
        number = to_number(values[0])
        if isinstance(number, Unknown):
            return hidden(number)
        return known(numbers.of_decimal(numbers.to_decimal(number).copy_negate()), span)

    return over((operand,), work, span)


def binary(operator: str, left: Value, right: Value, span: Span) -> Value:
    """`left operator right`; both sides are evaluated, as Terraform does."""

    def work(values: tuple[Value, ...]) -> Value:
        ours, theirs = values
        if operator in ("==", "!="):
            return _equality(operator, ours, theirs, span)
        if operator in ("&&", "||"):
            return _logic(operator, ours, theirs, span)
        return _calculate(operator, ours, theirs, span)

    return over((left, right), work, span)


def _answer(truth: Truth | Unknown, span: Span) -> Value:
    if isinstance(truth, Unknown):
        return hidden(truth)
    return known(truth is Truth.YES, span)


def hidden(hole: Unknown) -> Unknown:
    """What is not known because of an unknown: for its reason, but not that thing itself."""
    if isinstance(hole, Failed) or (hole.refers is None and not hole.shape):
        return hole
    return Unknown(hole.why, hole.detail, hole.span)


def _logic(operator: str, left: Value, right: Value, span: Span) -> Value:
    ours, theirs = to_truth(left), to_truth(right)
    for side in (ours, theirs):
        if isinstance(side, Failed):
            return side
    decides = Truth.NO if operator == "&&" else Truth.YES
    if decides in (ours, theirs):
        return known(decides is Truth.YES, span)
    hole = ours if isinstance(ours, Unknown) else theirs
    return _answer(hole if isinstance(hole, Unknown) else ~decides, span)


def _calculate(operator: str, left: Value, right: Value, span: Span) -> Value:
    ours, theirs = to_number(left), to_number(right)
    for side in (ours, theirs):
        if isinstance(side, Failed):
            return side
    for side in (ours, theirs):
        if isinstance(side, Unknown):
            return hidden(side)
    assert not isinstance(ours, Unknown)
    assert not isinstance(theirs, Unknown)
    if operator in _COMPARISON:
        compare = _COMPARISON[operator]
        return known(compare(numbers.to_decimal(ours), numbers.to_decimal(theirs)), span)
    if operator == "%" and theirs == 0:
        return known(ours, span)  # as Terraform has it
    return calculated(_ARITHMETIC[operator], ours, theirs, span)


def calculated(
    work: Callable[[Decimal, Decimal], Decimal],
    left: numbers.Number,
    right: numbers.Number,
    span: Span,
) -> Value:
    """The number that comes out; unknown where it has more digits than are kept."""
    try:
        result = numbers.of_decimal(work(numbers.to_decimal(left), numbers.to_decimal(right)))
    except DecimalException:
        result = None
    if result is None:
        return Unknown(Why.LIMIT, "number has too many digits", span)
    return known(result, span)


def _equality(operator: str, left: Value, right: Value, span: Span) -> Value:
    for side in (left, right):
        if isinstance(side, Failed):
            return side
    truth = equal(left, right)
    if truth is Truth.UNKNOWN:
        hole = first_unknown(left) or first_unknown(right)
        return hidden(hole or type_unknown(span))
    return _answer(truth if operator == "==" else ~truth, span)


def equal(left: Value, right: Value) -> Truth:
    """Whether two values are equal in Terraform's sense: neither are `"1"` and `1`, nor a list and a tuple."""
    answer = Truth.YES
    waiting: list[tuple[Value, Value]] = [(left, right)]
    looked = 0
    while waiting:
        looked += 1
        if looked > MOST_ITEMS:
            return Truth.UNKNOWN
        truth, inside = _compared(*waiting.pop())
        if truth is Truth.NO:
            return truth
        answer &= truth
        waiting.extend(inside)
    return answer


_Pairs = tuple[tuple[Value, Value], ...]


def _compared(left: Value, right: Value) -> tuple[Truth, _Pairs]:
    """Whether two values are equal at their surface, and the pairs in them that must be equal too."""
    if isinstance(left, Choice | Unknown) or isinstance(right, Choice | Unknown):
        return Truth.UNKNOWN, ()
    if isinstance(left, Encoded | Text) or isinstance(right, Encoded | Text):
        return _equal_texts(left, right), ()
    if isinstance(left, Known) and isinstance(right, Known):
        return _equal_scalars(left, right), ()
    if isinstance(left, List) and isinstance(right, List):
        return _compared_lists(left, right)
    if isinstance(left, Map) and isinstance(right, Map):
        return _compared_maps(left, right)
    return Truth.NO, ()


def _equal_scalars(left: Known, right: Known) -> Truth:
    if left.value is None or right.value is None:
        return Truth.of(left.value is right.value)
    if isinstance(left, Untyped) or isinstance(right, Untyped):
        return Truth.NO if show(left.value) != show(right.value) else Truth.UNKNOWN
    return Truth.of(_kind(left) == _kind(right) and left.value == right.value)


def _kind(value: Known) -> str:
    if isinstance(value.value, int | float) and not isinstance(value.value, bool):
        return "number"
    return type(value.value).__name__


def _equal_texts(left: Value, right: Value) -> Truth:
    sides = []
    for side in (left, right):
        if isinstance(side, List | Map) or (isinstance(side, Known) and not _may_be_text(side)):
            return Truth.NO
        text = to_text(side)
        if isinstance(text, Unknown):
            return Truth.UNKNOWN
        sides.append(text)
    ours, theirs = sides
    if isinstance(ours, Known) and isinstance(theirs, Known):
        same = Truth.of(ours.value == theirs.value)
        return same if _is_text(left) and _is_text(right) else same & Truth.UNKNOWN
    heads = [_end(side, 0) for side in sides]
    tails = [_end(side, -1)[::-1] for side in sides]
    if _disagree(heads[0], heads[1]) or _disagree(tails[0], tails[1]):
        return Truth.NO
    return Truth.UNKNOWN


def _is_text(value: Value) -> bool:
    return not isinstance(value, Known) or isinstance(value.value, str)


def _may_be_text(value: Known) -> bool:
    return _is_text(value) or (isinstance(value, Untyped) and value.value is not None)


def _end(value: Known | Text, index: int) -> str:
    part = value.value if isinstance(value, Known) else value.parts[index]
    return part if isinstance(part, str) else ""


def _disagree(left: str, right: str) -> bool:
    return not (left.startswith(right) or right.startswith(left))


_KINDS = (Tuple, ListOf, Set, Object, MapOf)


def _same_kind(left: List | Map, right: List | Map) -> Truth:
    """Whether two collections are of one kind. A list or map without an element that says its type
    may be of another type.
    """
    ours, theirs = (next((k for k in _KINDS if isinstance(it, k)), None) for it in (left, right))
    if ours is None or theirs is None:
        return Truth.UNKNOWN
    if ours is not theirs:
        return Truth.NO
    if isinstance(left, Tuple | Object) or (_says_type(left) and _says_type(right)):
        return Truth.YES
    assert isinstance(left, ListOf | Set | MapOf)
    assert isinstance(right, ListOf | Set | MapOf)
    return _same_type(left.of, right.of)


def _says_type(value: List | Map) -> bool:
    """Whether the type of the elements can be told from one of them."""
    items = value.items if isinstance(value, List) else value.entries.values()
    return any(map(_is_typed, items))


def _is_typed(item: Value) -> bool:
    """Whether all of a value's type can be told."""
    match item:
        case Known():
            return item.value is not None and not isinstance(item, Untyped)
        case Tuple():
            return all(map(_is_typed, item.items))
        case Object():
            return all(map(_is_typed, item.entries.values()))
        case _:
            return False


def _compared_lists(left: List, right: List) -> tuple[Truth, _Pairs]:
    kind = _same_kind(left, right)
    if kind is Truth.NO or not certain(left) or not certain(right):
        return kind & Truth.UNKNOWN, ()
    if len(left.items) != len(right.items):
        return Truth.NO, ()
    return _with_nulls(kind, left, tuple(zip(left.items, right.items, strict=True)))


def _compared_maps(left: Map, right: Map) -> tuple[Truth, _Pairs]:
    kind = _same_kind(left, right)
    if kind is Truth.NO or not closed(left) or not closed(right):
        return kind & Truth.UNKNOWN, ()
    if left.entries.keys() != right.entries.keys():
        return Truth.NO, ()
    pairs = tuple((left.entries[k], right.entries[k]) for k in left.entries)
    return _with_nulls(kind, left, pairs)


def _with_nulls(kind: Truth, left: List | Map, pairs: _Pairs) -> tuple[Truth, _Pairs]:
    """In tuples and objects a null has a type of its own, which must be the same too."""
    if isinstance(left, Tuple | Object):
        for ours, theirs in pairs:
            types = _null_type(ours), _null_type(theirs)
            if None not in types:
                kind &= _same_type(*types)
    return kind, pairs


def _null_type(value: Value) -> Type | None:
    if not isinstance(value, Known) or value.value is not None:
        return None
    return value.of if isinstance(value, Untyped) else ANY


def _same_type(left: Type | None, right: Type | None) -> Truth:
    if left is None or right is None or not settled(left) or not settled(right):
        return Truth.UNKNOWN
    return Truth.of(left == right)
