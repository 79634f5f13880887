"""Whether two values are the same text, three-valued, and what a value refers to."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.truth import Truth, any_of
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Reference,
    Text,
    Unknown,
    Value,
)

_Part = str | tuple[str, str, Reference | None]


def same(left: Value | None, right: Value | None) -> Truth:
    """Whether two scalars are equal as text. Not written equals not written only.

    Two unknowns are the same where they are the same unknown: the variable, the attribute.
    """
    if isinstance(left, Choice):
        return _over(left, right)
    if isinstance(right, Choice):
        return _over(right, left)
    if left is None or right is None:
        return Truth.of(left is right)
    ours, theirs = _parts(left), _parts(right)
    if ours is None or theirs is None:
        return Truth.UNKNOWN
    if ours == theirs:
        return Truth.YES
    return Truth.NO if _differ(ours, theirs) else Truth.UNKNOWN


def spells(value: Value | None, word: str) -> Truth:
    """Whether a scalar is this word; what is not written is none."""
    return Truth.NO if value is None else same(value, Known(word, value.span))


def _over(choice: Choice, other: Value | None) -> Truth:
    answers = {same(option.value, other) for option in choice.options}
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def text_of(scalar: object) -> str:
    """A scalar as AWS would see it in text: `true`, `1`, `1.5`."""
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    if isinstance(scalar, float) and scalar.is_integer():
        return str(int(scalar))
    return str(scalar)


def _parts(value: Value) -> tuple[_Part, ...] | None:
    match value:
        case Known():
            return (text_of(value.value),)
        case Unknown():
            return (_identity(value),)
        case Text():
            return tuple(part if isinstance(part, str) else _identity(part) for part in value.parts)
        case _:
            return None


def _identity(hole: Unknown) -> _Part:
    return (hole.why.name, hole.detail, hole.refers)


def _differ(left: tuple[_Part, ...], right: tuple[_Part, ...]) -> bool:
    """Whether no completion makes them equal: both known, or literal ends that cannot agree."""
    if len(left) == len(right) == 1 and isinstance(left[0], str) and isinstance(right[0], str):
        return left != right
    return not (
        _agree(_head(left), _head(right), str.startswith)
        and _agree(_tail(left), _tail(right), str.endswith)
    )


def _head(parts: tuple[_Part, ...]) -> str:
    return parts[0] if parts and isinstance(parts[0], str) else ""


def _tail(parts: tuple[_Part, ...]) -> str:
    return parts[-1] if parts and isinstance(parts[-1], str) else ""


def _agree(left: str, right: str, fits: object) -> bool:
    assert callable(fits)
    return bool(fits(left, right) or fits(right, left))


def references(value: Value | None) -> Iterator[Reference]:
    """Every resource that a value refers to, however deep. Iterative: values may be nested deeply."""
    stack: list[Value | None] = [value]
    while stack:
        current = stack.pop()
        if current is None:
            continue
        if not isinstance(current, Choice) and current.refers is not None:
            yield current.refers
        stack.extend(_inside(current))


def unknowns(value: Value | None) -> Iterator[Unknown]:
    """Every hole of a value, however deep."""
    stack: list[Value | None] = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Unknown):
            yield current
        elif current is not None:
            stack.extend(_inside(current))


def choices(value: Value | None) -> Iterator[Choice]:
    """Every place of a value that hangs on what is not known, however deep."""
    stack: list[Value | None] = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Choice):
            yield current
        if current is not None:
            stack.extend(_inside(current))


def _inside(value: Value) -> Iterator[Value | None]:
    match value:
        case Known() | Unknown():
            return
        case Text():
            yield from (part for part in value.parts if isinstance(part, Unknown))
        case Encoded():
            yield value.value
        case List():
            yield from value.items
            yield value.rest
        case Map():
            yield from value.entries.values()
            yield value.rest
        case Choice():
            yield from (option.value for option in value.options)
            yield value.because


def refers_to(value: Value | None, address: str) -> bool:
    """Whether a value holds a reference to the resource of that address."""
    return any(found.address == address for found in references(value))


def any_same(value: Value | None, others: tuple[Value, ...]) -> Truth:
    return any_of(same(value, other) for other in others)
