"""The literal text of strings and heredocs: escapes, strip markers, indentation, with places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from rootlint.model.place import cut, shift
from rootlint.model.value import Piece
from rootlint.source import Span
from rootlint.terraform.syntax import (
    Expression,
    Interpolation,
    Literal,
    Part,
    Template,
    TemplateFor,
    TemplateIf,
)

DEEPEST = 64
_QUOTED_ESCAPE = re.compile(
    r'\\(?:(?P<one>[nrt"\\])|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8}))'
    r"|(?P<run>[$%]+)(?P<brace>\{)?"
)
_HEREDOC_ESCAPE = re.compile(r"(?P<run>[$%]+)(?P<brace>\{)?")
_ONE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class Chars(NamedTuple):
    """Decoded text and where it is written."""

    text: str
    pieces: tuple[Piece, ...]

    def cut(self, start: int, end: int) -> Chars:
        return Chars(self.text[start:end], cut(self.pieces, start, end))


class Opening(NamedTuple):
    """`%{ if … }` or `%{ for … }`: without its content yet."""

    head: TemplateIf | TemplateFor


class Marker(NamedTuple):
    """`%{ else }`, or the `end` of what was opened."""

    word: str
    span: Span


class Token(NamedTuple):
    """What a template is made of in a row; `before` and `after` are its strip markers."""

    thing: Chars | Interpolation | Opening | Marker
    before: bool = False
    after: bool = False


def decode(raw: str, at: int, path: str, *, quoted: bool) -> Chars:
    """Text as written from offset `at` on, with its escapes resolved."""
    if not raw:
        return Chars("", ())
    pattern = _QUOTED_ESCAPE if quoted else _HEREDOC_ESCAPE
    text: list[str] = []
    pieces: list[Piece] = []
    done = length = 0
    for found in pattern.finditer(raw):
        start, meaning = _meaning(found)
        if meaning is None:
            continue
        if start > done:
            pieces.append(Piece(length, Span(path, at + done, at + start), exact=True))
            text.append(raw[done:start])
            length += start - done
        pieces.append(Piece(length, Span(path, at + start, at + found.end()), exact=False))
        text.append(meaning)
        length += len(meaning)
        done = found.end()
    if done < len(raw):
        pieces.append(Piece(length, Span(path, at + done, at + len(raw)), exact=True))
        text.append(raw[done:])
    return normal(Chars("".join(text), tuple(pieces)), Span(path, at, at + len(raw)))


def normal(chars: Chars, span: Span) -> Chars:
    """The text in Unicode's composed form, which is what Terraform keeps of every string."""
    if chars.text.isascii() or is_normalized("NFC", chars.text):
        return chars
    return Chars(normalize("NFC", chars.text), (Piece(0, span, exact=False),))


def _meaning(found: re.Match[str]) -> tuple[int, str | None]:
    """Where an escape begins and what it stands for; None: it is none."""
    groups = found.groupdict()
    if groups.get("one"):
        return found.start(), _ONE[groups["one"]]
    digits = groups.get("four") or groups.get("eight")
    if digits:
        code = int(digits, 16)
        return found.start(), chr(code) if code <= 0x10FFFF else "\ufffd"
    run = found["run"]
    if (
        found["brace"] and len(run) > 1 and run[-1] == run[-2]
    ):  # `$${` is a `${` that is no interpolation
        return found.end() - 3, run[-1] + "{"
    return found.start(), None


def lines(chars: Chars) -> list[Chars]:
    """The text of a heredoc line by line: strip markers and indentation go by lines."""
    found, start = [], 0
    while start < len(chars.text):
        end = chars.text.find("\n", start) + 1 or len(chars.text)
        found.append(chars.cut(start, end))
        start = end
    return found


