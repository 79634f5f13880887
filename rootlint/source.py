"""Source files, and the places in them that a finding points at."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from rootlint.record import handed_on

TOO_LARGE = 10_000_000
_AT_ONCE = 65_536
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@handed_on
class Span(NamedTuple):
    """A place in a file: half-open, counted in characters of the decoded text."""

    path: str
    start: int
    end: int


def within(inner: Span, outer: Span) -> bool:
    """Whether a place lies in another."""
    return inner.path == outer.path and outer.start <= inner.start and inner.end <= outer.end


class Position(NamedTuple):
    """A line and a column, both counted from 1, columns in code points."""

    line: int
    column: int


class Unreadable(NamedTuple):
    """Input that could not be read: where, and why in a few words.

    `span` is None where there is no text to point into. `partial` is true where the rest of the
    file was read all the same. `configuration` is false for a file that turned out to be no
    configuration, or a source for a template engine: those never fail a run.
    """

    path: str
    reason: str
    span: Span | None = None
    partial: bool = False
    configuration: bool = True


class SourceFile:
    """The text of one file, with its lines. Offsets count characters, not bytes.

    `exact` says that the bytes of the file are the text in UTF-8, without a mark before it.
    """

    __slots__ = ("_concealed", "_starts", "exact", "path", "text")

    def __init__(self, path: str, text: str, *, exact: bool = True) -> None:
        self.path = path
        self.text = text
        self.exact = exact
        self._concealed: set[tuple[int, int]] = set()
        self._starts: list[int] | None = None

    def position(self, offset: int) -> Position:
        """The line and column of an offset; past the end it is the end."""
        starts = self._lines()
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break; empty past the end."""
        starts = self._lines()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def line_start(self, number: int) -> int:
        """The offset at which a line, counted from 1, begins."""
        return self._lines()[number - 1]

    def span(self, start: int, end: int) -> Span:
        return Span(self.path, start, end)

    def conceal(self, start: int, end: int) -> None:
        """Never show these characters: a masked value."""
        self._concealed.add((start, end))

    def shown(self, start: int, end: int) -> str:
        """A part of the text as people may see it, each concealed character a `*`."""
        text = self.text[start:end]
        for first, last in self._concealed:
            begin, stop = max(first, start) - start, min(last, end) - start
            if begin < stop:
                text = text[:begin] + "*" * (stop - begin) + text[stop:]
        return text

    def _lines(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        return self._starts


def decode(path: str, data: bytes) -> SourceFile | Unreadable:
    """The text of a configuration file, or why its bytes are none.

    A byte-order mark is dropped; UTF-16 is read where it is marked. Line breaks stay as they are.
    """
    if len(data) > TOO_LARGE:
        return Unreadable(path, f"too large: {len(data):,} bytes, the limit is {TOO_LARGE:,}")
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode(encoding, "replace")
        return _no_text(path, f"not {encoding.upper()} text", before)
    control = _CONTROL.search(text)
    if control:
        reason = f"control character U+{ord(control.group()):04X}"
        return _no_text(path, reason, text[: control.start()])
    return SourceFile(path, text, exact=encoding == "utf-8")


def _no_text(path: str, reason: str, before: str) -> Unreadable:
    """Why bytes are no text. There is no text to point into, so the place is said in words."""
    at = len(before)
    line, column = SourceFile(path, before).position(at)
    return Unreadable(path, f"{reason} in line {line}, column {column}", Span(path, at, at + 1))


def content(path: str) -> bytes:
    """The bytes of a file, in the fewest calls of the system: there may be ten thousand."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        pieces = []
        while piece := os.read(descriptor, _AT_ONCE):
            pieces.append(piece)
            if len(piece) < _AT_ONCE:
                break
        return b"".join(pieces)
    finally:
        os.close(descriptor)


class Sources:
    """The files of a run by path: each is read and decoded once, on first use."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = str(root or "")
        self._files: dict[str, SourceFile | Unreadable] = {}

    def add(self, file: SourceFile) -> None:
        """Take a text that is already at hand."""
        self._files[file.path] = file

    def read(self, path: str) -> SourceFile | Unreadable:
        """The file at a path relative to the working directory."""
        if path not in self._files:
            self._files[path] = self._load(path)
        return self._files[path]

    @property
    def count(self) -> int:
        """How many were read so far."""
        return len(self._files)

    def newer(self, known: int) -> tuple[SourceFile | Unreadable, ...]:
        """What was read after the first `known` files."""
        return tuple(islice(self._files.values(), known, None))

    def keep(self, known: int) -> None:
        """Let go of what was read after the first `known` files; it is read again if asked for."""
        while len(self._files) > known:
            self._files.popitem()

    def texts(self) -> tuple[SourceFile, ...]:
        """Every text that was read so far, by path."""
        found = (self._files[path] for path in sorted(self._files))
        return tuple(file for file in found if isinstance(file, SourceFile))

    def _load(self, path: str) -> SourceFile | Unreadable:
        place = os.path.join(self._root, path)
        try:
            if not os.path.isfile(place):
                exists = os.path.exists(place)
                return Unreadable(path, "no regular file" if exists else "no such file")
            return decode(path, content(place))
        except OSError as problem:
            return Unreadable(path, (problem.strerror or "cannot be read").lower())
