"""A statement of a source or override document, as the AWS provider writes it again.

The provider reads such a document into fields of its own: a name may be in any case, what it has no
field for is dropped, a boolean becomes a text. Judged by plans of provider 5.100.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rootlint.model.read import text
from rootlint.model.value import Choice, Known, Map, Option, Unknown, Value, Why

_FIELDS = (
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
_PLAIN = {name.lower(): name for name in ("Version", "Id", "Statement", *_FIELDS)}


def fields(written: Map) -> Map:
    """A document or statement with the names of its fields as AWS spells them."""
    entries = {_PLAIN.get(name.lower(), name): value for name, value in written.entries.items()}
    keys = {_PLAIN.get(name.lower(), name): span for name, span in written.keys.items()}
    return replace(written, entries=entries, keys=keys)


def written_again(statement: Value) -> Value:
    """What the provider makes of a statement that it has read."""
    match statement:
        case Map():
            return _statement(fields(statement))
        case Choice():
            options = tuple(
                Option(when, option and written_again(option)) for when, option in statement.options
            )
            return replace(statement, options=options)
        case _:
            return statement


_Work = Callable[[Value], Value]


def _statement(written: Map) -> Map:
    again: dict[str, _Work] = {
        "Principal": _principal,
        "NotPrincipal": _principal,
        "Condition": _condition,
    }
    entries = {
        name: again[name](value) if name in again else value
        for name, value in written.entries.items()
        if name in _FIELDS
    }
    return replace(written, entries=entries)


def _principal(written: Value) -> Value:
    """`{"*": "*"}` is written `"*"`."""
    if isinstance(written, Map) and list(written.entries) == ["*"] and written.rest is None:
        anyone = written.entries["*"]
        return anyone if text(anyone) == "*" else written
    return written


def _condition(written: Value) -> Value:
    if not isinstance(written, Map):
        return written
    entries = {
        operator: replace(
            keys, entries={key: _compared(value) for key, value in keys.entries.items()}
        )
        if isinstance(keys, Map)
        else keys
        for operator, keys in written.entries.items()
    }
    return replace(written, entries=entries)


def _compared(value: Value) -> Value:
    """The value of a condition: a boolean is a text, and a number is lost with its condition."""
    match value:
        case Known(value=bool() as truth):
            return Known("true" if truth else "false", value.span)
        case Known(value=int() | float()):
            return Unknown(Why.CONDITION, "the AWS provider drops a bare number here", value.span)
        case _:
            return value
