"""Cuts a file into its top-level blocks, also a broken one, without parsing them.

One compiled alternation finds what can open or close something, a stack keeps what is open: `{` a
brace in code, `$` a brace in a template, `"` a string, anything else the marker of a heredoc. Every
pattern is linear: no loop of a loop over the same characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rootlint.source import SourceFile, Span, Unreadable


class BlockText(NamedTuple):
    """A top-level block that is not parsed yet: from the first character of its kind to its `}`."""

    kind: str
    labels: tuple[str, ...]
    header: Span
    start: int
    end: int


_PLAIN = r'[^"\\$%\n]*'
STRING = (
    rf'"{_PLAIN}(?:(?:\\.|\$(?!\{{)|%(?!\{{)|\$\{{[^"{{}}\n]*\}}|%\{{[^"{{}}\n]*\}}){_PLAIN})*"'
)
_IDENTIFIER = r"[^\W\d][\w-]*"
_CODE = re.compile(
    rf'{STRING}|\{{|\}}|"|\#[^\n]*|//[^\n]*|/\*|<<-?(?P<marker>{_IDENTIFIER})(?=\r?\n)'
)
# What lies between braces with braces in it, no deeper than two levels: most blocks, in one step.
# There is one way only in which a text fits, so that one that does not fit is soon given up.
_FLAT = rf'[^{{}}"\#/<]*(?:(?:{STRING}|(?:\#|//)[^\n]*(?![^\n])|/(?![/*])|<(?!<))[^{{}}"\#/<]*)*'
_NESTED = rf"{_FLAT}(?:\{{{_FLAT}\}}{_FLAT})*"
_MOST_AT_ONCE = 20_000
_SHALLOW = re.compile(rf"{_FLAT}(?:\{{{_NESTED}\}}{_FLAT})*\}}")
_STRING = re.compile(r'\\.|\$+\{?|%+\{?|"|\n')
_HEREDOC = re.compile(rf"\$+\{{?|%+\{{?|\n[ \t]*(?P<word>{_IDENTIFIER})[ \t]*(?=\r?\n|\Z)")

_GAP = r"(?:[ \t]|/\*[^*\n]*\*/)"
_LABEL = rf'(?:{_GAP}*"[^"\n]*"|{_GAP}+{_IDENTIFIER})'
_HEADER = re.compile(rf"(?P<kind>{_IDENTIFIER})(?P<labels>{_LABEL}*){_GAP}*\{{")
# A block from its header to what follows it, where it is not nested deep.
_WHOLE = re.compile(rf"(?P<header>{_HEADER.pattern})(?P<body>{_SHALLOW.pattern})\s*")
_LABEL_TEXT = re.compile(rf'(/\*[^*\n]*\*/)|"([^"\n]*)"|({_IDENTIFIER})')
_BETWEEN = re.compile(r"\s*(?:\#[^\n]*|//[^\n]*|(?P<comment>/\*))?")
_FRESH_START = re.compile(
    r"^(?:resource|data|module|variable|output|locals|provider|terraform|moved|removed|import|check"
    rf"|ephemeral){_LABEL}*{_GAP}*\{{",
    re.MULTILINE,
)
_PATIENCE = 4
_DEEPEST = 300
_NOT_CLOSED = -1
_TOO_DEEP = -2


def split(file: SourceFile) -> tuple[tuple[BlockText, ...], tuple[Unreadable, ...]]:
    """The top-level blocks of a file in order, and what of it is no block or is not closed."""
    return _Splitter(file).split()


class _Splitter:
    """Walks the top level of one file.

    A block that is not closed is cut where the next one begins in column 0. After `_PATIENCE` such
    cuts no block may reach beyond the next fresh start, so that the whole stays linear.
    """

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._text = file.text
        self._blocks: list[BlockText] = []
        self._faults: list[Unreadable] = []
        self._cuts = 0

    def split(self) -> tuple[tuple[BlockText, ...], tuple[Unreadable, ...]]:
        at = self._skip_blank(0)
        while at < len(self._text):
            whole = _WHOLE.match(self._text, at, at + _MOST_AT_ONCE) if not self._cuts else None
            if whole:
                self._add(whole, whole.end("body"))
                at = whole.end()
                if self._text[at : at + 1] in ("#", "/"):
                    at = self._skip_blank(at)
                continue
            header = _HEADER.match(self._text, at)
            at = self._skip_blank(self._take(header) if header else self._skip_stray(at))
        return tuple(self._blocks), tuple(self._faults)

    def _skip_blank(self, at: int) -> int:
        """The offset of the next character that is neither blank nor in a comment."""
        while found := _BETWEEN.match(self._text, at):
            end = found.end()
            if found["comment"]:
                end = self._text.find("*/", end) + 2
                if end == 1:
                    return self._skip_stray(found.start("comment"), "comment is not closed")
            if end == at:
                break
            at = end
        return at

    def _skip_stray(self, at: int, reason: str = "text that is no block") -> int:
        end = self._fresh_start(at)
        self._fault(reason, at, at + len(self._text[at:end].rstrip()))
        return end

    def _take(self, header: re.Match[str]) -> int:
        """Add the block that begins with this header; the offset after it."""
        limit = self._fresh_start(header.end()) if self._cuts > _PATIENCE else len(self._text)
        end = closing_brace(self._text, header.end(), limit)
        if end == _TOO_DEEP:
            self._cuts += 1
            self._fault(f"`{header['kind']}` block is nested too deep", *header.span())
            return self._fresh_start(header.end())
        if end == _NOT_CLOSED:
            self._cuts += 1
            self._fault(f"`{header['kind']}` block is not closed", *header.span())
            end = self._fresh_start(header.end())
        self._add(header, end)
        return end

    def _add(self, header: re.Match[str], end: int) -> None:
        kind, written = header["kind"], header["labels"]
        # Of `"text"` and `name` one is empty, and of a comment both are.
        found = _LABEL_TEXT.findall(written) if written else ()
        labels = tuple(name or text for comment, text, name in found if not comment)
        start = header.start()
        span = Span(self._file.path, start, header.end("labels"))
        if self._text[end - 1] != "}":
            end = start + len(self._text[start:end].rstrip())
        self._blocks.append(BlockText(kind, labels, span, start, end))

    def _fresh_start(self, at: int) -> int:
        found = _FRESH_START.search(self._text, at)
        # `at` itself begins a line only where it is the stray text: never stay in place.
        if found and found.start() == at:
            found = _FRESH_START.search(self._text, at + 1)
        return found.start() if found else len(self._text)

    def _fault(self, reason: str, start: int, end: int) -> None:
        span = self._file.span(start, end)
        self._faults.append(Unreadable(self._file.path, reason, span, partial=True))


def closing_brace(text: str, at: int, limit: int) -> int:
    """The offset after the brace that closes the one before `at`; negative where there is none."""
    shallow = _SHALLOW.match(text, at, min(limit, at + _MOST_AT_ONCE))
    return shallow.end() if shallow else closing(text, at, limit, "{")


def closing(text: str, at: int, limit: int, opened: str) -> int:
    """The offset after what closes a `{`, a `"` or a heredoc's marker; negative where nothing does."""
    stack = [opened]
    while stack and at >= 0:
        top = stack[-1]
        walk = _in_code if top in "{$" else _in_string if top == '"' else _in_heredoc
        at = walk(text, at, limit, stack)
    return _TOO_DEEP if len(stack) > _DEEPEST else at


