"""CloudWatch Logs filter patterns: text to syntax tree.

Grammar: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

from functools import lru_cache

from rootlint.model.value import Choice, Known, Text, Unknown, Value, Why
from rootlint.reason.logs_columns import read_columns
from rootlint.reason.logs_lexer import Malformed, phrases, tokens
from rootlint.reason.logs_match import sees
from rootlint.reason.logs_parser import JsonParser, check_regex
from rootlint.reason.logs_syntax import (
    HOLE,
    Compare,
    Fault,
    JsonPattern,
    Kind,
    Pattern,
    TermPattern,
    conditions,
    regexes,
    show,
)

__all__ = ["Fault", "Pattern", "conditions", "parse", "read_pattern", "regexes", "sees", "show"]

LONGEST = 1024
# What is known of a hole outside quotes, where that cannot change the syntax.
_HARMLESS_SHAPES = frozenset({"account", "region", "partition"})


def parse(text: str) -> Pattern | Fault:
    """The pattern that a text is, or why AWS rejects it. At most 1,024 characters."""
    if len(text) > LONGEST:
        return Fault(LONGEST, f"{len(text):,} characters; AWS accepts {LONGEST:,}")
    return _parsed(text)


@lru_cache(maxsize=512)
def _parsed(text: str) -> Pattern | Fault:
    try:
        return _pattern(text)
    except Malformed as malformed:
        return Fault(malformed.at, malformed.message)


def read_pattern(value: Value) -> Pattern | Fault | Unknown:
    """The pattern that a value is. A hole in a quoted text is an unknown operand of its comparison."""
    match value:
        case Known(value=str() as text):
            return parse(text)
        case Text():
            return _with_holes(value)
        case Unknown():
            return value
        case Choice(because=because):
            return because
        case _:
            return Unknown(Why.SYNTAX, "the pattern is no text", value.span)


def _pattern(text: str) -> Pattern:
    body = text.strip()
    if body.startswith("{"):
        return JsonPattern(JsonParser(tokens(text)).pattern())
    if body.startswith("["):
        return read_columns(text)
    found = phrases(text)
    for phrase in found:
        check_regex(phrase.operand, phrase.start)
    return TermPattern(found)


def _with_holes(value: Text) -> Pattern | Fault | Unknown:
    holes = [part for part in value.parts if isinstance(part, Unknown)]
    if any(isinstance(part, str) and HOLE in part for part in value.parts):
        return Unknown(Why.SYNTAX, "the pattern holds U+FFFC", value.span)
    text = "".join(part if isinstance(part, str) else HOLE for part in value.parts)
    pattern = parse(text)
    if isinstance(pattern, Fault):
        return holes[0] if holes else pattern
    open_hole = _open_hole(text, holes, pattern)
    return pattern if open_hole is None else open_hole


def _open_hole(text: str, holes: list[Unknown], pattern: Pattern) -> Unknown | None:
    """The first hole that may hold more than a part of one operand."""
    operands = [c for c in conditions(pattern) if isinstance(c, Compare)]
    at = -1
    for hole in holes:
        at = text.index(HOLE, at + 1)
        inside = next(
            (c for c in operands if c.start <= at < c.end and HOLE in c.operand.text), None
        )
        if inside is None or not _harmless(hole, inside.operand.kind):
            return hole
    return None


def _harmless(hole: Unknown, kind: Kind) -> bool:
    return kind is Kind.QUOTED or (kind is Kind.WORD and hole.shape in _HARMLESS_SHAPES)
