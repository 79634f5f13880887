"""Parser nodes of strings and heredocs → templates.

The parser has no node for blanks beside an interpolation and for the first blanks of a heredoc, so
the literal text is what lies between the other nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rootlint.model.value import Piece
from rootlint.source import Span
from rootlint.terraform import templates
from rootlint.terraform.nodes import Node, Text, Unparsable, children
from rootlint.terraform.syntax import (
    Broken,
    Expression,
    Interpolation,
    Literal,
    TemplateFor,
    TemplateIf,
)
from rootlint.terraform.templates import Chars, Marker, Opening, Token

# A string without one of these is what it shows.
_SPECIAL = frozenset("\\$%")


class Reader(Protocol):
    """What is needed of the reader of expressions."""

    @property
    def text(self) -> Text: ...
    def expression(self, node: Node, depth: int) -> Expression: ...
    def for_intro(self, node: Node, depth: int) -> tuple[str | None, str, Expression]: ...
    def words(self, span: Span) -> str: ...


def quoted(reader: Reader, node: Node, depth: int) -> Expression:
    """A string in quotes; its span leaves them out."""
    parts = children(node)
    outside = reader.text.span(node)
    span = Span(outside.path, outside.start + 1, outside.end - 1)
    raw = reader.text.between(span.start, span.end)
    if raw.isascii() and _SPECIAL.isdisjoint(raw):
        return Literal(raw, span, (Piece(0, span, exact=True),))
    tokens = list(_tokens(reader, parts[1:-1], span, depth, escapes=True))
    return _assembled(templates.strip(tokens), span)


def heredoc(reader: Reader, node: Node, depth: int) -> Expression:
    """A heredoc; its span is that of its lines."""
    parts = children(node)
    text = reader.text
    opened, closed = text.span(parts[1]).end, text.span(parts[-1]).start
    start = opened + text.between(opened, closed).find("\n") + 1
    end = start + text.between(start, closed).rfind("\n") + 1
    span = Span(text.path, start, end)
    tokens = list(_tokens(reader, parts[2:-1], span, depth, escapes=False))
    indented = text.of(parts[0]) == "<<-"
    if indented or any(token.before or token.after for token in tokens):
        tokens = [piece for token in tokens for piece in _by_line(token)]
    tokens = templates.strip(tokens)
    return _assembled(templates.outdent(tokens) if indented else tokens, span)


def whole_template(reader: Reader, parts: Sequence[Node], span: Span) -> Expression:
    """The template that fills a whole file."""
    try:
        tokens = [
            t for each in _tokens(reader, parts, span, 0, escapes=False) for t in _by_line(each)
        ]
        return _assembled(templates.strip(tokens), span)
    except Unparsable as problem:
        place = reader.text.span(problem.node) if problem.node else span
        return Broken(problem.reason, place)


def _by_line(token: Token) -> Iterator[Token]:
    """Strip markers and indentation go by lines, but for a string in quotes."""
    if not isinstance(token.thing, Chars):
        yield token
        return
    for line in templates.lines(token.thing):
        yield Token(line)


def _assembled(tokens: list[Token], span: Span) -> Expression:
    try:
        return templates.assemble(tokens, span)
    except templates.Unbalanced as problem:
        raise Unparsable(problem.reason) from problem


def _tokens(
    reader: Reader, parts: Sequence[Node], span: Span, depth: int, *, escapes: bool
) -> Iterator[Token]:
    """The nodes that are no text, and the text between them."""
    at = span.start
    for node in _flat(parts, depth):
        place = reader.text.span(node)
        yield _text(reader, at, place.start, escapes=escapes)
        at = place.end
        source = reader.text.between(place.start, place.end)
        thing = _thing(reader, node, place, depth + 1)
        yield Token(thing, before=source[2:3] == "~", after=source[-2:-1] == "~")
    yield _text(reader, at, span.end, escapes=escapes)


def _text(reader: Reader, start: int, end: int, *, escapes: bool) -> Token:
    raw = reader.text.between(start, end)
    return Token(templates.decode(raw, start, reader.text.path, quoted=escapes))


_FLAT = frozenset(
    ("template_interpolation", "template_if_intro", "template_else_intro", "template_if_end")
) | {"template_for_start", "template_for_end"}
_NESTED = frozenset(("template_directive", "template_if", "template_for"))


def _flat(parts: Sequence[Node], depth: int) -> Iterator[Node]:
    """Interpolations and directive marks in their order, directives unfolded."""
    if depth > templates.DEEPEST:
        raise Unparsable("too deep", parts[0])
    for part in parts:
        if part.type in _FLAT:
            yield part
        elif part.type in _NESTED:
            yield from _flat(children(part), depth + 1)


def _thing(reader: Reader, node: Node, span: Span, depth: int) -> Interpolation | Opening | Marker:
    if node.type == "template_interpolation":
        return Interpolation(_inner(reader, node, depth), span)
    if node.type == "template_if_intro":
        condition = _inner(reader, node, depth)
        text = reader.words(condition.span)
        return Opening(TemplateIf(condition, text, (), (), span))
    if node.type == "template_for_start":
        key, name, source = reader.for_intro(node, depth)
        return Opening(TemplateFor(key, name, source, (), span))
    return Marker("else" if node.type == "template_else_intro" else "end", span)


def _inner(reader: Reader, node: Node, depth: int) -> Expression:
    inner = next((part for part in children(node) if part.type == "expression"), None)
    if inner is None:
        raise Unparsable("expression is missing", node)
    return reader.expression(inner, depth)
