"""The report for a terminal: each finding with the source it is about, and its proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from rootlint.report.excerpt import Mark, corner, excerpt, place
from rootlint.report.paint import Paint
from rootlint.report.screen import WIDTH, Screen, width
from rootlint.source import SourceFile, Sources, Span, Unreadable

if TYPE_CHECKING:
    from rootlint.finding import Broken, Finding, Label, Open, Report
    from rootlint.model.value import Unknown

_GUTTER = 2  # where there is no source line to number


def write(
    report: Report,
    out: TextIO,
    err: TextIO,
    *,
    undecided: bool = False,
    color: bool = False,
    encoding: str | None = None,
) -> None:
    """Findings to `out`, the closing lines to `err`; the open questions too where they are wanted.

    `encoding` is what the terminal can show; without it, that of `out`, else UTF-8.
    """
    screen = Screen(encoding or getattr(out, "encoding", None) or "utf-8", color)
    text = _Text(report, screen)
    first = True
    for block in text.blocks(undecided=undecided):
        out.write("" if first else "\n")
        out.writelines(f"{line}\n" for line in block)
        first = False
    out.flush()
    err.write("" if first else "\n")
    err.writelines(f"{line}\n" for line in closing(report, screen, listed=undecided))


def closing(report: Report, screen: Screen, *, listed: bool = False) -> list[str]:
    """What else is to be known of the run, and its two closing lines."""
    hint = " (--undecided)" if report.undecided and not listed else ""
    parts = [
        *_levels(report),
        f"{len(report.undecided)} undecided{hint}",
        *(f"{count} {word}" for count, word in _rest(report) if count),
    ]
    read = (
        _count(report.files, "file"),
        _count(report.resources, "resource"),
        _count(len(report.checks), "check"),
        f"{report.seconds:.2f} s",
    )
    notes = [line for note in report.notes for line in _hang("note: ", note, screen)]
    return [*notes, *screen.wrap(", ".join(parts), WIDTH), ", ".join(read)]


def _levels(report: Report) -> Iterator[str]:
    counts = {"error": 0, "warning": 0, "note": 0}
    for found in report.findings:
        counts[found.severity.level] += 1
    for level, count in counts.items():
        if count or level != "note":
            yield _count(count, level)


def _rest(report: Report) -> tuple[tuple[int, str], ...]:
    bugs = len(report.broken)
    return (
        (report.ignored, "ignored"),
        (report.baseline, "in the baseline"),
        (sum(not _is_note(found) for found in report.unreadable), "unreadable"),
        (bugs, "bug of rootlint" if bugs == 1 else "bugs of rootlint"),
    )


def _is_note(found: Unreadable) -> bool:
    """Whether something is odd about a file that was read as a whole."""
    return found.partial and not found.configuration


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _hang(head: str, text: str, screen: Screen) -> list[str]:
    """A text behind a head, its further lines below its first word."""
    lines = screen.wrap(text, WIDTH - len(head))
    return [f"{head if not number else ' ' * len(head)}{line}" for number, line in enumerate(lines)]


class _Text:
    def __init__(self, report: Report, screen: Screen) -> None:
        self._report = report
        self._screen = screen

    def blocks(self, *, undecided: bool) -> Iterator[list[str]]:
        """Findings, open questions, what could not be read, and our bugs, each in lines."""
        yield from map(self._finding, self._report.findings)
        if undecided:
            yield from (self._open(found) for found in _grouped(self._report.undecided))
        if self._report.unreadable:
            yield [line for found in self._report.unreadable for line in self._unreadable(found)]
        if self._report.broken:
            yield [line for found in self._report.broken for line in self._broken(found)]

    def _finding(self, found: Finding) -> list[str]:
        level = found.severity.level
        paint = Paint(self._screen.color, self._screen.boxes, level)
        violation = found.violation
        file = self._report.sources.read(violation.at.path)
        near, far = _labels(found)
        lines = self._title(paint, level, found.check.name, violation.message)
        gutter = _GUTTER
        if isinstance(file, SourceFile):
            marks = [Mark(violation.at, violation.seen, primary=True), *map(_mark, near)]
            gutter, shown = excerpt(file, marks, self._screen, paint)
            lines += shown
        else:
            lines += corner(violation.at.path, _GUTTER, self._screen, paint)
        notes = _Notes(gutter, self._screen, paint)
        for label in far:
            notes.add("see", (f"{_place(label.span, self._report.sources)} {label.text}",))
        notes.add(violation.proof.kind, violation.proof.lines())
        notes.add("because", violation.because)
        notes.add("in", (", ".join(found.units),) if len(found.units) > 1 else ())
        notes.add("fix", (violation.fix,))
        notes.add("more", (f"rootlint explain {found.check.name}",))
        return [*lines, *notes.lines]

    def _title(self, paint: Paint, level: str, name: str, message: str) -> list[str]:
        head = f"{level}[{name}]"
        first, *rest = self._screen.wrap(f"{head}: {message}", WIDTH)
        return [f"{paint.primary(head)}{paint.strong(first[len(head) :])}", *rest]

    def _open(self, group: list[Open]) -> list[str]:
        paint = Paint(self._screen.color, self._screen.boxes)
        first = group[0]
        lines = self._title(paint, "undecided", first.check.name, first.undecided.question)
        sources = self._report.sources
        places = dict.fromkeys(_place(found.undecided.at, sources) for found in group)
        for where in places:
            lines += corner(where, _GUTTER, self._screen, paint)
        notes = _Notes(_GUTTER, self._screen, paint)
        notes.add("because", [reason(why, sources) for why in first.undecided.because])
        return [*lines, *notes.lines]

    def _unreadable(self, found: Unreadable) -> list[str]:
        where = _place(found.span, self._report.sources) if found.span else found.path
        partly = " (the rest of it was read)" if found.partial and found.configuration else ""
        # What was read as a whole is only noted.
        head = "note: " if _is_note(found) else "unreadable: "
        return _hang(head, f"{where}: {found.reason}{partly}", self._screen)

    def _broken(self, found: Broken) -> list[str]:
        text = f"{found.problem}, about `{found.resource}`: please report this bug of rootlint"
        return _hang(f"bug[{found.check}]: ", text, self._screen)


class _Notes:
    """The lines below an excerpt: `= label: text`, further texts below the first."""

    def __init__(self, gutter: int, screen: Screen, paint: Paint) -> None:
        self._gutter = gutter
        self._screen = screen
        self._paint = paint
        self.lines: list[str] = []

    def add(self, label: str, texts: Iterable[str]) -> None:
        margin = " " * (self._gutter + 1)
        room = WIDTH - len(margin) - len(label) - 4
        for number, line in enumerate(self._wrapped((*texts,), room)):
            sign = f"{self._paint.gutter('=')} {self._paint.strong(label + ':')}"
            head = sign if not number else " " * (len(label) + 3)
            self.lines.append(f"{margin}{head} {line}".rstrip())

    def _wrapped(self, texts: tuple[str, ...], room: int) -> Iterator[str]:
        for above, text in zip(("", *texts), texts, strict=False):
            marks = self._screen.under(above, text)
            if marks and width(self._screen.clean(above)) <= room:
                yield self._paint.primary(marks)
            elif not marks:
                yield from self._screen.wrap(text, room)


def _labels(found: Finding) -> tuple[list[Label], list[Label]]:
    """What is related: in the file of the finding, and in others. Calls that lead there count."""
    related = dict.fromkeys((*found.violation.related, *found.resource.calls))
    path = found.violation.at.path
    near = [label for label in related if label.span.path == path]
    return near, [label for label in related if label.span.path != path]


def _mark(label: Label) -> Mark:
    return Mark(label.span, label.text)


def _place(span: Span, sources: Sources) -> str:
    file = sources.read(span.path)
    return place(file, span.start) if isinstance(file, SourceFile) else span.path


def reason(why: Unknown, sources: Sources) -> str:
    """Why something is not known, and where that is written."""
    return f"{why.why.value}: {why.detail} ({_place(why.span, sources)})"


def _grouped(undecided: Iterable[Open]) -> Iterator[list[Open]]:
    """The same question of the same check, open for the same reasons, at all its places."""
    groups: dict[tuple[object, ...], list[Open]] = {}
    for found in undecided:
        key = (found.check.name, found.undecided.question, found.undecided.because)
        groups.setdefault(key, []).append(found)
    yield from groups.values()
