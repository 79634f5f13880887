"""A value in which some holes are taken to be a certain text: what holds then holds whatever they are.

Whatever the id of an account is, the people in it belong to it; whatever a bucket is called, its policy
is about that bucket. So one name stands for all, if it stands wherever the hole is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import is_

from rootlint.model.fill import DEEPEST
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Piece,
    Text,
    Unknown,
    Value,
    Why,
)

Name = Callable[[Unknown], str | None]


def suppose(value: Value, name: Name, depth: int = 0) -> Value:
    """The value with each hole for which `name` has a text replaced by it; all places stay."""
    if depth > DEEPEST:
        return value
    match value:
        case Unknown() | Text():
            return _scalar(value, name)
        case Known():
            return value
        case Encoded():
            inner = suppose(value.value, name, depth + 1)
            return value if inner is value.value else replace(value, value=inner)
        case _:
            return _inside(value, name, depth + 1)


def _inside(value: List | Map | Choice, name: Name, depth: int) -> Value:
    match value:
        case List():
            items = tuple(suppose(x, name, depth) for x in value.items)
            return value if _same(items, value.items) else replace(value, items=items)
        case Map():
            entries = {key: suppose(x, name, depth) for key, x in value.entries.items()}
            same = _same(entries.values(), value.entries.values())
            return value if same else replace(value, entries=entries)
        case Choice():
            return replace(value, options=tuple(_options(value, name, depth)))


def _same(found: Iterable[Value], before: Iterable[Value]) -> bool:
    """Whether nothing was replaced: then the value itself will do."""
    return all(map(is_, found, before))


def _scalar(value: Unknown | Text, name: Name) -> Value:
    if isinstance(value, Text):
        return _text(value, name)
    found = name(value)
    return value if found is None else Known(found, value.span, value.refers)


def _options(value: Choice, name: Name, depth: int) -> Iterator[Option]:
    for when, option in value.options:
        yield Option(when, None if option is None else suppose(option, name, depth))


def _text(value: Text, name: Name) -> Value:
    parts: list[str | Unknown] = []
    pieces = list(value.pieces)
    end = 0
    for part in value.parts:
        found = part if isinstance(part, str) else name(part)
        if found is not None and found is not part:
            pieces = [_moved(piece, end, len(found) - 1) for piece in pieces]
        end += 1 if found is None else len(found)
        last = parts[-1] if parts else None
        if found is not None and isinstance(last, str):
            parts[-1] = last + found
        else:
            parts.append(part if found is None else found)
    if len(parts) == 1 and isinstance(parts[0], str):
        return Known(parts[0], value.span, value.refers, tuple(pieces))
    return Text(tuple(parts), value.span, value.refers, tuple(pieces))


def _moved(piece: Piece, hole: int, by: int) -> Piece:
    """A piece behind a hole that became longer; a hole counts as one character."""
    return piece if piece.at <= hole else piece._replace(at=piece.at + by)


def own_place(account: str, region: str = "us-east-1", partition: str = "aws") -> Name:
    """Takes the account, Region and partition at hand to be these. Another provider's stay unknown."""
    texts = {"account": account, "region": region, "partition": partition}
    said: dict[str, str] = {}

    def name(hole: Unknown) -> str | None:
        if hole.why is not Why.PSEUDO or hole.shape not in texts:
            return None
        first = said.setdefault(hole.shape, hole.detail)
        return texts[hole.shape] if first == hole.detail else None

    return name
