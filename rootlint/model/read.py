"""Scalars out of values: the text, number or flag that a value is, if it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.model.same import same, text_of
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Choice, Known, List, Option, Scalar, Unknown, Value
from rootlint.source import Span


def text(value: Value | None) -> str | None:
    """The text of a known scalar, else None."""
    if isinstance(value, Known) and value.value is not None:
        return text_of(value.value)
    return None


def number(value: Value | None) -> float | None:
    """The number that a known scalar is or spells, else None."""
    found = text(value)
    try:
        return float(found) if found is not None else None
    except ValueError:
        return None


def flag(value: Value | None, *, default: bool | None = None) -> Truth:
    """Whether a boolean property is true; `default` is what holds where it is not written."""
    if value is None or (isinstance(value, Known) and value.value is None):
        return Truth.UNKNOWN if default is None else Truth.of(default)
    if isinstance(value, Choice):
        answers = {flag(option.value, default=default) for option in value.options}
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    match (text(value) or "").lower():
        case "true":
            return Truth.YES
        case "false":
            return Truth.NO
        case _:
            return Truth.UNKNOWN


def elements(value: Value | None) -> tuple[tuple[Value, ...], Unknown | None]:
    """The elements of a list and what hides more of them; a scalar is a list of one."""
    match value:
        case None | Known(value=None):
            return (), None
        case List():
            return value.items, value.rest
        case Unknown():
            return (), value
        case Choice():
            return (), value.because
        case _:
            return (value,), None


def lists(value: Value | None, wanted: str) -> Truth:
    """Whether a list of texts holds one; not written is an empty list."""
    if isinstance(value, Choice):
        answers = {lists(option.value, wanted) for option in value.options}
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    items, rest = elements(value)
    found = any_of(same(item, Known(wanted, item.span)) for item in items)
    return found if rest is None else found | Truth.UNKNOWN


def unless_empty(value: Value | None) -> Value | None:
    """The value; None where it is an empty text, for a property of which AWS takes that for nothing."""
    if isinstance(value, Choice):
        kept = tuple(Option(when, unless_empty(option)) for when, option in value.options)
        return replace(value, options=kept) if any(found for _, found in kept) else None
    return None if isinstance(value, Known) and value.value == "" else value


def options(value: Value | None) -> Iterator[tuple[str, Value | None]]:
    """The alternatives of a value with their scenarios; a value that is no choice is the only one."""
    if not isinstance(value, Choice):
        yield "", value
        return
    for when, option in value.options:
        for deeper, found in options(option):
            yield f"{when}, {deeper}" if deeper else when, found


def each(value: Value | None) -> tuple[Value, ...]:
    """The elements of a list; what hides more of them is one more."""
    items, rest = elements(value)
    return (*items, rest) if rest is not None else items


def default(value: Value | None, scalar: Scalar, span: Span) -> Value:
    """The value, or what AWS or a provider takes where it is not written."""
    if value is None:
        return Known(scalar, span)
    if isinstance(value, Choice):
        options = tuple(
            Option(when, default(option, scalar, span)) for when, option in value.options
        )
        return replace(value, options=options)
    return value
