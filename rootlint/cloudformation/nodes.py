"""The tree of a template: scalars, sequences and mappings with their places, nothing constructed."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from typing import NamedTuple

from rootlint.source import SourceFile, Unreadable


class Scalar(NamedTuple):
    """A scalar as text. `start` is at its tag or anchor if it has one, offsets are characters.

    `style` is "" for plain, a quote, `|` or `>`. `tag` is "" where none is written.
    """

    text: str
    start: int
    end: int
    style: str
    tag: str


class Sequence(NamedTuple):
    items: tuple[Node, ...]
    start: int
    end: int
    tag: str


# A key and its value: a plain pair, since there are very many.
Entry = tuple[Scalar, "Node"]


class Mapping(NamedTuple):
    """A mapping. Where a key is written several times the last one counts, `again` has the others."""

    entries: Mapped[str, Entry]
    start: int
    end: int
    tag: str
    again: tuple[Entry, ...] = ()

    def get(self, name: str) -> Node | None:
        """The value of a key; None where it is not written."""
        found = self.entries.get(name)
        return found[1] if found else None


Node = Scalar | Sequence | Mapping


class Document(NamedTuple):
    """A file of one or more YAML documents, or one JSON text, and what is odd about it."""

    file: SourceFile
    roots: tuple[Node, ...]
    notes: tuple[Unreadable, ...] = ()


class NotReadable(Exception):  # noqa: N818 - named for what happened
    """A text that is no document: why, and from which character to which."""

    def __init__(self, reason: str, start: int, end: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.start = start
        self.end = start + 1 if end is None else end


def untagged(node: Node) -> Node:
    """The same node as if its tag were not written: the argument of a function in its short form."""
    return node._replace(tag="")