def strip(tokens: list[Token]) -> list[Token]:
    """Apply the strip markers: each eats the blanks of the one literal beside it."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        chars = token.thing
        if isinstance(chars, Chars):
            text, start, end = chars.text, 0, len(chars.text)
            if index and tokens[index - 1].after:
                start = end - len(text.lstrip())
            if index + 1 < len(tokens) and tokens[index + 1].before:
                end = max(start, len(text.rstrip()))
            chars = chars.cut(start, end) if (start, end) != (0, len(text)) else chars
        kept.append(token._replace(thing=chars))
    return kept


def outdent(tokens: list[Token]) -> list[Token]:
    """Take the common indentation from the lines of a `<<-` heredoc."""
    line_start, fewest = True, -1
    adjust = set()
    for index, token in enumerate(tokens):
        chars = token.thing
        if line_start:
            line_start = False
            blanks = _indentation(chars)
            if blanks is not None:
                fewest = blanks if fewest < 0 else min(fewest, blanks)
                adjust.add(index)
        line_start = line_start or (isinstance(chars, Chars) and chars.text.endswith("\n"))
    return [
        token._replace(thing=token.thing.cut(max(0, fewest), len(token.thing.text)))
        if index in adjust and isinstance(token.thing, Chars)
        else token
        for index, token in enumerate(tokens)
    ]


def _indentation(thing: Chars | Interpolation | Opening | Marker) -> int | None:
    """How many blanks begin a line; None for a blank line, which does not count."""
    if not isinstance(thing, Chars):
        return 0
    trimmed = thing.text.lstrip()
    if not trimmed and thing.text.endswith("\n"):
        return None
    return len(thing.text) - len(trimmed)


def assemble(tokens: list[Token], span: Span) -> Expression:
    """The expression that the tokens make: a literal where nothing is interpolated."""
    parts = nest(tokens)
    if not parts:
        return Literal("", span, (Piece(0, span, exact=True),))
    first = parts[0]
    if len(parts) == 1 and isinstance(first, Literal):
        return replace(first, span=span)
    return Template(parts, span)


class Unbalanced(Exception):  # noqa: N818 - it says what the text is
    """A directive that nothing opened, or that nothing closes."""

    def __init__(self, reason: str, span: Span | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


class _Open(NamedTuple):
    """A directive whose end is awaited: what came before it, and what its branches hold so far."""

    head: TemplateIf | TemplateFor | None
    branches: list[list[Part]]


def nest(tokens: list[Token]) -> tuple[Part, ...]:
    """The parts of a template, directives with their content inside."""
    stack = [_Open(None, [[]])]
    for thing in _meld(tokens):
        parts = stack[-1].branches[-1]
        if isinstance(thing, Literal | Interpolation):
            parts.append(thing)
        elif isinstance(thing, Marker):
            _mark(stack, thing)
        elif len(stack) > DEEPEST:
            raise Unbalanced("too deep", thing.head.span)
        else:
            stack.append(_Open(thing.head, [[]]))
    if len(stack) > 1:
        raise Unbalanced("directive is not closed", None)
    return tuple(stack[0].branches[0])


def _meld(tokens: list[Token]) -> Iterator[Literal | Interpolation | Opening | Marker]:
    """The tokens with all text between two others as one literal."""
    run: list[Chars] = []
    for token in tokens:
        if isinstance(token.thing, Chars):
            if token.thing.text:
                run.append(token.thing)
            continue
        if run:
            yield _literal(run)
            run = []
        yield token.thing
    if run:
        yield _literal(run)


def _literal(run: list[Chars]) -> Literal:
    pieces: list[Piece] = []
    length = 0
    for chars in run:
        for piece in shift(chars.pieces, length):
            last = pieces[-1] if pieces else None
            if last and last.exact and piece.exact and last.span.end == piece.span.start:
                pieces[-1] = last._replace(span=last.span._replace(end=piece.span.end))
            else:
                pieces.append(piece)
        length += len(chars.text)
    span = Span(pieces[0].span.path, pieces[0].span.start, pieces[-1].span.end)
    return Literal("".join(chars.text for chars in run), span, tuple(pieces))


def _mark(stack: list[_Open], marker: Marker) -> None:
    top = stack[-1]
    if marker.word == "else" and isinstance(top.head, TemplateIf) and len(top.branches) == 1:
        top.branches.append([])
    elif marker.word != "else" and top.head is not None:
        stack.pop()
        stack[-1].branches[-1].append(_closed(top.head, top.branches))
    else:
        raise Unbalanced(f"`{marker.word}` without its opening", marker.span)


def _closed(head: TemplateIf | TemplateFor, branches: list[list[Part]]) -> Part:
    if isinstance(head, TemplateFor):
        return replace(head, parts=tuple(branches[0]))
    otherwise = tuple(branches[1]) if len(branches) > 1 else ()
    return replace(head, then=tuple(branches[0]), otherwise=otherwise)
