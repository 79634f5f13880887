"""YAML or JSON → nodes with their places: the only file that knows the parser.

The parser is libyaml, through PyYAML's events: it is told to construct nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import yaml

from rootlint.cloudformation.build import DEEPEST, Builder
from rootlint.cloudformation.complaints import complaint, is_templated
from rootlint.cloudformation.json_nodes import json_document, not_strict
from rootlint.cloudformation.nodes import Document, NotReadable, Scalar
from rootlint.collector import resting
from rootlint.source import SourceFile, Span, Unreadable

# A template that CloudFormation takes has at most 1 MB, and so far fewer nodes.
MOST_EVENTS = 750_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BYTE_ORDER_MARK = "\ufeff"
# libyaml looks ahead for the end of a key. From 0.2.6 on it has a bound of its own, which it may
# meet before the event arrives that meets ours.
_TOO_DEEP = "maximum nesting depth"


def load(file: SourceFile) -> Document | Unreadable:
    """The documents of a file, or why there are none. Duplicate keys and aliases are noted."""
    with resting():
        try:
            builder = _parsed(file)
        except NotReadable as problem:
            return _unreadable(file, problem)
        except yaml.YAMLError as problem:
            return _second_try(file, problem)
    return Document(file, builder.roots, tuple(_notes(file, builder)))


def _parsed(file: SourceFile) -> Builder:
    builder = Builder()
    # libyaml drops a byte-order mark of its own accord and does not count it.
    offset = 1 if file.text.startswith(_BYTE_ORDER_MARK) else 0
    handlers = _handlers(builder, file.text, offset)
    parser = _LOADER(file.text)
    events = iter(parser.get_event, None)
    # Six of ten events are scalars, nearly all of them plain ones: they take no detour.
    scalar, new = yaml.ScalarEvent, tuple.__new__
    try:
        for event in islice(events, MOST_EVENTS):
            kind = event.__class__
            if kind is not scalar or event.anchor or event.style in _BLOCK:
                handlers[kind](event)
                continue
            start, end = event.start_mark.index + offset, event.end_mark.index + offset
            parts = (event.value, start, end, event.style or "", event.tag or "")
            builder.children.append(new(Scalar, parts))
        if next(events, None) is not None:
            raise NotReadable(f"too large: more than {MOST_EVENTS:,} nodes", builder.end)
    finally:
        parser.dispose()
    return builder


def _handlers(builder: Builder, text: str, offset: int) -> dict[type, Callable[[Any], None]]:
    def scalar(event: Any) -> None:
        start, end = event.start_mark.index + offset, event.end_mark.index + offset
        if event.style in _BLOCK:
            end = _without_blank_lines(text, end)
        node = Scalar(event.value, start, end, event.style or "", event.tag or "")
        builder.scalar(node, event.anchor)

    begin, finish = builder.begin, builder.finish

    def mapping(event: Any) -> None:
        begin(event.start_mark.index + offset, event.tag or "", event.anchor, mapping=True)

    def sequence(event: Any) -> None:
        begin(event.start_mark.index + offset, event.tag or "", event.anchor, mapping=False)

    def ends(event: Any) -> None:
        # INVARIANT: the end of a block collection has no width and lies at the next token;
        # a flow collection ends with its bracket.
        start, end = event.start_mark.index, event.end_mark.index
        finish(end + offset if end > start else None)

    def alias(event: Any) -> None:
        builder.alias(event.anchor, event.start_mark.index + offset, event.end_mark.index + offset)

    return {
        yaml.ScalarEvent: scalar,
        yaml.MappingStartEvent: mapping,
        yaml.SequenceStartEvent: sequence,
        yaml.MappingEndEvent: ends,
        yaml.SequenceEndEvent: ends,
        yaml.AliasEvent: alias,
        yaml.StreamStartEvent: _pass,
        yaml.StreamEndEvent: _pass,
        yaml.DocumentStartEvent: _pass,
        yaml.DocumentEndEvent: _pass,
    }


_BLOCK = frozenset("|>")


def _pass(event: Any) -> None:
    """The beginning or end of the stream or of a document: the roots follow one another."""


def _without_blank_lines(text: str, end: int) -> int:
    """The end of a block scalar's last line: the parser's mark lies before the next token."""
    while end and text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _second_try(file: SourceFile, problem: yaml.YAMLError) -> Document | Unreadable:
    """JSON that libyaml refuses is read as JSON; all else is not readable."""
    if file.text.lstrip(_BYTE_ORDER_MARK + " \t\r\n")[:1] == "{":
        try:
            builder = json_document(file.text)
        except NotReadable as worse:
            if file.path.endswith(".json"):
                return complaint(file, worse)
        else:
            return Document(file, builder.roots, tuple(_notes(file, builder)))
    return complaint(file, problem_of(problem))


def problem_of(problem: yaml.YAMLError) -> NotReadable:
    """What libyaml complains about, and where."""
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    reason = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "no YAML"
    at = mark.index if mark is not None else getattr(problem, "position", 0)
    if _TOO_DEEP in reason:
        reason = f"too deep: more than {DEEPEST} levels"
    return NotReadable(str(reason), at)


def _unreadable(file: SourceFile, problem: NotReadable) -> Unreadable:
    if is_templated(file, problem.start):
        return complaint(file, problem)
    return Unreadable(file.path, problem.reason, file.span(problem.start, problem.end))


def _notes(file: SourceFile, builder: Builder) -> Iterator[Unreadable]:
    """What is odd, though it was read."""
    yield from _duplicates(file, builder)
    if builder.aliases:
        yield _note(file, "CloudFormation itself rejects aliases", *builder.aliases[0])
    if len(builder.roots) > 1:
        second_root = builder.roots[1]
        reason = f"{len(builder.roots)} documents in one file: CloudFormation reads one"
        yield _note(file, reason, second_root.start, second_root.end)
    strict = not_strict(file)
    if strict is not None:
        yield _note(file, strict.reason, strict.start, strict.end)


def _duplicates(file: SourceFile, builder: Builder) -> Iterator[Unreadable]:
    """Each key that is written several times, once: the last place, and the line of the first."""
    places: dict[int, list[Scalar]] = {}
    for (kept, _), (other, _) in builder.twice:
        places.setdefault(id(kept), [kept]).append(other)
    for keys in places.values():
        first, *_, last = sorted(keys, key=lambda key: key.start)
        line = file.position(first.start).line
        reason = f"duplicate key `{last.text}`, first in line {line}: both values are looked at"
        yield _note(file, reason, last.start, last.end)


def _note(file: SourceFile, reason: str, start: int, end: int) -> Unreadable:
    """What does not fail a run: the file was read."""
    span = Span(file.path, start, end)
    return Unreadable(file.path, reason, span, partial=True, configuration=False)
