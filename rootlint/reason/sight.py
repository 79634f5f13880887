"""What a pattern makes of an event: whether it matches, and the term that decided."""

from __future__ import annotations

import json
from typing import NamedTuple

from rootlint.model.truth import Truth
from rootlint.source import Span

_LONGEST_SHOWN = 60
SYNTAX = "syntax"
"""The field of a term that says where AWS does not take the pattern, and why in `wanted`."""


class Term(NamedTuple):
    """The part of a pattern that decided.

    `start` and `end` are its place in the pattern's text (0 and 0 where the pattern is no text, then
    `span` is its place in the file). `field` is a selector or a path, `wanted` what the pattern asks
    for, `found` what the event holds. Where `refused`, AWS takes no such pattern, and `wanted` is what
    belongs there.
    """

    field: str
    wanted: str
    found: str
    start: int = 0
    end: int = 0
    span: Span | None = None
    refused: bool = False


class Sight(NamedTuple):
    """Whether an event is matched, and why."""

    truth: Truth
    term: Term | None = None


def strongest(sights: tuple[Sight, ...], truth: Truth) -> Sight:
    """The first sight that has this truth, for a combination that came out at it."""
    term = next((sight.term for sight in sights if sight.truth is truth), None)
    return Sight(truth, term)


def shown(value: object) -> str:
    """A value of an event in a few characters."""
    return short(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str))


def short(text: str) -> str:
    """The beginning of a text that is long."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
