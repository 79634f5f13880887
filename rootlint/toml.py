"""TOML texts: their tables, and where each key is written."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

from rootlint.source import SourceFile, Span

TOO_DEEP = 200
_HEADER = re.compile(r"\s*\[(\[?)([^\]#]+)\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")


class NotToml(Exception):  # noqa: N818 - named for what happened
    """A text that is no TOML, and why."""


def parse_toml(source: SourceFile) -> dict[str, Any]:
    """The table of a TOML file. Raises NotToml."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    # tomllib takes the square of the parts of a key: a hostile one would take hours.
    if any(line.count(".") > TOO_DEEP for line in source.text.split("\n")):
        raise NotToml(f"a line holds more than {TOO_DEEP} dots")
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as problem:
        raise NotToml(f"{str(problem)[:1].lower()}{str(problem)[1:]}") from None
    except RecursionError:
        raise NotToml("nested too deep") from None


def places(source: SourceFile) -> Mapping[tuple[str, ...], Span]:
    """Where each key and table is written; TOML parsers do not say. Elements of arrays have numbers."""
    found: dict[tuple[str, ...], Span] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    start = 0
    for line in source.text.splitlines(keepends=True):
        span = source.span(start, start + len(line.rstrip()))
        start += len(line)
        if header := _HEADER.match(line):
            table = _split(header[2])
            if header[1]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            found.setdefault(table, span)
        elif key := _KEY.match(line):
            parts = (*table, *_split(key[1]))
            for end in range(len(table) + 1, len(parts) + 1):
                found.setdefault(parts[:end], span)
    return found


def _split(dotted: str) -> tuple[str, ...]:
    # No setting lies deeper than four names, and a hostile file may have a million.
    return tuple(part.strip().strip("\"'") for part in dotted.split(".", 4)[:4])
