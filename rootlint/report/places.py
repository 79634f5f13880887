"""Spans as lines and columns, for the formats that machines read."""

from __future__ import annotations

from rootlint.finding import Finding, Label
from rootlint.source import Position, SourceFile, Sources, Span

_TOP = Position(1, 1)


def start_and_end(span: Span, sources: Sources) -> tuple[Position, Position]:
    """Where a span begins and ends; the top of a file that cannot be read."""
    file = sources.read(span.path)
    if not isinstance(file, SourceFile):
        return _TOP, _TOP
    return file.position(span.start), file.position(max(span.start, span.end))


def related(found: Finding) -> tuple[Label, ...]:
    """The places that a finding relates, the calls that lead to its resource last, each once."""
    return tuple(dict.fromkeys((*found.violation.related, *found.calls)))
