"""The matchers of EventBridge patterns: what one entry of a field's list makes of the field.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from __future__ import annotations

import ipaddress
import operator
from collections.abc import Callable, Mapping
from functools import partial

from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Choice, Known, List, Map, Text, Value
from rootlint.reason.sight import shown
from rootlint.reason.starred import fits, fits_parts, unescaped

MATCHERS = frozenset(
    {
        "anything-but",
        "cidr",
        "equals-ignore-case",
        "exists",
        "numeric",
        "prefix",
        "suffix",
        "wildcard",
    }
)
_ORDERS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
_Matcher = Callable[[Value, object], Truth]


def matches(candidate: Value, values: tuple[object, ...], node: object) -> Truth:
    """Whether one entry of a field's list matches one of the values that the field holds.

    `node` is the field itself: an empty list has no values and is there all the same.
    """
    match candidate:
        case Map(entries=entries, rest=None) if len(entries) == 1:
            ((name, operand),) = entries.items()
            return _named(name, operand, values, node)
        case Map():
            return Truth.UNKNOWN
        case Choice(options=options):
            answers = {
                Truth.UNKNOWN if option.value is None else matches(option.value, values, node)
                for option in options
            }
            return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
        case Known() | Text():
            return any_of(_equals(candidate, value) for value in values)
        case _:
            return Truth.UNKNOWN


def written(value: List) -> str:
    """The entries of a field's list in a few characters."""
    return shown([_plain(item, 3) for item in value.items[:20]] + (["…"] if value.rest else []))


def _plain(value: Value, levels: int) -> object:
    match value if levels else None:
        case Known(value=scalar):
            return scalar
        case Text(parts=parts):
            return "".join(part if isinstance(part, str) else "…" for part in parts)
        case List(items=items):
            return [_plain(item, levels - 1) for item in items[:10]]
        case Map(entries=entries):
            return {name: _plain(entry, levels - 1) for name, entry in entries.items()}
        case _:
            return "…"


def _named(name: str, operand: Value, values: tuple[object, ...], node: object) -> Truth:
    if name == "exists":
        return _exists(operand, values, node)
    matcher = _BY_NAME.get(name)
    if matcher is None:
        return Truth.UNKNOWN
    return any_of(matcher(operand, value) for value in values)


def _exists(operand: Value, values: tuple[object, ...], node: object) -> Truth:
    """True for a value, false where there is none, also where the field is an object."""
    if not isinstance(operand, Known) or not isinstance(operand.value, bool) or node == []:
        return Truth.UNKNOWN
    return Truth.of(bool(values) is operand.value)


def _equals(operand: Value, value: object) -> Truth:
    """Texts, numbers, true, false and null are equal to their own kind only."""
    match operand:
        case Text():
            return _text(operand, value, fits, str.__eq__)
        case Known(value=wanted):
            if isinstance(wanted, bool) or isinstance(value, bool):
                return Truth.of(wanted is value)
            return Truth.of(wanted == value)
        case _:
            return Truth.UNKNOWN


def _text(
    operand: Value,
    value: object,
    could: Callable[[str, str], bool],
    does: Callable[[str, str], bool],
) -> Truth:
    """A comparison of texts; with holes in the wanted one it may hold, or cannot.

    `could` takes the wanted text with `*` for each hole and says whether some text fits.
    """
    if not isinstance(value, str):
        return Truth.NO
    match operand:
        case Known(value=str() as wanted):
            return Truth.of(does(wanted, value))
        case Known():
            return Truth.NO
        case Text(parts=parts):
            pattern = "".join(part if isinstance(part, str) else "*" for part in parts)
            return Truth.UNKNOWN if could(pattern, value) else Truth.NO
        case _:
            return Truth.UNKNOWN


def _each(matcher: _Matcher, operand: Value, value: object) -> Truth:
    """A matcher that takes a list as well: one of its texts."""
    if not isinstance(operand, List):
        return matcher(operand, value)
    found = any_of(matcher(item, value) for item in operand.items)
    return found if operand.rest is None else found | Truth.UNKNOWN


def _prefix(operand: Value, value: object) -> Truth:
    folded = _ignoring_case(operand)
    if folded is not None:
        return _text(folded, value, _could_begin_folded, _begins_folded)
    return _text(operand, value, lambda want, have: fits(f"{want}*", have), _begins)


def _suffix(operand: Value, value: object) -> Truth:
    folded = _ignoring_case(operand)
    if folded is not None:
        return _text(folded, value, _could_end_folded, _ends_folded)
    return _text(operand, value, lambda want, have: fits(f"*{want}", have), _ends)


def _ignoring_case(operand: Value) -> Value | None:
    return operand.get("equals-ignore-case") if isinstance(operand, Map) else None


def _begins(wanted: str, value: str) -> bool:
    return value.startswith(wanted)


def _ends(wanted: str, value: str) -> bool:
    return value.endswith(wanted)


def _begins_folded(wanted: str, value: str) -> bool:
    return value.lower().startswith(wanted.lower())


def _ends_folded(wanted: str, value: str) -> bool:
    return value.lower().endswith(wanted.lower())


def _could_begin_folded(wanted: str, value: str) -> bool:
    return fits(f"{wanted.lower()}*", value.lower())


def _could_end_folded(wanted: str, value: str) -> bool:
    return fits(f"*{wanted.lower()}", value.lower())


def _same_letters(operand: Value, value: object) -> Truth:
    return _text(
        operand,
        value,
        lambda want, have: fits(want.lower(), have.lower()),
        lambda want, have: want.lower() == have.lower(),
    )


def _wildcard(operand: Value, value: object) -> Truth:
    return _text(operand, value, fits, lambda want, have: fits_parts(unescaped(want), have))


def _anything_but(operand: Value, value: object) -> Truth:
    """The negation of a scalar, of each scalar of a list, or of a matcher."""
    if isinstance(operand, Map):
        if len(operand.entries) != 1 or operand.rest is not None:
            return Truth.UNKNOWN
        ((name, inner),) = operand.entries.items()
        matcher = _BY_NAME.get(name)
        if matcher is None or name == "anything-but":
            return Truth.UNKNOWN
        return ~matcher(inner, value)
    return ~_each(_equals, operand, value)


def _numeric(operand: Value, value: object) -> Truth:
    """`[">", 0, "<=", 5]`: pairs of an operator and a number, all of which must hold."""
    if not isinstance(operand, List) or operand.rest is not None:
        return Truth.UNKNOWN
    items = [item.value if isinstance(item, Known) else None for item in operand.items]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Truth.NO
    holds = True
    for order, limit in zip(items[::2], items[1::2], strict=False):
        if order not in _ORDERS or isinstance(limit, bool) or not isinstance(limit, int | float):
            return Truth.UNKNOWN
        holds = holds and _ORDERS[str(order)](value, limit)
    return Truth.of(holds)


def _cidr(operand: Value, value: object) -> Truth:
    if not isinstance(operand, Known) or not isinstance(operand.value, str):
        return Truth.UNKNOWN
    try:
        network = ipaddress.ip_network(operand.value, strict=False)
    except ValueError:
        return Truth.UNKNOWN
    try:
        return Truth.of(isinstance(value, str) and ipaddress.ip_address(value) in network)
    except ValueError:
        return Truth.NO


_BY_NAME: Mapping[str, _Matcher] = {
    "anything-but": _anything_but,
    "cidr": _cidr,
    "equals-ignore-case": partial(_each, _same_letters),
    "numeric": _numeric,
    "prefix": partial(_each, _prefix),
    "suffix": partial(_each, _suffix),
    "wildcard": partial(_each, _wildcard),
}
