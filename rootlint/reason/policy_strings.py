"""A string of a policy as a pattern: wildcards, policy variables and holes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rootlint.embedded.tape import Tape
from rootlint.model.same import text_of
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Why
from rootlint.reason.wildcard import Units, Wild, folded, reaches, wildcards

_SPECIAL = frozenset("*?$")
_DEFAULT = ", "
# Policies repeat their strings, and each is asked of many requests; long ones are not kept.
_CACHED = 300
# No ARN is as long, and nobody writes as many wildcards: such a string is made to run long.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_LONGEST = 4096
_MOST_WILDCARDS = 100


class Variables(NamedTuple):
    """What policy variables stand for: condition keys in lower case, and those with a hidden value."""

    values: Mapping[str, tuple[str, ...]]
    hidden: frozenset[str] = frozenset()


class Language(NamedTuple):
    """How a string is read: whether `*` and `?` are wildcards, and what variables stand for.

    Without `variables` there are none: `${aws:username}` is text, as in version 2008-10-17.
    """

    wildcards: bool = False
    variables: Variables | None = None


class Pattern(NamedTuple):
    """What a string of a policy matches.

    `holes` are the unknown parts. `missing` names a variable that has no value in the request: the
    string then equals nothing.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
    """

    units: Units
    holes: tuple[Unknown, ...] = ()
    missing: str = ""

    def meets(self, text: str, *, fold: bool = False) -> Truth:
        """Whether it matches a text, with `fold` regardless of case."""
        if self.missing:
            return Truth.NO
        units = folded(self.units) if fold else self.units
        if not reaches(units, text.lower() if fold else text):
            return Truth.NO
        return Truth.UNKNOWN if self.holes else Truth.YES


def pattern(value: Known | Text | Unknown, language: Language) -> Pattern:
    """The pattern that a string is in a language."""
    if isinstance(value, Unknown):
        return Pattern((Wild(value.shape),), (value,))
    if isinstance(value, Known):
        written = text_of(value.value)
        if len(written) > _LONGEST or _wildcards(written) > _MOST_WILDCARDS:
            endless = Unknown(Why.LIMIT, "a pattern that is made to run long", value.span)
            return Pattern((Wild.HOLE,), (endless,))
        if language.variables is None or "$" not in written:
            read = _without_holes if len(written) <= _CACHED else _without_holes.__wrapped__
            return read(written, language.wildcards)
    return _pattern(value, language)


def _wildcards(written: str) -> int:
    return written.count("*") + written.count("?")


@lru_cache(maxsize=4096)
def _without_holes(written: str, wild: bool) -> Pattern:  # noqa: FBT001 - a key of the cache
    return Pattern(tuple(_literal(written, Language(wild))))


def _pattern(value: Known | Text, language: Language) -> Pattern:
    tape = Tape(value)
    units: list[str | Wild] = []
    missing = ""
    holes = list(tape.holes.values())
    for part in _parts(tape, language):
        if isinstance(part, _Missing):
            missing = missing or part.name
        elif isinstance(part, _Hidden):
            units.append(Wild.HOLE)
            holes.append(Unknown(part.why, f"the value of `{part.name}`", value.span))
        else:
            _append(units, part)
    return Pattern(tuple(units), tuple(holes), missing)


def _append(units: list[str | Wild], part: str | Wild) -> None:
    """Add a part to a pattern: texts become one, and so does one `*` after another."""
    last = units[-1] if units else None
    if isinstance(part, str) and isinstance(last, str):
        units[-1] = last + part
    elif part is not Wild.ANY or last is not Wild.ANY:
        units.append(part)


class _Missing(NamedTuple):
    """A variable without a value."""

    name: str


class _Hidden(NamedTuple):
    """A variable of which the request does not tell the value, or AWS not what it means."""

    name: str
    why: Why = Why.PSEUDO


_Part = str | Wild | _Missing | _Hidden


def _parts(tape: Tape, language: Language) -> Iterator[_Part]:
    """The parts of a string, variables replaced."""
    if language.variables is None:
        yield from _plain(tape, 0, len(tape.text), language)
        return
    at = 0
    while (start := _variable_at(tape, at)) >= 0:
        yield from _plain(tape, at, start, language)
        end = tape.text.find("}", start)
        if end < 0:
            at = start
            break
        yield _variable(tape, start, end, language.variables)
        at = end + 1
    if tape.holes_in(at, len(tape.text)) and _variable_at(tape, at) == at:
        # A `${` without its end: a hole behind it may bring the end.
        yield Wild.HOLE
    else:
        yield from _plain(tape, at, len(tape.text), language)


def _variable_at(tape: Tape, at: int) -> int:
    """Where the next variable begins: at `${`, or at a `$` before a hole that may bring the rest."""
    start = tape.text.find("$", at)
    while start >= 0:
        if tape.text[start + 1 : start + 2] == "{" or start + 1 in tape.holes:
            return start
        start = tape.text.find("$", start + 1)
    return -1


def _variable(tape: Tape, start: int, end: int, variables: Variables) -> _Part:
    """What the variable between `${` at `start` and `}` at `end` stands for."""
    if tape.holes_in(start, end):
        return Wild.HOLE
    written = tape.text[start + 2 : end]
    if written in _SPECIAL:
        return written
    if "," in written and _DEFAULT not in written:
        return _Hidden(written, Why.UNSPECIFIED)
    return _stands_for(written, variables)


def _stands_for(written: str, variables: Variables) -> _Part:
    """The value of a variable, or its default: `aws:PrincipalTag/team, 'none'`."""
    name, comma, default = written.partition(_DEFAULT)
    key = name.strip().lower()
    if key in variables.hidden:
        return _Hidden(name)
    values = variables.values.get(key, ())
    if len(values) == 1 and values[0]:
        return values[0]
    if comma and len(default) >= 2 and default[0] == default[-1] == "'" and not values:
        return default[1:-1]
    return _Missing(name)


def _plain(tape: Tape, start: int, end: int, language: Language) -> Iterator[str | Wild]:
    """Text without variables: literal characters, wildcards and holes."""
    at = start
    for hole in tape.holes_in(start, end):
        if hole < at:
            continue
        yield from _literal(tape.text[at:hole], language)
        begun = -1 if language.variables is None else tape.text.find("}", hole, end)
        # Before a `}` without its beginning a hole may bring that: all up to there is hidden.
        yield Wild(tape.holes[hole].shape) if begun < 0 else Wild.HOLE
        at = max(hole, begun) + 1
    yield from _literal(tape.text[at:end], language)


def _literal(text: str, language: Language) -> Iterator[str | Wild]:
    if language.wildcards:
        yield from wildcards(text)
    elif text:
        yield text
