"""`count` and `for_each` → the instances of a resource or module, as far as they are known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from rootlint.model.read import number, text
from rootlint.model.same import any_same, unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Map, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.presence import HERE, Presence
from rootlint.terraform.switch import Written, switch
from rootlint.terraform.syntax import Attribute
from rootlint.terraform.values import Object, Tuple

MOST = 2_000
_MOST_UNKNOWN = 100
_KEY = ("each", "key")
_VALUE = ("each", "value")


class Mode(Enum):
    SINGLE = "one"
    COUNT = "count"
    FOR_EACH = "for_each"


class Instance(NamedTuple):
    """One instance: what follows its address, its key, and what `count` and `each` are in it.

    `generic` stands for the instances of which not even the number is known.
    """

    suffix: str = ""
    key: str | None = None
    presence: Presence = HERE
    bound: Mapping[tuple[str, str], Value] = {}
    generic: bool = False


class Expansion(NamedTuple):
    """All instances, and what hides more of them."""

    mode: Mode
    instances: tuple[Instance, ...]
    rest: Unknown | None = None


ONE = Expansion(Mode.SINGLE, (Instance(),))


def expand(attributes: Mapping[str, Attribute], scope: Written, most: int = MOST) -> Expansion:
    """The instances that the meta-arguments of a block make; one that stands for all above `most`."""
    count, each = attributes.get("count"), attributes.get("for_each")
    if count is not None:
        value = evaluate(count.expr, scope)
        found = _counted(value, count.span, most)
    elif each is not None:
        value = evaluate(each.expr, scope)
        found = _limited(_keyed(value, each.span), each.span, most)
    else:
        return ONE
    decided = count or each
    if found.instances or decided is None:
        return found
    return found._replace(instances=(_absent(found.mode, decided, scope),))


def collect(expansion: Expansion, values: Sequence[Value], span: Span, rest: Unknown) -> Value:
    """What a reference to the whole gives: one value, a list or a map of the instances that may be."""
    more = rest if expansion.rest else None
    pairs = [
        (instance, value)
        for instance, value in zip(expansion.instances, values, strict=True)
        if instance.presence.exists is not Truth.NO
    ]
    match expansion.mode:
        case Mode.SINGLE:
            return values[0]
        case Mode.COUNT:
            return Tuple(tuple(value for _, value in pairs), span, more)
        case Mode.FOR_EACH:
            keyed = {one.key: value for one, value in pairs if one.key is not None}
            # Where no key is known, whatever key is asked for names the one that stands for all.
            return Object(keyed, span, more, refers=None if keyed or more is None else more.refers)


def _too_many(mode: Mode, span: Span) -> Expansion:
    because = Unknown(Why.LIMIT, "so many instances are not worked out", span)
    return Expansion(mode, (_generic(mode, because, Truth.UNKNOWN),), because)


def _counted(value: Value, span: Span, most: int) -> Expansion:
    options = [option.value for option in value.options] if isinstance(value, Choice) else [value]
    numbers = [_whole(option) for option in options]
    known = [found for found in numbers if found is not None]
    if len(known) < len(numbers) or not known:
        because = _reason(value, "`count` is not known", span)
        return Expansion(Mode.COUNT, (_generic(Mode.COUNT, because, Truth.UNKNOWN),), because)
    if max(known) > most:
        return _too_many(Mode.COUNT, span)
    may = Presence(Truth.UNKNOWN, value.because) if isinstance(value, Choice) else HERE
    instances = tuple(
        Instance(
            f"[{index}]",
            presence=HERE if index < min(known) else may,
            bound={("count", "index"): Known(index, span)},
        )
        for index in range(max(known))
    )
    return Expansion(Mode.COUNT, instances, may.because)


def _whole(value: Value | None) -> int | None:
    """The number of instances that a count says; a boolean is no number to Terraform."""
    if isinstance(value, Known) and isinstance(value.value, bool):
        return None
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == found // 1 else None


def _keyed(value: Value, span: Span) -> Expansion:
    if not isinstance(value, Choice):
        return _keyed_one(value, span)
    found = [_keyed_one(option.value, span) for option in value.options]
    everywhere = set.intersection(*({one.key for one in each.instances} for each in found))
    may = Presence(Truth.UNKNOWN, value.because)
    merged: dict[str, Instance] = {}
    for expansion in found:
        for one in expansion.instances:
            presence = one.presence if one.key in everywhere else may
            merged.setdefault(one.suffix, one._replace(presence=presence))
    if all(expansion.rest is None for expansion in found):
        rest = value.because if merged else None
    else:
        rest = value.because
    return Expansion(Mode.FOR_EACH, tuple(merged.values()), rest)


def _limited(expansion: Expansion, span: Span, most: int) -> Expansion:
    return _too_many(expansion.mode, span) if len(expansion.instances) > most else expansion


def _keyed_one(value: Value | None, span: Span) -> Expansion:
    match value:
        case Map():
            instances = [_with_key(key, element) for key, element in value.entries.items()]
            return _with_rest(instances, value.rest)
        case List():
            return _of_set(value)
        case _:
            because = _reason(value, "`for_each` is not known", span)
            return _with_rest([], because)


def _with_rest(instances: list[Instance], rest: Unknown | None) -> Expansion:
    if rest is not None:
        instances.append(_generic(Mode.FOR_EACH, rest, Truth.UNKNOWN))
    return Expansion(Mode.FOR_EACH, tuple(instances), rest)


def _with_key(key: str, value: Value, name: Value | None = None) -> Instance:
    """The instance of a key. A value that is there in some scenarios only makes one that may exist."""
    presence, found = _certain(value)
    place = name or Known(key, value.span)
    return Instance(_suffix(key), key, presence, {_KEY: place, _VALUE: found})


def _certain(value: Value) -> tuple[Presence, Value]:
    if not isinstance(value, Choice) or all(option.value for option in value.options):
        return HERE, value
    there = [option.value for option in value.options if option.value is not None]
    found = there[0] if len(there) == 1 else value
    return Presence(Truth.UNKNOWN, value.because), found


def _of_set(value: List) -> Expansion:
    """A set's elements. Those that are not known make instances whose key is not known."""
    known: dict[str, Instance] = {}
    others: list[Value] = []
    for item in value.items:
        key = text(_certain(item)[1])
        if key is None:
            others.append(item)
        elif key not in known or known[key].presence.exists is not Truth.YES:
            known[key] = _with_key(key, item, _certain(item)[1])
    instances = [*known.values()]
    hidden = value.rest
    for index, item in enumerate(others):
        because = next(unknowns(item), None)
        if because is None or index == _MOST_UNKNOWN:
            hidden = hidden or because or Unknown(Why.LIMIT, "no set of strings", value.span)
            break
        certain = tuple(one.bound[_KEY] for one in known.values())
        before = (*certain, *others[:index]) if len(certain) < _MOST_UNKNOWN else (item,)
        instances.append(_unknown_element(index, item, because, any_same(item, before)))
    found = _with_rest(instances, hidden)
    first = next((unknown for item in others for unknown in unknowns(item)), None)
    return found._replace(rest=found.rest or first)


