"""YAML or JSON that is written as text within a template, read in its place.

Where the text has escapes or folded lines, each part of it is placed as well as its text allows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document, Entry, Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.pieces import placed
from rootlint.cloudformation.template import Template, template_of
from rootlint.model.same import text_of
from rootlint.model.value import Known, Piece, Value
from rootlint.source import SourceFile, Span

_BREAK = re.compile(r"\r\n|\r|\n")
# `${!Name}` is `${Name}` when the text is put together; any other name is filled in before that.
_NAME = re.compile(r"\$\{([^{}]+)\}")
_TO_JSON = "Fn::ToJsonString"
_HOLE = "<%a value that is filled in%>"


def template_within(
    file: SourceFile, node: Node, evaluate: Callable[[Node], Value | None]
) -> Template | None:
    """The template that a text in the file is, its places those of the file.

    `Fn::ToJsonString` makes the text of what stands below it, whose functions `evaluate` works out.
    """
    called = intrinsic(node)
    if called is not None and called[0] == _TO_JSON and isinstance(called[1], Mapping):
        return template_of(Document(file, (_settled(called[1], evaluate),)))
    written = _text(node)
    document = _loaded(file, written.scalar, _later if written.filled_in else None)
    return template_of(document) if document is not None else None


def document_within(file: SourceFile, node: Node) -> Node | None:
    """The YAML that a text in the file is; each of its scalars is filled in as the text would be."""
    written = _text(node)
    document = _loaded(file, written.scalar, None)
    root = document.roots[0] if document is not None and document.roots else None
    return _filled_in(root, written) if root is not None and written.filled_in else root


class _Written(NamedTuple):
    """A text, whether names in it are filled in, and the map beside it from which they are taken."""

    scalar: Scalar | None
    filled_in: bool = False
    own: Node | None = None


def _loaded(
    file: SourceFile,
    scalar: Scalar | None,
    change: Callable[[re.Match[str]], str] | None,
) -> Document | None:
    if scalar is None:
        return None
    text, pieces = _written_out(file, scalar)
    if change is not None:
        text = _NAME.sub(change, text)
    found = load(SourceFile(file.path, text))
    if not isinstance(found, Document):
        return None
    return Document(file, tuple(_moved(root, _Places(pieces)) for root in found.roots))


def _written_out(file: SourceFile, scalar: Scalar) -> tuple[str, tuple[Piece, ...]]:
    """A text as it stands in the file, where it does; else as it is meant, and where its parts stand."""
    start = _start(file.text, scalar)
    if start is None:
        return scalar.text, placed(file, scalar).pieces
    end = scalar.end - (1 if scalar.style in {"'", '"'} else 0)
    return file.text[start:end], (Piece(0, Span(file.path, start, end), exact=True),)


class _Places:
    """Where the characters of a text are in its file."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces = pieces
        self._begins = [piece.at for piece in pieces]

    def start(self, at: int) -> int:
        piece = self._covering(at)
        return piece.span.start + (at - piece.at if piece.exact else 0)

    def end(self, at: int) -> int:
        """Behind the character before `at`."""
        piece = self._covering(max(0, at - 1))
        return piece.span.start + at - piece.at if piece.exact else piece.span.end

    def _covering(self, at: int) -> Piece:
        return self._pieces[max(0, bisect_right(self._begins, at) - 1)]


def _moved(node: Node, places: _Places) -> Node:
    """The same nodes, with their places in the file around."""
    if isinstance(node, Scalar):
        return _moved_scalar(node, places)
    moved = node._replace(start=places.start(node.start), end=places.end(node.end))
    match moved:
        case Sequence():
            return moved._replace(items=tuple(_moved(item, places) for item in moved.items))
        case Mapping():
            entries = {name: _entry(entry, places) for name, entry in moved.entries.items()}
            again = tuple(_entry(entry, places) for entry in moved.again)
            return moved._replace(entries=entries, again=again)


def _entry(entry: Entry, places: _Places) -> Entry:
    key, value = entry
    return _moved_scalar(key, places), _moved(value, places)


def _moved_scalar(node: Scalar, places: _Places) -> Scalar:
    """A scalar whose text is in its place; its quotes may be escaped there, and are counted as one."""
    quote = 1 if node.style in {"'", '"'} and not node.tag else 0
    start, end = places.start(node.start + quote), places.end(node.end - quote)
    return node._replace(start=start - quote, end=end + quote)


def _settled(node: Node, evaluate: Callable[[Node], Value | None]) -> Node:
    """The same with each function worked out; what is not known is a hole."""
    called = intrinsic(node)
    if called is not None and called[0] != "Condition":
        value = evaluate(node)
        text = text_of(value.value) if isinstance(value, Known) else _HOLE
        return Scalar(text, node.start, node.end, '"', "")
    match node:
        case Scalar():
            return node
        case Sequence():
            return node._replace(items=tuple(_settled(item, evaluate) for item in node.items))
        case Mapping():
            entries = {
                name: (key, _settled(value, evaluate))
                for name, (key, value) in node.entries.items()
            }
            return node._replace(entries=entries)


def _filled_in(node: Node, written: _Written) -> Node:
    """The same with each scalar that holds a name as an argument of `Fn::Sub`."""
    match node:
        case Scalar():
            return _call(node, written.own) if "${" in node.text and not node.tag else node
        case Sequence():
            return node._replace(items=tuple(_filled_in(item, written) for item in node.items))
        case Mapping():
            entries = {
                name: (key, _filled_in(value, written))
                for name, (key, value) in node.entries.items()
            }
            return node._replace(entries=entries)


def _call(node: Scalar, own: Node | None) -> Node:
    if own is None:
        return node._replace(tag="!Sub")
    return Sequence((node, own), node.start, node.end, "!Sub")


def _later(found: re.Match[str]) -> str:
    """The mark of a hole, or a name that is left for the template within: as long as before."""
    name = found.group(1)
    return f"${{{name[1:]} }}" if name.startswith("!") else f"<%{name[:-1]}%>"


def _text(node: Node) -> _Written:
    called = intrinsic(node)
    if called is None:
        return _Written(node if isinstance(node, Scalar) else None)
    name, argument = called
    items = argument.items if isinstance(argument, Sequence) else (argument,)
    if name != "Fn::Sub" or not items or not isinstance(items[0], Scalar):
        return _Written(None)
    return _Written(items[0], filled_in=True, own=items[1] if len(items) == 2 else None)


def _start(text: str, scalar: Scalar) -> int | None:
    if scalar.style == "|":
        found = _BREAK.search(text, scalar.start, scalar.end)
        return found.end() if found else None
    at = text.find(scalar.text, scalar.start, scalar.end)
    return at if at >= 0 and scalar.text else None
