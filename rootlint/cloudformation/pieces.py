"""Where each character of a scalar is written: through escapes, folded lines and indentation.

The text is worked out once more from the source, by YAML's rules; where that does not give what the
parser gave, the whole scalar is one inexact piece.
https://yaml.org/spec/1.1/#id904245
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rootlint.cloudformation.escapes import escape
from rootlint.cloudformation.nodes import Scalar
from rootlint.model.value import Piece
from rootlint.source import SourceFile, Span

# A longer text with escapes or folded lines is not taken to pieces.
LONGEST = 200_000
_PROPERTIES = re.compile(r"(?:[!&]\S*(?:\s+(?:#[^\r\n]*\s+)*|\Z))*")
_FOLD = r"(?P<fold>[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*)"
_FLOW = {
    "": re.compile(rf"{_FOLD}|[ \t]+|[^ \t\r\n]+(?:[ \t]+[^ \t\r\n]+)*"),
    "'": re.compile(rf"(?P<quote>'')|{_FOLD}|[ \t]+|[^ \t\r\n']+(?:[ \t]+[^ \t\r\n']+)*"),
    '"': re.compile(
        rf"(?P<joined>\\(?:\r\n|\r|\n)[ \t\r\n]*)|(?P<escape>\\)|{_FOLD}|[ \t]+"
        r"|[^ \t\r\n\\]+(?:[ \t]+[^ \t\r\n\\]+)*"
    ),
}
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_BREAK = re.compile(r"\r\n|\r|\n|\Z")


class Run(NamedTuple):
    """A part of a scalar's text and where it is written, character by character if `exact`."""

    text: str
    start: int
    end: int
    exact: bool


class Placed(NamedTuple):
    """Where a scalar's content is written, without tag and quotes, and its parts."""

    span: Span
    pieces: tuple[Piece, ...]


def placed(file: SourceFile, node: Scalar) -> Placed:
    """The place of a scalar and of each part of its text."""
    start, end = node.start, node.end
    if end - start != len(node.text):
        start, end = _content(file.text, node)
    span = Span(file.path, start, end)
    if not node.text:
        return Placed(span, ())
    if end - start == len(node.text) and file.text.startswith(node.text, start):
        return Placed(span, (Piece(0, span, True),))  # noqa: FBT003 - a named tuple, made very often
    if end - start > LONGEST:
        return Placed(span, (Piece(0, span, False),))  # noqa: FBT003 - likewise
    runs = [run for run in _runs(file.text, node, start, end) if run.text]
    if "".join(run.text for run in runs) != node.text:
        return Placed(span, (Piece(0, span, False),))  # noqa: FBT003 - likewise
    if node.style in {"|", ">"} and runs:
        span = Span(file.path, runs[0].start, max(end, runs[0].start))
    return Placed(span, tuple(_pieces(file.path, runs)))


def _content(text: str, node: Scalar) -> tuple[int, int]:
    start, end = node.start, node.end
    # No content begins so without quotes.
    if text[start : start + 1] in {"!", "&"}:
        found = _PROPERTIES.match(text, start, end)
        start = found.end() if found else start
    if node.style in {"'", '"'}:
        return start + 1, end - 1
    return start, end


def _runs(text: str, node: Scalar, start: int, end: int) -> Iterator[Run]:
    if node.style in _FLOW:
        return _flow_runs(text, _FLOW[node.style], start, end)
    return _block_runs(text, node, start, end)


def _flow_runs(text: str, tokens: re.Pattern[str], start: int, end: int) -> Iterator[Run]:
    at = start
    while at < end:
        found = tokens.match(text, at, end)
        if found is None:
            return
        kind, stop = found.lastgroup, found.end()
        if kind is None:
            yield Run(found.group(), at, stop, exact=True)
        elif kind == "escape":
            escaped = escape(text, at)
            if escaped is None:
                return
            stop = escaped.end
            yield Run(escaped.text, at, stop, exact=False)
        else:
            yield Run(_folded(kind, found.group()), at, stop, exact=False)
        at = stop


def _folded(kind: str, written: str) -> str:
    """What a quote in quotes, or line breaks with the blanks around them, stand for."""
    if kind == "quote":
        return "'"
    breaks = len(_BREAK.findall(written)) - 1
    if kind == "fold" and breaks == 1:
        return " "
    return "\n" * (breaks - 1)


def _block_runs(text: str, node: Scalar, start: int, end: int) -> Iterator[Run]:
    header = _HEADER.match(text, start)
    if header is None:
        return
    at, left = header.end(), len(node.text)
    indent = _indentation(text, node, at, end)
    folds = _Folds(literal=node.style == "|")
    while at < end and left > 0:
        found = _BREAK.search(text, at)
        stop = found.start() if found else end
        begin = min(at + indent, stop)
        for run in folds.line(Run(text[begin:stop], begin, stop, exact=True)):
            yield run
            left -= len(run.text)
        at = found.end() if found else end
        folds.ends(Run("\n", stop, at, exact=at - stop == 1 and text[stop] == "\n"))
    rest = node.text[len(node.text) - left :] if left > 0 else ""
    for number, run in enumerate(folds.pending):
        if number < len(rest):
            yield run
    if len(rest) > len(folds.pending):
        yield Run(rest[len(folds.pending) :], end, end, exact=False)


def _indentation(text: str, node: Scalar, at: int, end: int) -> int:
    """By how many blanks the lines are indented: what the parser left of the first line says so."""
    while at < end:
        found = _BREAK.search(text, at)
        stop = found.start() if found else end
        line = text[at:stop]
        if line.strip(" "):
            kept = node.text.lstrip("\n")
            return (len(line) - len(line.lstrip(" "))) - (len(kept) - len(kept.lstrip(" ")))
        at = found.end() if found else end
    return 0


class _Folds:
    """The line breaks of a block scalar: kept in a literal one, folded in the other between full lines."""

    def __init__(self, *, literal: bool) -> None:
        self.literal = literal
        self.pending: list[Run] = []
        self.begun = False
        self.blank_before = False

    def line(self, line: Run) -> Iterator[Run]:
        """The runs of a line: the breaks before it, then its own text; a blank line waits."""
        if not line.text:
            return
        blank = line.text[0] in " \t"
        if self.literal or not self.begun or blank or self.blank_before:
            yield from self.pending
        elif len(self.pending) == 1:
            yield self.pending[0]._replace(text=" ", exact=False)
        else:
            first, *others = self.pending
            yield others[0]._replace(start=first.start, exact=False)
            yield from others[1:]
        self.pending = []
        self.begun = True
        self.blank_before = blank
        yield line

    def ends(self, line_break: Run) -> None:
        if line_break.end > line_break.start:
            self.pending.append(line_break)


def _pieces(path: str, runs: list[Run]) -> Iterator[Piece]:
    """The runs as pieces of the text; those that are written one behind the other are one."""
    at = begun = 0
    last: Run | None = None
    for run in runs:
        if last and last.exact and run.exact and last.end == run.start:
            last = last._replace(end=run.end)
        else:
            if last:
                yield Piece(begun, Span(path, last.start, last.end), last.exact)
            begun, last = at, run
        at += len(run.text)
    if last:
        yield Piece(begun, Span(path, last.start, last.end), last.exact)
