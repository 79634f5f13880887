"""Where reports go: standard output, files, or a pipe that somebody closes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rootlint.report import Output, writer
from rootlint.report.text import write
from rootlint.settings import Refusal

if TYPE_CHECKING:
    from rootlint.finding import Report


class CannotWrite(Refusal):
    """A file that was asked for cannot be written."""


def emit(report: Report, outputs: Sequence[Output], *, color: bool, undecided: bool) -> None:
    """Write a report in all its formats, files first. Raises CannotWrite.

    Colours are used where they are wanted and the terminal takes them. The closing lines go to
    standard error where text goes to standard output.
    """
    for output in sorted(outputs, key=lambda output: output.file is None):
        with open_pipe() if output.file is None else _opened(output.file) as out:
            if output.format != "text":
                writer(output.format)(report, out)
            elif output.file is None:
                painted = color and takes_color(out)
                write(report, out, sys.stderr, undecided=undecided, color=painted)
            else:
                write(report, out, out, undecided=undecided)


@contextmanager
def open_pipe() -> Iterator[TextIO]:
    """Standard output. Who closes its other end has read enough: nothing more is said, nor at exit."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _opened(file: str) -> Iterator[TextIO]:
    try:
        with Path(file).open("w", encoding="utf-8", newline="\n") as out:
            yield out
    except OSError as problem:
        reason = (problem.strerror or "cannot be written").lower()
        raise CannotWrite(f"{file}: {reason}") from problem


def takes_color(stream: TextIO) -> bool:
    """Whether a stream takes colours: https://no-color.org and https://force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
