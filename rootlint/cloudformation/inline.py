"""YAML or JSON that is written as text within a template, read in its place.

Only a text that is written line by line (`|`), or in one line without escapes, can be read so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document, Entry, Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.template import Template, template_of
from rootlint.source import SourceFile

_BREAK = re.compile(r"\r\n|\r|\n")
# `${!Name}` is `${Name}` when the text is put together; any other name is filled in before that.
_NAME = re.compile(r"\$\{([^{}]+)\}")


def template_within(file: SourceFile, node: Node) -> Template | None:
    """The template that a text in the file is, its places those of the file."""
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
    start = _start(file.text, scalar) if scalar is not None else None
    if scalar is None or start is None:
        return None
    text = file.text[start : scalar.end - (1 if scalar.style in {"'", '"'} else 0)]
    if change is not None:
        text = _NAME.sub(change, text)
    found = load(SourceFile(file.path, text))
    if not isinstance(found, Document):
        return None
    return Document(file, tuple(_moved(root, start) for root in found.roots))


def _moved(node: Node, by: int) -> Node:
    """The same nodes, further on in a longer text."""
    moved = node._replace(start=node.start + by, end=node.end + by)
    match moved:
        case Scalar():
            return moved
        case Sequence():
            return moved._replace(items=tuple(_moved(item, by) for item in moved.items))
        case Mapping():
            entries = {name: _entry(entry, by) for name, entry in moved.entries.items()}
            again = tuple(_entry(entry, by) for entry in moved.again)
            return moved._replace(entries=entries, again=again)


def _entry(entry: Entry, by: int) -> Entry:
    key, value = entry
    return key._replace(start=key.start + by, end=key.end + by), _moved(value, by)


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