def _unknown_element(index: int, item: Value, because: Unknown, twin: Truth) -> Instance:
    """It exists where it equals none of those before it."""
    presence = HERE if twin is Truth.NO else Presence(Truth.UNKNOWN, because)
    return Instance(f"[*{index}]", None, presence, {_KEY: item, _VALUE: item})


def _suffix(key: str) -> str:
    return f"[{json.dumps(key, ensure_ascii=False)}]"


def _generic(mode: Mode, because: Unknown, exists: Truth) -> Instance:
    names = ("index",) if mode is Mode.COUNT else ("key", "value")
    root = "count" if mode is Mode.COUNT else "each"
    bound = {
        (root, name): Unknown(Why.COUNT, f"`{root}.{name}` is not known", because.span)
        for name in names
    }
    suffix = "[0]" if mode is Mode.COUNT else ""
    return Instance(suffix, None, Presence(exists, because), bound, generic=True)


def _absent(mode: Mode, decided: Attribute, scope: Written) -> Instance:
    """What would be there, under the values in force it is not."""
    presence = Presence(Truth.NO, None, switch(decided.expr, scope))
    if mode is Mode.COUNT:
        return Instance("[0]", None, presence, {("count", "index"): Known(0, decided.span)})
    because = Unknown(Why.COUNT, "`for_each` is empty", decided.span)
    return _generic(mode, because, Truth.NO)._replace(presence=presence)


def _reason(value: Value | None, said: str, span: Span) -> Unknown:
    found = next(unknowns(value), None)
    return found or Unknown(Why.COUNT, said, span)
