"""Policy documents out of values: one unknown part never loses the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rootlint.embedded.json_text import parse_json
from rootlint.embedded.statement import statement
from rootlint.model.policy import Policy, Statement
from rootlint.model.same import same
from rootlint.model.truth import Truth
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Text,
    Unknown,
    Value,
    Why,
)

# In characters, of a key policy: no other kind of policy may be as large.
# https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
LARGEST = 32_768
_ELEMENTS = {"version", "id", "statement"}


def policy(value: Value) -> Policy | Unknown:
    """The policy document that a value is: a map, the JSON text of one, or alternatives of them.

    `Unknown` where it is no document at all: `Why.SYNTAX` says what is wrong and where. Where it is
    not known which of several documents is in force, their statements are all there, each `exists`
    UNKNOWN.
    """
    document = parse_json(value)
    match document:
        case Unknown():
            return document
        case Map():
            return _policy(document, value)
        case Choice():
            return _alternatives(document, value)
        case Known() | Text() if isinstance(value, Encoded):
            # JSON of a JSON text: encoded once too often, AWS sees a string and no object.
            return _no_object("a string", document)
        case List():
            return _no_object("a list", document)
        case _:
            return _no_object("a single value", document)


def _no_object(what: str, document: Value) -> Unknown:
    return Unknown(Why.SYNTAX, f"a policy is one JSON object, this is {what}", document.span)


def _policy(document: Map, raw: Value) -> Policy:
    if _size(document) > LARGEST:
        endless = Unknown(Why.LIMIT, "a policy larger than any that AWS takes", document.span)
        return Policy((), document.span, raw, rest=endless)
    written = document.get("Statement")
    statements, rest = _statements(written, 0) if written is not None else ([], document.rest)
    version = document.get("Version")
    if version is None and document.rest is not None:
        version = document.rest
    return Policy(tuple(statements), document.span, raw, version, rest or _other_case(document))


def _size(value: Value | None) -> int:
    """The characters of all texts and keys of a value; counting ends where they are too many."""
    total = 0
    left = [value]
    while left and total <= LARGEST:
        match left.pop():
            case Map() as found:
                total += sum(map(len, found.entries))
                left += found.entries.values()
            case List() as found:
                left += found.items
            case Choice() as found:
                left += (option.value for option in found.options)
            case Known(value=str() as written):
                total += len(written)
            case Text() as found:
                total += sum(len(part) for part in found.parts if isinstance(part, str))
            case _:
                total += 1
    return total


def _other_case(document: Map) -> Unknown | None:
    """What stands under a name of which only the case is wrong: AWS does not say what it makes of it."""
    names = {"Version", "Id", "Statement"}
    for name, value in document.entries.items():
        if name not in names and name.lower() in _ELEMENTS:
            place = document.keys.get(name, value.span)
            return Unknown(Why.UNSPECIFIED, f"`{name}` is not spelt as AWS spells it", place)
    return None


def _statements(value: Value, index: int) -> tuple[list[Statement], Unknown | None]:
    """The statements of a Statement element, numbered from `index`, and what may be more of them."""
    match value:
        case List():
            return _listed(value)
        case Map():
            return [statement(value, index)], None
        case Choice():
            return _optional(value, index)
        case Unknown():
            return [], value
        case _:
            detail = "a statement is a JSON object, this is none"
            return [], Unknown(Why.SYNTAX, detail, value.span)


def _listed(value: List) -> tuple[list[Statement], Unknown | None]:
    statements: list[Statement] = []
    rest = value.rest
    for index, item in enumerate(value.items):
        found, hidden = _statements(item, index)
        statements += found
        rest = rest or hidden
    return statements, rest


def _optional(choice: Choice, index: int) -> tuple[list[Statement], Unknown | None]:
    """The statements of all alternatives: each may be there or not."""
    statements: list[Statement] = []
    rest = None
    for option in choice.options:
        if option.value is None or _is_null(option.value):
            continue
        found, hidden = _statements(option.value, index)
        statements += _perhaps(found, choice.because)
        rest = rest or hidden
    return statements, rest


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.value is None


def _perhaps(statements: Iterable[Statement], because: Unknown) -> Iterator[Statement]:
    for found in statements:
        yield replace(found, exists=found.exists & Truth.UNKNOWN, because=found.because or because)


def _alternatives(choice: Choice, raw: Value) -> Policy | Unknown:
    found = [policy(option.value) for option in choice.options if option.value is not None]
    documents = [document for document in found if isinstance(document, Policy)]
    hidden = next((document for document in found if isinstance(document, Unknown)), None)
    if not documents:
        return hidden or choice.because
    statements = [
        perhaps
        for document in documents
        for perhaps in _perhaps(document.statements, choice.because)
    ]
    rest = hidden or next((document.rest for document in documents if document.rest), None)
    return Policy(tuple(statements), choice.span, raw, _version(documents, choice), rest)


def _version(documents: list[Policy], choice: Choice) -> Value | None:
    first = documents[0].version
    if all(same(first, document.version) is Truth.YES for document in documents):
        return first
    options = tuple(Option("", document.version) for document in documents)
    return Choice(options, choice.because, choice.span)
