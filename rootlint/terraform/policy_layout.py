"""How the AWS provider writes a policy document as a text, character by character.

The fields in one order, sets from the last to the first, a set or a condition of one as that one.
Sets of blocks stand in the order of the plugin SDK, which is that of their checksums. Judged by plans
of provider 5.100.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import itemgetter
from typing import TypeVar
from zlib import crc32

from rootlint.model.read import text
from rootlint.model.value import Choice, Encoded, List, Map, Option, Value
from rootlint.record import dataclass
from rootlint.terraform.values import Loose, closed

FIELDS = (
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
)
_DOCUMENT = ("Version", "Id", "Statement")
INDENT = 2
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Document(Encoded):
    """The text of a document; its value holds lists as they are written in the configuration."""


@dataclass(frozen=True, slots=True)
class StringSet(List):
    """A set of strings, written from the last to the first, one alone as a string.

    `names` are the strings as the configuration has them, by which they are sorted, if all are known.
    """

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared(List):
    """The values of a condition: one alone is written as a string."""


def laid_out(document: Value) -> Value:
    """A document as it is written: its maps hold their entries in the order of the text."""
    if not isinstance(document, Map):
        return document
    statements = document.get("Statement")
    nothing = isinstance(statements, List) and not statements.items and statements.rest is None
    return _fields(document, _DOCUMENT[:2] if nothing else _DOCUMENT, _statements)


def as_sent(value: Value) -> Value:
    """What AWS is sent: the text of a document as it is written, so that its characters count."""
    match value:
        case Document():
            return Encoded(laid_out(value.value), value.span, value.refers, value.indent)
        case Choice():
            return _options(value, as_sent)
        case _:
            return value


def falling(written: List) -> List:
    """Strings from the last to the first; in no known order where one is not known."""
    items, rest = written.items, written.rest
    names = written.names if isinstance(written, StringSet) else ()
    names = names or tuple(name for name in map(text, items) if name is not None)
    if len(items) > 1 and (rest is not None or len(names) < len(items)):
        return Loose(items, written.span, rest)
    ordered = sorted(zip(names, items, strict=False), key=itemgetter(0), reverse=True)
    return List(tuple(item for _, item in ordered) or items, written.span, rest)


def string_set(written: List) -> StringSet:
    """A set of the strings of a list: what repeats a known one before it is left out."""
    seen: dict[str | int, Value] = {}
    for item in written.items:
        name = text(item)
        seen.setdefault(id(item) if name is None else name, item)
    names = tuple(name for name in seen if isinstance(name, str))
    names = names if len(names) == len(seen) else ()
    return StringSet(tuple(seen.values()), written.span, written.rest, written.refers, names)


def compared(written: List) -> Compared:
    """The same as values of a condition."""
    return Compared(written.items, written.span, written.rest, written.refers)


def in_order(items: Iterable[T], said: Callable[[T], str]) -> list[T]:
    """The elements of a set as the plugin SDK lists them, by what each says of itself."""
    found = {str(crc32(said(item).encode())): item for item in items}
    return [found[code] for code in sorted(found)]


def _statements(value: Value) -> Value:
    match value:
        case List():
            return replace(value, items=tuple(map(_statements, value.items)))
        case Choice():
            return _options(value, _statements)
        case Map():
            return _fields(value, FIELDS, _arranged)
        case _:
            return value


def _fields(written: Map, order: Iterable[str], work: Callable[[Value], Value]) -> Map:
    """The fields that are not empty, in their order; what a field holds is laid out by `work`."""
    entries: dict[str, Value] = {}
    for name in order:
        value = written.get(name)
        if value is not None and not _is_left_out(value):
            entries[name] = work(value)
    return replace(written, entries=entries)


def _is_left_out(value: Value) -> bool:
    empty = isinstance(value, Map) and not value.entries and value.rest is None
    return empty or text(value) == ""


def _arranged(value: Value) -> Value:
    match value:
        case StringSet() | Compared():
            return _alone(falling(value) if isinstance(value, StringSet) else value)
        case List():
            return replace(value, items=tuple(map(_arranged, value.items)))
        case Map() if closed(value):
            return replace(value, entries=_sorted(value.entries))
        case Map():
            return replace(value, entries={k: _arranged(v) for k, v in value.entries.items()})
        case Choice():
            return _options(value, _arranged)
        case _:
            return value


def _sorted(entries: Mapping[str, Value]) -> dict[str, Value]:
    return {name: _arranged(entries[name]) for name in sorted(entries)}


def _alone(value: List) -> Value:
    one = len(value.items) == 1 and value.rest is None
    return value.items[0] if one else value


def _options(value: Choice, work: Callable[[Value], Value]) -> Choice:
    options = tuple(Option(when, option and work(option)) for when, option in value.options)
    return replace(value, options=options)
