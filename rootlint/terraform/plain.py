"""Blocks of plain code → syntax tree without the parser: most of what people write, at a tenth of the cost.

Plain are strings, numbers, references, lists, objects and calls, on ASCII, with comments to the end
of the line. Whatever else is met, and whatever is not certainly right, is left to the parser: this
reader gives exactly what the parser would, or nothing.
"""

from __future__ import annotations

import re

from rootlint.model.value import Piece
from rootlint.source import SourceFile, Span
from rootlint.terraform import numbers, templates
from rootlint.terraform.blocks import BlockText
from rootlint.terraform.nodes import in_one_line
from rootlint.terraform.outline import Stretch
from rootlint.terraform.syntax import (
    Attribute,
    Block,
    Body,
    Call,
    Entry,
    Expression,
    GetAttr,
    Index,
    Interpolation,
    ListExpr,
    Literal,
    ObjectExpr,
    Step,
    Traversal,
)

_DEEPEST = 20
_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_TEXT = r'[^"\\$%\n]*(?:[$%](?![$%{])[^"\\$%\n]*)*'
_COMMENT = r"(?:\#|//)[^\n]*"
# Where one of these is, the reader ends in vain sooner or later: so it does not begin.
_HARD = (
    "<<",
    "\\",
    "[for ",
    "{ for ",
    "[ for ",
    "{for ",
    " ? ",
    " == ",
    " != ",
    "&&",
    "||",
    ".*",
    "[*",
)
_ITEM = re.compile(
    rf"(?P<name>{_NAME})"
    rf'(?:[ \t]*(?P<sign>=)(?!=)[ \t]*|(?P<labels>(?:[ \t]+(?:"[^"\\$%\n]*"|{_NAME}))*)[ \t]*\{{)'
)
_LABEL = re.compile(rf'"([^"\n]*)"|({_NAME})')
_VALUE = re.compile(
    rf'"(?P<text>{_TEXT})"|(?P<path>{_NAME}(?:\.{_NAME})*)|(?P<number>[0-9]+(?:\.[0-9]+)?)'
    r'|(?P<open>["\[{])'
)
_CHARS = re.compile(_TEXT)
_STEP = re.compile(_NAME)
_KEY = re.compile(rf'(?:"(?P<text>{_TEXT})"|(?P<name>{_NAME}))[ \t]*[=:](?![=>])[ \t]*')
_GAP = re.compile(rf"[ \t\r\n]*(?:{_COMMENT}\n[ \t\r\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
# After an item: its line ends, or the braces around it do.
_END = re.compile(rf"[ \t]*(?:(?:{_COMMENT})?\r?\n|(?=\}}))")
_COMMA = re.compile(r"[ \t]*,?")
_WORDS = {"true": True, "false": False, "null": None}


class NotPlain(Exception):  # noqa: N818 - it says what the text is
    """There is something that the parser has to look at."""


def plain_block(file: SourceFile, block: BlockText) -> Block | None:
    """A block, if nothing but plain code is in it."""
    if not _promises(file.text[block.start : block.end]):
        return None
    reader = _Reader(file)
    try:
        body, end = reader.body(file.text.index("{", block.header.end) + 1, block.start, 0)
    except NotPlain:
        return None
    if end != block.end:
        return None
    return Block(block.kind, block.labels, body, block.header, body.span)


def plain_value(file: SourceFile, stretch: Stretch) -> Expression | None:
    """The value of one argument, if it is plain code."""
    if not _promises(file.text[stretch.value : stretch.end]):
        return None
    try:
        found, end = _Reader(file).value(stretch.value, 0)
    except NotPlain:
        return None
    return found if end == stretch.end else None


def _promises(source: str) -> bool:
    """Whether it is worth a try. A string that holds such a word costs a useless refusal."""
    return source.isascii() and not any(word in source for word in _HARD)


class _Reader:
    """Each method takes the offset where something begins, and gives it with the offset after it."""

    def __init__(self, file: SourceFile) -> None:
        self._path = file.path
        self._text = file.text

    def body(self, at: int, start: int, depth: int) -> tuple[Body, int]:
        """What follows the opening brace of the block that begins at `start`."""
        if depth > _DEEPEST:
            raise NotPlain
        text = self._text
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        at = self._gap(at)
        while text[at : at + 1] != "}":
            item = _ITEM.match(text, at)
            if item is None:
                raise NotPlain
            if item["sign"]:
                at = self._attribute(item, attributes)
            else:
                block, at = self._block(item, depth)
                blocks.append(block)
            end = _END.match(text, at)
            if end is None:
                raise NotPlain
            at = self._gap(end.end())
        return Body(attributes, tuple(blocks), Span(self._path, start, at + 1)), at + 1

    def _attribute(self, item: re.Match[str], into: dict[str, Attribute]) -> int:
        name, start = item["name"], item.start()
        if name in into:
            raise NotPlain
        expr, end = self.value(item.end(), 0)
        name_span = Span(self._path, start, start + len(name))
        into[name] = Attribute(name, name_span, expr, Span(self._path, start, end))
        return end

    def _block(self, item: re.Match[str], depth: int) -> tuple[Block, int]:
        names = item["labels"]
        labels = tuple(found[1] or found[2] or "" for found in _LABEL.finditer(names))
        header = Span(self._path, item.start(), item.end("labels"))
        body, end = self.body(item.end(), item.start(), depth + 1)
        return Block(item["name"], labels, body, header, body.span), end

    def _gap(self, at: int) -> int:
        """Blanks, line breaks and comments."""
        found = _GAP.match(self._text, at)
        assert found is not None
        return found.end()

    def value(self, at: int, depth: int) -> tuple[Expression, int]:
        found = _VALUE.match(self._text, at)
        if found is None or depth > _DEEPEST:
            raise NotPlain
        kind, end = found.lastgroup, found.end()
        if kind == "text":
            span = Span(self._path, at + 1, end - 1)
            return Literal(found["text"], span, (Piece(0, span, exact=True),)), end
        if kind == "path":
            return self._path_of(found["path"], at, end, depth)
        if kind == "number":
            number = numbers.parse(found["number"])
            if number is None:
                raise NotPlain
            return Literal(number, Span(self._path, at, end)), end
        opened = found["open"]
        if opened == "[":
            items, end = self._values(end, "]", depth)
            return ListExpr(items, Span(self._path, at, end)), end
        return self._object(at, depth) if opened == "{" else self._template(at, depth)

    def _path_of(self, word: str, at: int, end: int, depth: int) -> tuple[Expression, int]:
        """A reference, a call, or one of three words that are values."""
        follows = self._text[end : end + 1]
        if word in _WORDS and follows not in ("(", "["):
            return Literal(_WORDS[word], Span(self._path, at, end)), end
        if follows == "(":
            args, end = self._values(end + 1, ")", depth)
            if "." in word:
                raise NotPlain
            return Call(word, args, expand=False, span=Span(self._path, at, end)), end
        names = word.split(".")
        if names[0] in _WORDS:
            raise NotPlain
        steps: list[Step] = []
        place = at + len(names[0])
        for name in names[1:]:
            steps.append(GetAttr(name, Span(self._path, place + 1, place + 1 + len(name))))
            place += 1 + len(name)
        if follows == "[":
            end = self._more_steps(end, steps, depth)
        span = Span(self._path, at, end)
        written = in_one_line(self._text[at:end]) if steps else word
        return Traversal(names[0], tuple(steps), span, written), end

    def _more_steps(self, at: int, steps: list[Step], depth: int) -> int:
        """What follows the first names of a reference from an index on."""
        text = self._text
        while text[at : at + 1] in ("[", "."):
            if text[at] == "[":
                key, end = self.value(self._blanks(at + 1), depth + 1)
                end = self._blanks(end)
                if text[end : end + 1] != "]":
                    raise NotPlain
                steps.append(Index(key, Span(self._path, at, end + 1)))
                at = end + 1
            else:
                name = _STEP.match(text, at + 1)
                if name is None:
                    raise NotPlain
                steps.append(GetAttr(name[0], Span(self._path, at + 1, name.end())))
                at = name.end()
        return at

    def _blanks(self, at: int) -> int:
        found = _BLANKS.match(self._text, at)
        assert found is not None
        return found.end()

    def _values(self, at: int, close: str, depth: int) -> tuple[tuple[Expression, ...], int]:
        """What stands between brackets, with commas between."""
        found: list[Expression] = []
        at = self._gap(at)
        while self._text[at : at + 1] != close:
            value, at = self.value(at, depth + 1)
            found.append(value)
            at = self._gap(at)
            if self._text[at : at + 1] == ",":
                at = self._gap(at + 1)
            elif self._text[at : at + 1] != close:
                raise NotPlain
        return tuple(found), at + 1

    def _object(self, start: int, depth: int) -> tuple[Expression, int]:
        entries: list[Entry] = []
        at = self._gap(start + 1)
        while self._text[at : at + 1] != "}":
            found = _KEY.match(self._text, at)
            if found is None or found["name"] in _WORDS:
                raise NotPlain
            value, end = self.value(found.end(), depth + 1)
            entries.append(Entry(self._key(found), value))
            at = self._after_entry(end)
        return ObjectExpr(tuple(entries), Span(self._path, start, at + 1)), at + 1

    def _key(self, found: re.Match[str]) -> Literal:
        name = found["name"]
        if name is not None:
            return Literal(name, Span(self._path, *found.span("name")))
        span = Span(self._path, *found.span("text"))
        return Literal(found["text"], span, (Piece(0, span, exact=True),))

    def _after_entry(self, at: int) -> int:
        """Behind the comma or line break that must follow, if the object goes on."""
        comma = _COMMA.match(self._text, at)
        assert comma is not None
        if self._text[comma.end() - 1] == ",":
            return self._gap(comma.end())
        end = _END.match(self._text, at)
        if end is None:
            raise NotPlain
        return self._gap(end.end())

    def _template(self, start: int, depth: int) -> tuple[Expression, int]:
        """A string with interpolations of plain code."""
        text, at = self._text, start + 1
        tokens: list[templates.Token] = []
        while True:
            chars = _CHARS.match(text, at)
            assert chars is not None
            tokens.append(templates.Token(templates.decode(chars[0], at, self._path, quoted=True)))
            opened = chars.end()
            if text[opened : opened + 1] == '"':
                span = Span(self._path, start + 1, opened)
                return templates.assemble(tokens, span), opened + 1
            if text[opened : opened + 2] != "${":
                raise NotPlain
            inner, end = self.value(self._blanks(opened + 2), depth + 1)
            end = self._blanks(end)
            if text[end : end + 1] != "}":
                raise NotPlain
            at = end + 1
            tokens.append(templates.Token(Interpolation(inner, Span(self._path, opened, at))))
