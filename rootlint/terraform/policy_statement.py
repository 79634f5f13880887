"""One `statement` block of a policy document → the statement's JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rootlint.model.read import elements, text
from rootlint.model.same import unknowns
from rootlint.model.value import Choice, Known, List, Map, Option, Text, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.convert import show
from rootlint.terraform.policy_layout import StringSet, compared, falling, in_order, string_set
from rootlint.terraform.values import Loose

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


def variable_in(written: Value) -> Unknown | None:
    """A variable `&{…}` where the provider refuses it: in a document of the version without them."""
    if not isinstance(written, Map):
        return None
    blocks = [written]
    for name in (*_PRINCIPALS, "condition"):
        blocks.extend(_maps(written.get(name))[0])
    for block in blocks:
        for name in (*_RESOURCES, "identifiers", "values"):
            for item in elements(block.get(name))[0]:
                if "&{" in (text(item) or ""):
                    said = "the AWS provider refuses `&{` in version 2008-10-17"
                    return Unknown(Why.SYNTAX, said, item.span)
    return None


def _present(value: Value | None) -> Value | None:
    return None if isinstance(value, Known) and value.value is None else value


def _filled(value: Value | None) -> Value | None:
    """A set of strings; None where it is empty."""
    value = _present(value)
    if isinstance(value, List):
        empty = not value.items and value.rest is None
        return None if empty else string_set(value)
    return value


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
    """Principals by type; only `{"*": "*"}`, of one block, is written `"*"`."""
    if value is None:
        return None
    blocks, hidden = _maps(value)
    by_type, keys, unnamed = _grouped(blocks, "type")
    rest = hidden or unnamed
    if not by_type and rest is None:
        return None
    entries = {name: _named(found) for name, found in by_type.items()}
    anyone = entries.get("*")
    found, more = elements(anyone)
    one_block = len(by_type) == 1 and isinstance(anyone, StringSet)
    if one_block and [*map(text, found)] == ["*"] and not (rest or more):
        return Known("*", found[0].span)
    return Map(entries, value.span, rest, keys)


class _Groups(NamedTuple):
    """Blocks by what an attribute of theirs says, where that is written first, and what is not known."""

    blocks: dict[str, list[Map]]
    places: dict[str, Span]
    rest: Unknown | None


def _grouped(blocks: Iterable[Map], attribute: str) -> _Groups:
    found: dict[str, list[Map]] = {}
    places: dict[str, Span] = {}
    rest: Unknown | None = None
    for block in blocks:
        value = block.get(attribute)
        name = text(value)
        if value is None or name is None:
            rest = rest or _hole(value, block)
        else:
            found.setdefault(name, []).append(block)
            places.setdefault(name, value.span)
    return _Groups(found, places, rest)


def _named(blocks: list[Map]) -> Value:
    """The principals of one type: those of each block from the last to the first."""
    blocks = _ordered(blocks, "identifiers", _says_principals)
    sets = [_identifiers(block) for block in blocks]
    if len(sets) == 1:
        return sets[0]
    return _together([falling(each) if isinstance(each, List) else each for each in sets])


def _identifiers(block: Map) -> Value:
    """Sorted as AWS spells them: the provider sorts principals once more when it writes them."""
    found = _strings(block.get("identifiers")) or List((), block.span)
    return replace(found, names=()) if isinstance(found, StringSet) else found


def _says_principals(block: Map) -> str:
    names = in_order(_texts(block, "identifiers"), "{};".format)
    return (
        f"identifiers:{{{''.join(f'{name};' for name in names)}}};type:{text(block.get('type'))};"
    )


def _says_condition(block: Map) -> str:
    values = "".join(f"{value};" for value in _texts(block, "values"))
    test, variable = text(block.get("test")), text(block.get("variable"))
    return f"test:{test};values:({values});variable:{variable};"


def _texts(block: Map, name: str) -> list[str]:
    return [text(item) or "" for item in elements(block.get(name))[0]]


def _ordered(blocks: list[Map], name: str, says: Callable[[Map], str]) -> list[Map]:
    """Blocks in the order of the set that they are, each once, if all that they say is known."""
    if len(blocks) > 1 and not any(True for block in blocks for _ in unknowns(block.get(name))):
        return in_order(blocks, says)
    return blocks


def _together(lists: Sequence[Value]) -> List:
    """The elements of several lists; in no known order where one of them is not wholly known."""
    parts = [elements(each) for each in lists]
    items = tuple(item for found, _ in parts for item in found)
    rest = next((hidden for _, hidden in parts if hidden is not None), None)
    unsure = any(True for each in lists for _ in unknowns(each))
    return (Loose if unsure else List)(items, lists[0].span, rest)


def _conditions(value: Value | None) -> Value | None:
    """Conditions by operator and key: the values of one operator and key are put together."""
    if value is None:
        return None
    blocks, hidden = _maps(value)
    by_operator, operators, unnamed = _grouped(blocks, "test")
    rest = hidden or unnamed
    if not by_operator and rest is None:
        return None
    entries = {
        operator: _by_key(found, operators[operator]) for operator, found in by_operator.items()
    }
    return Map(entries, value.span, rest, operators)


def _by_key(blocks: list[Map], span: Span) -> Map:
    """The conditions of one operator."""
    by_key, keys, rest = _grouped(blocks, "variable")
    return Map({key: _values(found) for key, found in by_key.items()}, span, rest, keys)


def _values(blocks: list[Map]) -> Value:
    """What is compared with one key."""
    blocks = _ordered(blocks, "values", _says_condition)
    lists = [_spelt(block.get("values") or List((), block.span)) for block in blocks]
    if len(lists) == 1 and not isinstance(lists[0], List):
        return lists[0]
    found = _together(lists)
    return found if isinstance(found, Loose) and len(lists) > 1 else compared(found)


def _maps(value: Value | None) -> tuple[list[Map], Unknown | None]:
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


def _hole(value: Value | None, block: Map) -> Unknown:
    """Why an operator, a key or a type is not known."""
    found = next(unknowns(value), None) or block.rest
    return found or Unknown(Why.SYNTAX, "a part of it is not written", block.span)
