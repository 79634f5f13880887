"""YAML as Terraform reads and writes it: through libyaml's events, each scalar with its place.

https://developer.hashicorp.com/terraform/language/functions/yamldecode
CloudFormation's YAML is another one: there tags are functions, and scalars are told apart otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from rootlint.embedded.tape import HOLE, Tape
from rootlint.model.value import Encoded, Known, List, Map, Piece, Text, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.convert import show, to_text
from rootlint.terraform.values import Object, Tuple, Untyped, entries_of, type_unknown
from rootlint.terraform.yaml_scalars import NoYaml, Plain, resolved, undecided

DEEPEST = 100
MOST_NODES = 50_000
LONGEST = 1_000_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_COLLECTIONS = {
    yaml.MappingStartEvent: (None, "tag:yaml.org,2002:map"),
    yaml.SequenceStartEvent: (None, "tag:yaml.org,2002:seq"),
}
__all__ = ["NoYaml", "NotRead", "decode", "encode"]


class NotRead(Exception):  # noqa: N818 - it says what the result is
    """A text that is not worked out, and why."""

    def __init__(self, hole: Unknown) -> None:
        super().__init__(hole.detail)
        self.hole = hole


def decode(source: Known | Text) -> Value:
    """The value of the one document of a text; raises `NoYaml` or `NotRead`.

    A hole within a scalar is part of a text, and is taken to hold nothing that ends the scalar.
    """
    tape = Tape(source)
    reader = _Reader(tape)
    try:
        return reader.document()
    except (NoYaml, yaml.YAMLError) as problem:
        hole = next(iter(tape.holes.values()), None)
        if hole is not None:  # the fault may be the hole's, and no fault at all
            raise NotRead(hole) from problem
        raise problem if isinstance(problem, NoYaml) else NoYaml("no YAML") from problem


class _Open:
    """A list or mapping of which the end is not read yet. `key` awaits its value."""

    def __init__(self, event: Any) -> None:
        self.start: int = event.start_mark.index
        self.anchor: str | None = event.anchor
        self.mapping = isinstance(event, yaml.MappingStartEvent)
        self.items: list[Value] = []
        self.entries: dict[str, Value] = {}
        self.keys: dict[str, Span] = {}
        self.rest: Unknown | None = None
        self.key: Value | None = None
        self.size = 1


class _Reader:
    """Builds one document from the events, without recursion and within bounds."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._found: list[Value] = []
        self._left = MOST_NODES

    def document(self) -> Value:
        if len(self._tape.text) > LONGEST:
            raise self._limit("YAML is too large")
        parser = _LOADER(self._tape.text)
        try:
            for event in iter(parser.get_event, None):
                self._take(event)
        finally:
            parser.dispose()
        if len(self._found) != 1:
            raise NoYaml("not one document")
        return self._found[0]

    def _limit(self, reason: str) -> NotRead:
        return NotRead(Unknown(Why.LIMIT, reason, self._tape.span(0, 1)))

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event), event.anchor, 1, merges=_merges(event))
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise NoYaml(f"there is no anchor `{event.anchor}`")
            value, size = self._anchors[event.anchor]
            self._add(value, None, size)
        elif isinstance(event, yaml.CollectionStartEvent):
            if event.tag not in _COLLECTIONS[type(event)]:
                raise NoYaml(f"unknown tag `{event.tag}`")
            if len(self._stack) == DEEPEST:
                raise self._limit("YAML is too deep")
            self._stack.append(_Open(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)

    def _close(self, event: Any) -> None:
        done, end = self._stack.pop(), event.end_mark.index
        span = self._tape.span(done.start, max(end, done.start + 1))
        value: Value
        if done.mapping:
            value = Object(done.entries, span, done.rest, done.keys)
        else:
            value = Tuple(tuple(done.items), span)
        self._add(value, done.anchor, done.size)

    def _add(self, value: Value, anchor: str | None, size: int, *, merges: bool = False) -> None:
        """One more node: the document, an element, a key, or the value of one."""
        self._left -= size
        if self._left < 0:
            raise self._limit("YAML is too large")
        if anchor is not None:
            self._anchors[anchor] = (value, size)
        if not self._stack:
            self._found.append(value)
            return
        top = self._stack[-1]
        top.size += size
        if not top.mapping:
            top.items.append(value)
        elif top.key is None:
            top.key = _MERGE if merges else value
        else:
            self._pair(top, top.key, value)
            top.key = None

    def _pair(self, top: _Open, key: Value, value: Value) -> None:
        if key is _MERGE:
            if not isinstance(value, Map):
                raise NoYaml("only a mapping is merged")
            top.entries.update(value.entries)
            top.keys.update(value.keys)
            top.rest = top.rest or value.rest
        elif isinstance(key, Known) and key.value is not None:
            top.entries[show(key.value)] = value
            top.keys[show(key.value)] = key.span
        elif isinstance(key, List | Map | Known):
            raise NoYaml("only a text is a key")
        else:
            raise NotRead(next(iter(self._tape.holes.values())))

    def _scalar(self, event: Any) -> Value:
        start, end = event.start_mark.index, event.end_mark.index
        text: str = event.value
        place = self._tape.span(start, end)
        holes = self._tape.holes_in(start, end)
        plain = event.style is None or event.style == ""
        if not holes:
            scalar = resolved(Plain(text, event.tag, plain))
            if not isinstance(scalar, str):
                return Known(scalar, place)
            return Known(scalar, place, pieces=self._pieces(scalar, event))
        parts = list(_parts(text, [self._tape.holes[at] for at in holes]))
        if event.tag is not None or (plain and undecided(parts)):
            hole = self._tape.holes[holes[0]]
            return Unknown(
                hole.why, hole.detail, hole.span, hole.refers if len(parts) == 1 else None
            )
        only = parts[0]
        if len(parts) == 1 and isinstance(only, Unknown):
            return only
        return Text(tuple(parts), place, pieces=self._pieces(text, event))

    def _pieces(self, text: str, event: Any) -> tuple[Piece, ...]:
        """Where each character is written, found again where no escape or fold changed it."""
        if not text:
            return ()
        written = self._tape.text
        at, end = event.start_mark.index, event.end_mark.index
        pieces: list[Piece] = []
        done = 0
        for line in text.splitlines(keepends=True):
            word = line.rstrip("\n")
            found = written.find(word, at, end)
            if found < 0:
                return (Piece(0, self._tape.span(event.start_mark.index, end), exact=False),)
            stop = (
                found + len(line)
                if written[found : found + len(line)] == line
                else found + len(word)
            )
            pieces.extend(self._tape.pieces(found, stop, done))
            at, done = stop, done + len(line)
        return tuple(pieces)


_MERGE = Known("<<", Span("", 0, 0))


def _merges(event: Any) -> bool:
    return event.value == "<<" and event.tag is None


def _parts(text: str, holes: list[Unknown]) -> Iterator[str | Unknown]:
    """The text between the holes, and the holes."""
    first, *others = text.split(HOLE)
    if first:
        yield first
    for hole, literal in zip(holes, others, strict=True):
        yield hole
        if literal:
            yield literal


def encode(value: Value) -> str:
    """The YAML text of a value that is wholly known: strings in quotes, lines as a block."""
    try:
        made: str = yaml.emit(_document(value), Dumper=_DUMPER, allow_unicode=True, width=80)
    except yaml.YAMLError as problem:
        raise NotRead(Unknown(Why.FUNCTION, "YAML is not written", value.span)) from problem
    plain = isinstance(value, Known) and not isinstance(value.value, str)
    return made.removesuffix("...\n") + ("...\n" if plain else "")


def _document(value: Value) -> Iterator[Any]:
    yield yaml.StreamStartEvent()
    yield yaml.DocumentStartEvent(explicit=False)
    yield from _events(value, 0)
    yield yaml.DocumentEndEvent(explicit=False)
    yield yaml.StreamEndEvent()


def _events(value: Value, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise NotRead(Unknown(Why.LIMIT, "value is too deep", value.span))
    match value:
        case List():
            flow = not value.items
            yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=flow)
            for item in value.items:
                yield from _events(item, depth + 1)
            yield yaml.SequenceEndEvent()
        case Map():
            flow = not value.entries
            yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=flow)
            for name, entry in entries_of(value).items():
                yield _string(name)
                yield from _events(entry, depth + 1)
            yield yaml.MappingEndEvent()
        case _:
            yield _written(value)


def _written(value: Value) -> Any:
    text = to_text(value) if isinstance(value, Encoded) else value
    assert isinstance(text, Known)
    if isinstance(text, Untyped) and text.value is not None:
        raise NotRead(type_unknown(value.span))
    if isinstance(text.value, str):
        return _string(text.value)
    plain = "null" if text.value is None else show(text.value)
    return yaml.ScalarEvent(None, None, (True, False), plain)


def _string(text: str) -> Any:
    return yaml.ScalarEvent(None, None, (False, True), text, style="|" if "\n" in text else '"')
