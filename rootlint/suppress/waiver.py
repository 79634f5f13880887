"""The ignores of a run: from comments, from the metadata of resources, and from the settings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from rootlint.finding import Finding, Open
from rootlint.model.resource import Resource
from rootlint.record import dataclass
from rootlint.settings import IgnoreRule, Settings
from rootlint.source import SourceFile, Sources, Span
from rootlint.suppress.comments import Comment, comments

MARK = "rootlint:"
_DIRECTIVE = re.compile(r"(?:^(?:#+|/{2,})|\s(?:#|//))[ \t]*rootlint:[ \t]*")
_IGNORE = re.compile(r"ignore[ \t]*\[([^\]]*)\][ \t]*")
_NAME = re.compile(r"[^\s,][^,]*(?<!\s)")
_NO_REASON = " \t:-\N{EM DASH}\N{EN DASH}"


Key = tuple[str, int | str]  # a line of a file, or an address of a unit


class Said(NamedTuple):
    """What a report would say of a check: the file, and the keys by which it can be waived."""

    check: str
    path: str
    address: str
    keys: frozenset[Key]


class Rule(NamedTuple):
    """A rule of the settings; `base` is the folder that its pattern of paths is relative to."""

    path: str | None
    resource: str | None
    base: str

    def covers(self, said: Said) -> bool:
        path = posixpath.relpath(said.path, self.base)
        return fnmatchcase(path, self.path or "*") and fnmatchcase(
            said.address, self.resource or "*"
        )


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody asks to leave out a check at some place. `check` is "" where none is named."""

    check: str
    reason: str
    at: Span
    place: Key | Rule


def said_by(found: Finding | Open, sources: Sources) -> Said:
    """A finding as a waiver sees it: its own line, the head of its resource, the resource."""
    at = found.violation.at if isinstance(found, Finding) else found.undecided.at
    resource = found.resource
    keys = {_line(at, sources), _line(resource.span, sources), (resource.unit, resource.address)}
    return Said(found.check.name, at.path, resource.address, frozenset(keys))


def _line(span: Span, sources: Sources) -> Key:
    file = sources.read(span.path)
    number = file.position(span.start).line if isinstance(file, SourceFile) else 0
    return span.path, number


def waivers(
    settings: Settings, resources: Iterable[Resource], sources: Sources
) -> Iterator[Waiver]:
    """Every ignore that is written somewhere. Isolated, only those of the settings are heard."""
    yield from (_of_rule(rule, settings.base) for rule in settings.ignores)
    if settings.isolated:
        return
    for resource in resources:
        place = (resource.unit, resource.address)
        yield from (Waiver(name, why, span, place) for name, why, span in resource.ignores)
    for file in sources.texts():
        if MARK in file.text:
            yield from _of_comments(file)


def _of_rule(rule: IgnoreRule, base: str) -> Waiver:
    return Waiver(rule.check, rule.reason, rule.span, Rule(rule.path, rule.resource, base))


def _of_comments(file: SourceFile) -> Iterator[Waiver]:
    """The ignores of one file. One that stands alone is about the next line that is no comment."""
    found = tuple(comments(file))
    about: dict[int, int] = {}
    for line in reversed([comment.line for comment in found if comment.alone]):
        about[line] = about.get(line + 1, line + 1)
    for comment in found:
        directive = _DIRECTIVE.search(comment.text)
        if directive:
            line = about.get(comment.line, comment.line)
            yield from _read(comment, directive.end(), (file.path, line))


def _read(comment: Comment, start: int, place: Key) -> Iterator[Waiver]:
    ignore = _IGNORE.match(comment.text, start)
    reason = comment.text[ignore.end() :].strip(_NO_REASON) if ignore else ""
    named = list(_NAME.finditer(ignore.group(1))) if ignore else []
    if ignore is None or not named:
        yield Waiver("", "", comment.span, place)
        return
    first = comment.span.start + ignore.start(1)
    for name in named:
        at = Span(comment.span.path, first + name.start(), first + name.end())
        yield Waiver(name.group(), reason, at, place)
