"""The nodes of the parser as the adapter sees them, and the text that they lie in."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Protocol

from rootlint.source import SourceFile, Span


class Node(Protocol):
    """A node of tree-sitter: offsets count bytes."""

    @property
    def type(self) -> str: ...
    @property
    def start_byte(self) -> int: ...
    @property
    def end_byte(self) -> int: ...
    @property
    def has_error(self) -> bool: ...
    @property
    def is_missing(self) -> bool: ...
    @property
    def children(self) -> Sequence[Node]: ...


class Unparsable(Exception):  # noqa: N818 - it says what the text is
    """A node that is no expression as it stands, and which part of it is to blame."""

    def __init__(self, reason: str, node: Node | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node


class Text:
    """A stretch of a file; places in it are found by byte and given by character of the file.

    `lead` and `tail` are how many bytes were put before and after the stretch for the parser.
    """

    def __init__(
        self, file: SourceFile, start: int, end: int, *, lead: int = 0, tail: int = 0
    ) -> None:
        self.path = file.path
        self._whole = file.text
        piece = file.text[start:end]
        self._places: Sequence[int] = range(start, end + 1)
        if lead or tail or not piece.isascii():
            places = array("I", [start]) * lead
            for index, character in enumerate(piece, start):
                places.extend((index,) * len(character.encode("utf-8", "replace")))
            places.extend([end] * (tail + 1))
            self._places = places

    def char(self, byte: int) -> int:
        """The offset in the file of the character at a byte of what was parsed."""
        return self._places[byte]

    def span(self, node: Node) -> Span:
        places = self._places
        return Span(self.path, places[node.start_byte], places[node.end_byte])

    def of(self, node: Node) -> str:
        places = self._places
        return self._whole[places[node.start_byte] : places[node.end_byte]]

    def between(self, start: int, end: int) -> str:
        """The text between two offsets of the file."""
        return self._whole[start:end]


def children(node: Node) -> list[Node]:
    """The children without comments; `Unparsable` where one of them is no part of the language."""
    found = [child for child in node.children if child.type != "comment"]
    if node.has_error:
        for child in found:
            if is_fault(child) or (child.has_error and child.start_byte == child.end_byte):
                raise Unparsable("text that is no expression", child)
    return found


_LONGEST_TEXT = 60


def in_one_line(source: str) -> str:
    """A piece of code as a report quotes it, cut where it is long."""
    text = " ".join(source.split())
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def is_fault(node: Node) -> bool:
    """Whether the parser put here what it could not read, or what it missed."""
    return node.type == "ERROR" or node.is_missing


def find(root: Node, kind: str) -> Node | None:
    """The first node of a type, in the order of the text; looks at no more than it must."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == kind:
            return node
        waiting.extend(reversed(node.children))
    return None
