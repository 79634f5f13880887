"""A statement of a source or override document, as the AWS provider writes it again.

The provider reads such a document into fields of its own: a name may be in any case, what it has no
field for is dropped, a boolean becomes a text, a number is dropped with its condition. What it cannot
read fails the plan. Judged by plans of provider 5.100.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rootlint.model.read import each, text
from rootlint.model.value import Choice, Known, List, Map, Option, Unknown, Value, Why
from rootlint.terraform.policy_layout import FIELDS, StringSet, compared, falling
from rootlint.terraform.values import is_null

_PLAIN = {name.lower(): name for name in ("Version", "Id", "Statement", *FIELDS)}


_TEXT, _LIST, _OBJECT = frozenset(("string",)), frozenset(("list",)), frozenset(("object",))
_Odd = tuple[str, Value]


def fields(written: Map) -> Map:
    """A document or statement with the names of its fields as AWS spells them."""
    entries = {_PLAIN.get(name.lower(), name): value for name, value in written.entries.items()}
    keys = {_PLAIN.get(name.lower(), name): span for name, span in written.keys.items()}
    return replace(written, entries=entries, keys=keys)


def refusal(document: Map) -> Unknown | None:
    """Why the provider does not take a document, the names of whose fields are as AWS spells them."""
    for what, value in _refused(document):
        said = f"the AWS provider refuses this document: {what}"
        return Unknown(Why.SYNTAX, said, value.span)
    return None


def _refused(document: Map) -> Iterator[_Odd]:
    for name in ("Version", "Id"):
        yield from _unless(_TEXT, name, document.get(name))
    written = document.get("Statement")
    yield from _unless(_LIST, "Statement", written)
    for statement in written.items if isinstance(written, List) else ():
        if isinstance(statement, Map):
            yield from _refused_in(fields(statement))
        else:
            yield from _unless(_OBJECT, "Statement", statement, null=False)


def _refused_in(statement: Map) -> Iterator[_Odd]:
    for name in ("Sid", "Effect"):
        yield from _unless(_TEXT, name, statement.get(name))
    for name in ("Principal", "NotPrincipal"):
        named = statement.get(name)
        yield from _unless(_TEXT | _OBJECT, name, named, null=False)
        for names in named.entries.values() if isinstance(named, Map) else ():
            yield from _unless(_TEXT | _LIST, name, names, null=False)
            for one in names.items if isinstance(names, List) else ():
                yield from _unless(_TEXT, name, one, null=False)
    conditions = statement.get("Condition")
    yield from _unless(_OBJECT, "Condition", conditions)
    for operator, keys in conditions.entries.items() if isinstance(conditions, Map) else ():
        yield from _unless(_OBJECT, operator, keys)


def _unless(
    wanted: frozenset[str], name: str, value: Value | None, *, null: bool = True
) -> Iterator[_Odd]:
    """A value that is certainly of none of the types that the provider can read here."""
    match value:
        case Known(value=None):
            odd = not null
        case Known(value=str()):
            odd = "string" not in wanted
        case List():
            odd = "list" not in wanted
        case Map():
            odd = "object" not in wanted
        case _:
            odd = isinstance(value, Known)
    if odd and value is not None:
        yield f"`{name}` is no {' or '.join(sorted(wanted))}", value


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
        if name in FIELDS and not is_null(value)
    }
    return replace(written, entries=entries)


def _principal(written: Value) -> Value:
    """Any text and `{"*": "*"}` are written `"*"`, and a list from the last to the first."""
    if not isinstance(written, Map):
        return replace(written, value="*") if isinstance(written, Known) else written
    if list(written.entries) == ["*"] and written.rest is None:
        found = each(written.entries["*"])
        if [*map(text, found)] == ["*"]:
            return found[0]
    return replace(
        written, entries={kind: _names(value) for kind, value in written.entries.items()}
    )


def _names(written: Value) -> Value:
    is_list = isinstance(written, List) and not isinstance(written, StringSet)
    return falling(written) if isinstance(written, List) and is_list else written


def _condition(written: Value) -> Value:
    """The conditions without those that the provider does not take up: a bare number, and null."""
    if not isinstance(written, Map):
        return written
    entries = {operator: _keys(keys) for operator, keys in written.entries.items()}
    kept = {name: keys for name, keys in entries.items() if not _is_nothing(keys)}
    return replace(written, entries=kept)


def _keys(written: Value) -> Value:
    if not isinstance(written, Map):
        return written
    entries = {key: _compared(value) for key, value in written.entries.items()}
    return replace(written, entries={k: value for k, value in entries.items() if value is not None})


def _is_nothing(keys: Value) -> bool:
    return is_null(keys) or (isinstance(keys, Map) and not keys.entries and keys.rest is None)


def _compared(value: Value) -> Value | None:
    """What is compared, a boolean as a text; None for what the provider drops."""
    match value:
        case List():
            return compared(value)
        case Known(value=bool() as truth):
            return Known("true" if truth else "false", value.span)
        case Known(value=None | int() | float()):
            return None
        case _:
            return value