def _in_code(text: str, at: int, limit: int, stack: list[str]) -> int:
    for found in _CODE.finditer(text, at, limit):
        word = found[0]
        if word == "{":
            stack.append(word)
        elif word == "}":
            stack.pop()
            if not stack or stack[-1] not in "{$":
                return found.end()
        elif found["marker"] or word == '"':
            stack.append(found["marker"] or word)
            return found.end()
        elif word == "/*":
            end = text.find("*/", found.end(), limit)
            return end + 2 if end >= 0 else _NOT_CLOSED
        if len(stack) > _DEEPEST:
            break
    return _NOT_CLOSED


def _in_string(text: str, at: int, limit: int, stack: list[str]) -> int:
    for found in _STRING.finditer(text, at, limit):
        word = found[0]
        if word in ('"', "\n"):  # a string ends at the latest with its line
            stack.pop()
            return found.end()
        if word in ("${", "%{"):
            stack.append("$")
            return found.end()
    return _NOT_CLOSED


def _in_heredoc(text: str, at: int, limit: int, stack: list[str]) -> int:
    for found in _HEREDOC.finditer(text, at, limit):
        if found["word"] == stack[-1]:
            stack.pop()
            return found.end()
        if found[0] in ("${", "%{"):
            stack.append("$")
            return found.end()
    return _NOT_CLOSED
