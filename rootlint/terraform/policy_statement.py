"""One `statement` block of a policy document → the statement's JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.model.read import elements, text
from rootlint.model.same import unknowns
from rootlint.model.value import Choice, Known, List, Map, Option, Text, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.convert import show

_ACTIONS = {"actions": "Action", "not_actions": "NotAction"}
_RESOURCES = {"resources": "Resource", "not_resources": "NotResource"}
_PRINCIPALS = {"principals": "Principal", "not_principals": "NotPrincipal"}


def statement(written: Map, span: Span) -> Map:
    """The JSON of a statement. `span` is the place of its header."""
    entries: dict[str, Value] = {}
    keys: dict[str, Span] = {}

    def put(name: str, argument: str, value: Value | None) -> None:
        if value is not None:
            entries[name] = value
            keys[name] = written.keys.get(argument, span)

    if text(written.get("sid")) != "":
        put("Sid", "sid", _present(written.get("sid")))
    put("Effect", "effect", _present(written.get("effect")) or Known("Allow", span))
    for argument, name in _ACTIONS.items():
        put(name, argument, _filled(written.get(argument)))
    for argument, name in _RESOURCES.items():
        put(name, argument, _strings(written.get(argument)))
    for argument, name in _PRINCIPALS.items():
        put(name, argument, _principals(written.get(argument)))
    put("Condition", "condition", _conditions(written.get("condition")))
    return Map(entries, span, written.rest, keys)


def _present(value: Value | None) -> Value | None:
    return None if isinstance(value, Known) and value.value is None else value


def _filled(value: Value | None) -> Value | None:
    """A list; None where it is empty."""
    value = _present(value)
    empty = isinstance(value, List) and not value.items and value.rest is None
    return None if empty else value


def _strings(value: Value | None) -> Value | None:
    """A list of strings with policy variables spelt as AWS does; None where it is empty."""
    filled = _filled(value)
    return None if filled is None else _spelt(filled)


def _spelt(value: Value) -> Value:
    """`&{aws:username}` as `${aws:username}`, wherever it stands; a number or boolean as a text."""
    match value:
        case Known(value=str() as written):
            return replace(value, value=written.replace("&{", "${"))
        case Known(value=bool() | int() | float() as written):
            return Known(show(written), value.span)
        case Text():
            parts = tuple(
                part.replace("&{", "${") if isinstance(part, str) else part for part in value.parts
            )
            return replace(value, parts=parts)
        case List():
            return replace(value, items=tuple(map(_spelt, value.items)))
        case Choice():
            options = tuple(
                Option(when, option and _spelt(option)) for when, option in value.options
            )
            return replace(value, options=options)
        case _:
            return value


def _principals(value: Value | None) -> Value | None:
    """Principals by type; only `{"*": "*"}` is written `"*"`."""
    if value is None:
        return None
    blocks, rest = _maps(value)
    by_type: dict[str, Value] = {}
    keys: dict[str, Span] = {}
    for block in blocks:
        kind = block.get("type")
        name = text(kind)
        if kind is None or name is None:
            rest = rest or _hole(kind, block)
        else:
            named = _strings(block.get("identifiers")) or List((), block.span)
            by_type[name] = _appended(by_type.get(name), named)
            keys.setdefault(name, kind.span)
    if not by_type and rest is None:
        return None
    found, more = elements(by_type.get("*"))
    if len(by_type) == 1 and {*map(text, found)} == {"*"} and not (rest or more):
        return Known("*", found[0].span)
    return Map(by_type, value.span, rest, keys)


def _conditions(value: Value | None) -> Value | None:
    """Conditions by operator and key: the values of one operator and key are put together."""
    if value is None:
        return None
    blocks, rest = _maps(value)
    by_operator: dict[str, list[Map]] = {}
    operators: dict[str, Span] = {}
    for block in blocks:
        test = block.get("test")
        operator = text(test)
        if operator is None or test is None:
            rest = rest or _hole(test, block)
        else:
            by_operator.setdefault(operator, []).append(block)
            operators.setdefault(operator, test.span)
    if not by_operator and rest is None:
        return None
    entries = {
        operator: _by_key(found, operators[operator]) for operator, found in by_operator.items()
    }
    return Map(entries, value.span, rest, operators)


def _by_key(blocks: list[Map], span: Span) -> Map:
    """The conditions of one operator."""
    entries: dict[str, Value] = {}
    keys: dict[str, Span] = {}
    rest: Unknown | None = None
    for block in blocks:
        variable = block.get("variable")
        key = text(variable)
        if key is None or variable is None:
            rest = rest or _hole(variable, block)
        else:
            values = _strings(block.get("values")) or List((), block.span)
            entries[key] = _appended(entries.get(key), values)
            keys.setdefault(key, variable.span)
    return Map(entries, span, rest, keys)


def _maps(value: Value) -> tuple[list[Map], Unknown | None]:
    items, rest = elements(value)
    blocks = [item for item in items if isinstance(item, Map)]
    return blocks, rest or next(_odd(items), None)


def _odd(items: tuple[Value, ...]) -> Iterator[Unknown]:
    """What hides a block that may be there, or is one of several."""
    for item in items:
        if isinstance(item, Unknown):
            yield item
        elif isinstance(item, Choice):
            yield item.because


def _appended(first: Value | None, more: Value) -> Value:
    if first is None:
        return more
    ours, rest = elements(first)
    theirs, hidden = elements(more)
    return List((*ours, *theirs), first.span, rest or hidden)


def _hole(value: Value | None, block: Map) -> Unknown:
    """Why an operator, a key or a type is not known."""
    found = next(unknowns(value), None) or block.rest
    return found or Unknown(Why.SYNTAX, "a part of it is not written", block.span)
