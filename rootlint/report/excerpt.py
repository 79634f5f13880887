"""Source lines with what is to be seen in them underlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from rootlint.report.paint import Paint
from rootlint.report.screen import ELLIPSIS, WIDTH, Screen, width
from rootlint.source import SourceFile, Span

_LINE_BREAK = re.compile(r"[\r\n]")
_NEAR = 400  # characters around a mark that are looked at: a line may have ten million
_LABEL_ROOM = 24  # a label with less room than this begins below its mark


class Mark(NamedTuple):
    """A place to underline, and what is to be seen there. Without a text its line is only shown."""

    span: Span
    text: str
    primary: bool = False


class _Row(NamedTuple):
    """A mark in its line: the offset and line where it begins, and where it ends in that line."""

    line: int
    start: int
    end: int
    mark: Mark


def excerpt(
    file: SourceFile, marks: Iterable[Mark], screen: Screen, paint: Paint
) -> tuple[int, list[str]]:
    """The width of the line numbers, and the lines; the first names the place of the primary mark.

    No line is wider than the screen.
    """
    rows = sorted(
        (_row(file, mark) for mark in marks),
        key=lambda row: (row.line, not row.mark.primary, row.start),
    )
    gutter = len(str(rows[-1].line))
    first = next((row for row in rows if row.mark.primary), rows[0])
    shown = corner(place(file, first.start), gutter, screen, paint)
    for number in sorted({row.line for row in rows}):
        drawn = _Line(file, [row for row in rows if row.line == number], gutter, screen, paint)
        shown += drawn.lines()
    return gutter, shown


def corner(where: str, gutter: int, screen: Screen, paint: Paint) -> list[str]:
    """The line that names a place, wrapped if its path is long."""
    head = f"{' ' * gutter}{paint.gutter(paint.corner)} "
    indent = gutter + len(paint.corner) + 1
    first, *rest = screen.wrap(where, WIDTH - indent)
    return [f"{head}{first}", *(f"{' ' * indent}{line}" for line in rest)]


def place(file: SourceFile, offset: int) -> str:
    """`path:line:column`."""
    line, column = file.position(offset)
    return f"{file.path}:{line}:{column}"


def _row(file: SourceFile, mark: Mark) -> _Row:
    start = max(0, min(mark.span.start, len(file.text)))
    end = _line_end(file, start, max(start, mark.span.end))
    end = start + len(file.text[start:end].rstrip())
    return _Row(file.position(start).line, start, end, mark)


def _line_end(file: SourceFile, start: int, limit: int) -> int:
    found = _LINE_BREAK.search(file.text, start, limit)
    return found.start() if found else min(limit, len(file.text))


class _Line:
    """One source line and the marks below it, cut to the width of the screen around the first."""

    def __init__(
        self, file: SourceFile, rows: list[_Row], gutter: int, screen: Screen, paint: Paint
    ) -> None:
        self._rows = rows
        self._gutter = gutter
        self._screen = screen
        self._paint = paint
        self._room = WIDTH - gutter - 3
        focus = rows[0].start
        self._first = max(file.line_start(rows[0].line), focus - _NEAR)
        text = file.shown(self._first, _line_end(file, focus, focus + _NEAR))
        self._cells = screen.cells(text.rstrip())
        self._columns = [0, *accumulate(width(cell) for cell in self._cells)]

    def lines(self) -> Iterator[str]:
        left, text = self._window()
        number = str(self._rows[0].line).rjust(self._gutter)
        bar = self._paint.bar
        yield f"{self._paint.gutter(f'{number} {bar}')} {text}".rstrip()
        for row in self._rows:
            if row.mark.text or row.mark.primary:
                yield from self._mark(row, left)

    def _window(self) -> tuple[int, str]:
        """The first column that is shown, and the text from there on."""
        total = self._columns[-1]
        if total <= self._room:
            return 0, "".join(self._cells)
        start, end = self._extent(self._rows[0])
        left = 0
        if end > self._room - 1:
            left = max(0, min(start - self._room // 3, total - self._room + 3))
        dots = self._screen.clean(ELLIPSIS)
        room = self._room - width(dots)
        head = dots if left else ""
        begin = left + width(head)
        inside = [
            number
            for number, (column, after) in enumerate(pairwise(self._columns))
            if column >= begin and after <= left + room
        ]
        gap = " " * (self._columns[inside[0]] - begin)  # half of a wide character was cut
        tail = dots if total > left + room else ""
        return left, head + gap + "".join(self._cells[number] for number in inside) + tail

    def _extent(self, row: _Row) -> tuple[int, int]:
        """The columns of a mark in the line."""
        last = len(self._cells)
        start = self._columns[max(0, min(row.start - self._first, last))]
        end = self._columns[max(0, min(row.end - self._first, last))]
        return start, max(end, start + 1)

    def _mark(self, row: _Row, left: int) -> Iterator[str]:
        start, end = (column - left for column in self._extent(row))
        start = max(0, min(start, self._room - 1))
        end = max(start + 1, min(end, self._room))
        line = (self._paint.primary if row.mark.primary else self._paint.related)(
            ("^" if row.mark.primary else "-") * (end - start)
        )
        beside = self._room - end - 1
        label = self._screen.wrap(row.mark.text, max(beside, _LABEL_ROOM))
        margin = f"{' ' * self._gutter} {self._paint.bar}"
        # A word that is longer than the room would be torn apart.
        whole = max(map(width, row.mark.text.split()), default=0) <= beside
        if whole and width(label[0]) <= beside and (len(label) == 1 or beside >= _LABEL_ROOM):
            yield self._margin(margin, f"{' ' * start}{line} {label[0]}")
            below, rest = end + 1, label[1:]
        else:
            yield self._margin(margin, f"{' ' * start}{line}")
            below = max(0, min(start, self._room - 2 * _LABEL_ROOM))
            rest = self._screen.wrap(row.mark.text, self._room - below)
        for text in rest:
            yield self._margin(margin, f"{' ' * below}{text}")

    def _margin(self, margin: str, text: str) -> str:
        return f"{self._paint.gutter(margin)} {text}".rstrip()
