"""Whether what a policy writes matches what a request carries, one value or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rootlint.model.policy import Elements
from rootlint.model.read import options
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Choice, Known, List, Text, Unknown, Value, Why


class Match(NamedTuple):
    """Whether a written value matches a value of the request, before any negation.

    `why_not` says what is worth saying about it: "compares `*` literally".
    """

    truth: Truth
    unknowns: tuple[Unknown, ...] = ()
    why_not: str = ""


Written = Known | Text | Unknown
Compare = Callable[[Written], Match]


def unreadable(value: Value, problem: str) -> Match:
    """The match with a written value that is not of the type that belongs there."""
    return Match(Truth.UNKNOWN, (Unknown(Why.SYNTAX, problem, value.span),))


def unsaid(value: Value, detail: str) -> Match:
    """The match with something of which AWS does not say how it is matched."""
    return Match(Truth.UNKNOWN, (Unknown(Why.UNSPECIFIED, detail, value.span),))


def each(elements: Elements) -> Iterator[Value]:
    """The written values of an element; what may be more of them comes last, as the unknown it is."""
    yield from elements.items
    if elements.rest is not None:
        yield replace(elements.rest, shape="")


def match_value(value: Value, compare: Compare) -> Match:
    """What a written value comes to: of alternatives what all of them come to, else unknown."""
    if isinstance(value, Known) and value.value is not None:
        return compare(value)
    match value:
        case Choice():
            found = [_match_option(option, compare) for _, option in options(value)]
            truths = {match.truth for match in found}
            if len(truths) == 1 and Truth.UNKNOWN not in truths:
                return found[0]
            holes = (hole for match in found for hole in match.unknowns)
            return Match(Truth.UNKNOWN, once((value.because, *holes)))
        case Text() | Unknown():
            return compare(value)
        case Known():
            return unreadable(value, "null where a value should be")
        case _:
            return unreadable(value, "no single value where one should be")


def _match_option(option: Value | None, compare: Compare) -> Match:
    """An alternative may be a list, or nothing at all."""
    if option is None:
        return Match(Truth.NO)
    if not isinstance(option, List):
        return match_value(option, compare)
    items = each(Elements(option.items, option.span, option.rest))
    return any_match(match_value(item, compare) for item in items)


def any_match(matches: Iterable[Match]) -> Match:
    """YES where one is, UNKNOWN where one is, with all that is unknown."""
    found = list(matches)
    truth = any_of(match.truth for match in found)
    return Match(truth, open_holes(truth, found))


def open_holes(truth: Truth, matches: Iterable[Match]) -> tuple[Unknown, ...]:
    """What keeps a result unknown; nothing where it is decided."""
    if truth is not Truth.UNKNOWN:
        return ()
    return once(
        hole for match in matches if match.truth is Truth.UNKNOWN for hole in match.unknowns
    )


def once(holes: Iterable[Unknown]) -> tuple[Unknown, ...]:
    return tuple(dict.fromkeys(holes))
