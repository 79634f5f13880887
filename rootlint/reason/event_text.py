"""An EventBridge pattern as JSON in one line, and where in it the part that decided stands."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rootlint.model.value import Choice, Encoded, Known, List, Map, Text, Unknown, Value
from rootlint.reason.underlined import Underlined
from rootlint.source import Span

_DEEPEST = 40
_LONGEST = 20_000
_HOLE = "…"


def event_text(tree: Value, failed: Span) -> Underlined | None:
    """The pattern's JSON with the list underlined that is written at `failed`; None where none is."""
    writer = _Writer(failed)
    writer.value(tree, _DEEPEST)
    if writer.place is None:
        return None
    return Underlined("".join(writer.parts), *writer.place)


class _Writer:
    """Writes values one behind the other, and remembers the place of the one that failed."""

    def __init__(self, failed: Span) -> None:
        self._failed = failed
        self._length = 0
        self.parts: list[str] = []
        self.place: tuple[int, int] | None = None

    def value(self, value: Value | None, levels: int) -> None:
        start = self._length
        match value if levels and self._length < _LONGEST else None:
            case List(items=items, rest=rest):
                self._within("[]", (("", item) for item in (*items, *_rest(rest))), levels)
            case Map(entries=entries, rest=rest):
                named = ((f"{json.dumps(name)}: ", entry) for name, entry in entries.items())
                self._within("{}", (*named, *(("", hole) for hole in _rest(rest))), levels)
            case Encoded(value=inner):
                self.value(inner, levels - 1)
            case Known(value=scalar):
                self._write(json.dumps(scalar, ensure_ascii=False))
            case Text(parts=parts):
                whole = "".join(part if isinstance(part, str) else _HOLE for part in parts)
                self._write(json.dumps(whole, ensure_ascii=False))
            case Unknown() | Choice() | None:
                self._write(_HOLE)
        is_it = value is not None and not isinstance(value, Map) and value.span == self._failed
        # The list that stands for one text has its place: of the two, it is the list.
        if is_it and (self.place is None or start <= self.place[0]):
            self.place = (start, self._length)

    def _within(self, ends: str, inside: Iterable[tuple[str, Value]], levels: int) -> None:
        self._write(ends[0])
        for number, (name, value) in enumerate(inside):
            self._write(f"{', ' if number else ''}{name}")
            self.value(value, levels - 1)
        self._write(ends[1])

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _rest(rest: Unknown | None) -> tuple[Unknown, ...]:
    return () if rest is None else (rest,)
