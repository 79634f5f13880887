"""Functions of regular expressions, and `replace`, which may take one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Fails, Function, Hidden, Site, string, text
from rootlint.terraform.functions.string import replace_text
from rootlint.terraform.texts import Bit, concat, part
from rootlint.terraform.types import STRING, UNKNOWN
from rootlint.terraform.values import ListOf, Object, Tuple, Untyped, known, why_unknown

if TYPE_CHECKING:  # loaded when an expression is met
    from rootlint.terraform.regular.match import Machine, Match
    from rootlint.terraform.regular.syntax import NotRead, Pattern

_EFFORT = 1_000
_REFERENCE = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})", re.ASCII)


def _compiled(written: str, site: Site) -> tuple[Pattern, Machine]:
    from rootlint.terraform.regular.match import Machine
    from rootlint.terraform.regular.syntax import NoPattern, NotRead, parse

    try:
        pattern = parse(written)
        return pattern, Machine(pattern)
    except NoPattern as problem:
        raise Fails(f"not a regular expression: {problem}") from problem
    except NotRead as problem:
        raise Hidden(_not_read(problem, site)) from problem


def _not_read(problem: NotRead, site: Site) -> Unknown:
    return Unknown(Why.FUNCTION, f"regular expression is not evaluated: {problem}", site.span)


def _subject(value: Value) -> Known:
    found = string(value)
    if isinstance(found, Known):
        return found
    hole = why_unknown(found)
    assert hole is not None
    raise Hidden(hole)


def _matches(
    site: Site, written: str, subject: Known, most: int | None
) -> tuple[Pattern, list[Match]]:
    from rootlint.terraform.regular.syntax import NotRead

    pattern, machine = _compiled(written, site)
    found: list[Match] = []
    try:
        for match in machine.find_all(str(subject.value)):
            found.append(match)
            if len(found) == most:
                break
    except NotRead as problem:
        raise Hidden(_not_read(problem, site)) from problem
    return pattern, found


def _result(pattern: Pattern, match: Match, subject: Known, site: Site) -> Value:
    """The text of a match, or of its groups: a list, or a map where they have names."""
    if not pattern.groups:
        return part(subject, match[0], match[1])
    values: list[Value] = [
        part(subject, *pair) if pair[0] >= 0 else Untyped(None, site.span, of=STRING)
        for pair in zip(match[2::2], match[3::2], strict=True)
    ]
    names = [name for name in pattern.groups if name is not None]
    if not names:
        return Tuple(tuple(values), site.span)
    if len(names) < len(values):
        raise Fails("some groups have names and some have none")
    return Object(dict(zip(names, values, strict=True)), site.span)


def _regex(site: Site, args: Args) -> Value:
    subject = _subject(args[1])
    pattern, found = _matches(site, text(args[0]), subject, 1)
    if not found:
        raise Fails("no match")
    return _result(pattern, found[0], subject, site)


def _regexall(site: Site, args: Args) -> Value:
    subject = _subject(args[1])
    pattern, found = _matches(site, text(args[0]), subject, None)
    results = tuple(_result(pattern, match, subject, site) for match in found)
    return ListOf(results, site.span, of=UNKNOWN if pattern.groups else STRING)


def _replace(site: Site, args: Args) -> Value:
    old = text(args[1])
    if len(old) < 2 or not (old[0] == old[-1] == "/"):
        return replace_text(site, string(args[0]), old, string(args[2]))
    new, subject = text(args[2]), _subject(args[0])
    written = str(subject.value)
    pattern, found = _matches(site, old[1:-1], subject, None)
    bits, done = [], 0
    for match in found:
        bits.append(Bit(part(subject, done, match[0])))
        bits.append(Bit(known(_expanded(new, pattern, match, written), site.span)))
        done = match[1]
    return concat([*bits, Bit(part(subject, done, len(written)))], site.span)


def _expanded(new: str, pattern: Pattern, match: Match, written: str) -> str:
    """The replacement with its `$1`, `${name}` and `$$` filled in."""

    def fill(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name is None:
            return "$"
        if name.isdigit():
            number = int(name) if len(name) < 5 else len(pattern.groups) + 1
        else:
            named = [i for i, group in enumerate(pattern.groups, 1) if group == name]
            number = named[-1] if named else len(pattern.groups) + 1
        if number > len(pattern.groups) or match[2 * number] < 0:
            return ""
        return written[match[2 * number] : match[2 * number + 1]]

    return _REFERENCE.sub(fill, new)


FUNCTIONS: Mapping[str, Function] = {
    "regex": Function(_regex, 2, 2, effort=_EFFORT),
    "regexall": Function(_regexall, 2, 2, effort=_EFFORT),
    "replace": Function(_replace, 3, 3, effort=_EFFORT),
}
