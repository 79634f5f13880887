"""One file per output format, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from rootlint.finding import Report

# A format is imported when it is asked for: start-up has a budget.
FORMATS: Mapping[str, str] = {"text": "text", "json": "json_report", "sarif": "sarif"}


class Output(NamedTuple):
    """A format, and the file that it goes to; None is standard output."""

    format: str
    file: str | None


def writer(name: str) -> Callable[[Report, TextIO], None]:
    """What writes a report for machines in a format of the table: `json` or `sarif`."""
    write: Callable[[Report, TextIO], None] = import_module(f"{__name__}.{FORMATS[name]}").write
    return write
