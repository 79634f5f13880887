"""Values with those holes filled of which it is known what they stand for: the own account, a resource's ARN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rootlint.model.fill import DEEPEST
from rootlint.model.value import Choice, Encoded, Known, List, Map, Option, Text, Unknown, Value

Word = Callable[[Unknown | Text], str | None]


def resolved(value: Value, word: Word, depth: int = 0) -> Value:
    """The value with each hole filled of which `word` knows the text; the others stay holes.

    `word` is asked of a text with holes as a whole first, then of each hole.
    """
    match value if depth <= DEEPEST else None:
        case Unknown() | Text() as text:
            known = word(text)
            return _text(text, word) if known is None else Known(known, text.span)
        case Encoded() as text:
            return replace(text, value=resolved(text.value, word, depth + 1))
        case List() as items:
            return replace(items, items=tuple(resolved(x, word, depth + 1) for x in items.items))
        case Map() as block:
            found = {name: resolved(x, word, depth + 1) for name, x in block.entries.items()}
            return replace(block, entries=found)
        case Choice() as choice:
            return replace(choice, options=tuple(_option(x, word, depth) for x in choice.options))
        case _:
            return value


def _option(option: Option, word: Word, depth: int) -> Option:
    if option.value is None:
        return option
    return option._replace(value=resolved(option.value, word, depth + 1))


def _text(value: Text | Unknown, word: Word) -> Value:
    """The text with the holes filled, never with two literal parts in a row."""
    if isinstance(value, Unknown):
        return value
    parts: list[str | Unknown] = []
    for part in value.parts:
        found = part if isinstance(part, str) else word(part)
        last = parts[-1] if parts else None
        if found is None:
            assert isinstance(part, Unknown)
            parts.append(part)
        elif isinstance(last, str):
            parts[-1] = last + found
        elif found:
            parts.append(found)
    literal = [part for part in parts if isinstance(part, str)]
    if len(literal) == len(parts):
        return Known("".join(literal), value.span)
    return Text(tuple(parts), value.span)
