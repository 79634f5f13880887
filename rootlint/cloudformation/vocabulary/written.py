"""Properties of a resource: written or not, in force or of one alternative, as what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rootlint.cloudformation.choices import each as changed
from rootlint.cloudformation.naming import attribute_of
from rootlint.cloudformation.resources import Written
from rootlint.model.same import text_of, unknowns
from rootlint.model.unit import Declared
from rootlint.model.value import Choice, Known, List, Map, Option, Unknown, Value
from rootlint.source import Span

Reader = Callable[[Written], Iterator[Declared]]

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


def field(block: Value | None, name: str) -> Value | None:
    """The entry of that name; `None` where it is not written or null, unknown where it may be hidden."""
    match block:
        case Map():
            return _without_null(block.entries.get(name, block.rest))
        case Choice():
            options = [Option(when, field(option, name)) for when, option in block.options]
            if all(option.value is None for option in options):
                return None
            return Choice(tuple(options), block.because, block.span)
        case Unknown():
            return block
        case _:
            return None


def text(block: Value | None, name: str) -> Value | None:
    """A property that is a string: `1` and `true` are written `"1"` and `"true"`."""
    return changed(field(block, name), _as_text)


def number(block: Value | None, name: str) -> Value | None:
    """A property that is a number: `"1"` is 1."""
    return changed(field(block, name), _as_number)


def flag(block: Value | None, name: str) -> Value | None:
    """A property that is a boolean: `"true"` and YAML 1.1's `Yes` are true."""
    return changed(field(block, name), _as_flag)


def own(written: Written, attribute: str = "") -> Value:
    """The resource itself, as others would refer to it: its name or ARN with the reference."""
    found = attribute_of(
        written.evaluator, written.name, attribute, written.resource.span, written.scope
    )
    assert found is not None
    return found


def pairs(value: Value | None, key: str) -> Value | None:
    """A list of maps with `key` and `Value` as one map."""
    if not isinstance(value, List) or not all(isinstance(item, Map) for item in value.items):
        return value
    entries: dict[str, Value] = {}
    keys: dict[str, Span] = {}
    rest = value.rest
    for item in value.items:
        name, found = field(item, key), field(item, "Value")
        if isinstance(name, Known) and found is not None:
            entries[text_of(name.value)] = found
            keys[text_of(name.value)] = name.span
        elif name is not None:
            rest = rest or next(unknowns(name), None)
    return Map(entries, value.span, rest, keys)


def _without_null(value: Value | None) -> Value | None:
    return None if isinstance(value, Known) and value.value is None else value


def _as_text(value: Value) -> Value:
    if isinstance(value, Known) and not isinstance(value.value, str | None):
        return replace(value, value=text_of(value.value))
    return value


def _as_number(value: Value) -> Value:
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return value
    try:
        found = float(value.value)
    except ValueError:
        return value
    whole = found.is_integer() and abs(found) < 1e15
    return replace(value, value=int(found) if whole else found)


def _as_flag(value: Value) -> Value:
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return value
    word = value.value.lower()
    if word in _TRUE or word in _FALSE:
        return replace(value, value=word in _TRUE)
    return value
