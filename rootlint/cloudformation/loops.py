"""`Fn::ForEach` written out where its collection is known; it and `Fn::Transform` hide entries elsewhere.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mapped
from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.nodes import Entry, Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.pieces import placed
from rootlint.cloudformation.scope import NOWHERE, Scope
from rootlint.model.place import spot
from rootlint.model.same import text_of
from rootlint.model.value import Known, List, Unknown, Why
from rootlint.source import SourceFile

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator

MOST_COPIES = 10_000
_DEEPEST = 5
_FOR_EACH = "Fn::ForEach"
_IDENTIFIER = re.compile(r"\$\{\w+\}")
TRANSFORM = "Fn::Transform"


class Copy(NamedTuple):
    """An entry as it stands, or a copy of it that a loop makes; `hidden` says what cannot be seen.

    `evaluator` is the one of the file in which it is written.
    """

    key: Scalar
    node: Node
    scope: Scope
    evaluator: Evaluator
    hidden: Unknown | None = None


def copies(evaluator: Evaluator, entries: Iterable[Entry], scope: Scope) -> Iterator[Copy]:
    """The entries of a mapping, each loop in its place replaced by what it makes."""
    for entry in entries:
        key, node = entry
        if not key.text.startswith("Fn::"):
            yield Copy(key, node, scope, evaluator)
        elif key.text.startswith(_FOR_EACH):
            yield from _repeated(evaluator, entry, scope)
        elif key.text == TRANSFORM:
            yield from _put_in(evaluator, entry, scope)
        else:
            yield Copy(key, node, scope, evaluator)


def _put_in(evaluator: Evaluator, entry: Entry, scope: Scope) -> Iterator[Copy]:
    """The entries of the files that are put there; one that is hidden where they are not at hand."""
    from rootlint.cloudformation.includes import include

    key, node = entry
    for one in node.items if isinstance(node, Sequence) else (node,):
        found = include(evaluator, one, evaluator.key_span(key), scope)
        if isinstance(found, Unknown):
            yield Copy(key, one, scope, evaluator, found)
        elif isinstance(found.root, Mapping):
            yield from copies(found.evaluator, found.root.entries.values(), scope)
        else:
            hidden = Unknown(Why.BROKEN, "what is included is no mapping", evaluator.key_span(key))
            yield Copy(key, one, scope, evaluator, hidden)


def _repeated(evaluator: Evaluator, entry: Entry, scope: Scope) -> Iterator[Copy]:
    key, node = entry
    loop = _loop(node)
    names = _collection(evaluator, loop, scope) if loop else None
    if loop is None or names is None or len(scope.names) >= _DEEPEST:
        hidden = Unknown(Why.MACRO, f"`{key.text}` is not written out", evaluator.key_span(key))
        yield Copy(key, node, scope, evaluator, hidden)
        return
    for name in names:
        inner = scope._replace(names=((loop.identifier, name), *scope.names))
        body = [(_named(found, inner), value) for found, value in loop.body]
        yield from copies(evaluator, body, inner)


def table(evaluator: Evaluator, section: Mapped[str, Entry]) -> dict[str, Copy]:
    """A section by name, with its loops written out; what cannot be is there under the loop's name."""
    if not any(name.startswith(_FOR_EACH) for name in section):
        return {name: Copy(key, node, NOWHERE, evaluator) for name, (key, node) in section.items()}
    return {copy.key.text: copy for copy in copies(evaluator, section.values(), NOWHERE)}


def filled(file: SourceFile, node: Scalar, scope: Scope) -> Known:
    """A text with the identifiers of the loops around filled in, each part in its place."""
    span, pieces = placed(file, node)
    made = Assembly(span)
    at = 0
    for found in _IDENTIFIER.finditer(node.text):
        value = scope.filled(found.group())
        if value != found.group():
            made.slice(node.text, pieces, at, found.start())
            made.add(Known(value, span), spot(Known(node.text, span, None, pieces), *found.span()))
            at = found.end()
    made.slice(node.text, pieces, at, len(node.text))
    whole = made.value()
    return whole if isinstance(whole, Known) else Known(scope.filled(node.text), span)


class _Loop(NamedTuple):
    identifier: str
    collection: Node
    body: tuple[Entry, ...]


def _loop(node: Node) -> _Loop | None:
    """The three arguments of a loop; None where it is written otherwise."""
    if not isinstance(node, Sequence) or len(node.items) != 3:
        return None
    identifier, collection, body = node.items
    if not isinstance(identifier, Scalar) or not isinstance(body, Mapping):
        return None
    return _Loop(identifier.text, collection, tuple(body.entries.values()))


def _collection(evaluator: Evaluator, loop: _Loop, scope: Scope) -> tuple[str, ...] | None:
    if evaluator.depth.copied > MOST_COPIES:
        return None
    value = evaluator.evaluate(loop.collection, scope)
    if not isinstance(value, List) or value.rest is not None:
        return None
    evaluator.depth.copied += len(value.items)
    if evaluator.depth.copied > MOST_COPIES:
        return None
    known = [item for item in value.items if isinstance(item, Known)]
    return tuple(text_of(item.value) for item in known) if len(known) == len(value.items) else None


def _named(key: Scalar, scope: Scope) -> Scalar:
    """A key with the identifiers filled in; `&{…}` leaves out what no logical id may hold."""
    text = scope.filled(key.text)
    for identifier, name in scope.names:
        text = text.replace(f"&{{{identifier}}}", re.sub(r"[^A-Za-z0-9]", "", name))
    return key._replace(text=text)
