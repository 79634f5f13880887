"""The tokens of CloudWatch Logs filter patterns."""

from __future__ import annotations

import re
from typing import NamedTuple

from rootlint.reason.logs_syntax import Every, Kind, Operand, Phrase, Selector, Step

# Each alternative is decided by its first character and repeats one class of characters: no text
# makes this run longer than linear.
_BARE = r"[^\s.\[\](){}&|=!<>\"%$,']"
_TOKEN = re.compile(
    r"(?P<blank>\s+)"
    r'|(?P<quoted>"(?:[^"\\]|\\.)*")'
    r"|(?P<regex>%(?:[^%\\]|\\.)*%)"
    rf"|(?P<selector>\$(?:\.?\[(?:\d{{1,6}}|\*|'[^']*')\]|\.{_BARE}+)+)"
    r"|(?P<operator>&&|\|\||!=|<=|>=|[=<>])"
    r"|(?P<bracket>[(){}])"
    r"|(?P<word>[^\s(){}&|=!<>\"%$']+)",
    re.DOTALL,
)
_STEP = re.compile(
    rf"\.?\[(?P<index>\d+)\]|\.?\[(?P<every>\*)\]|\.?\['(?P<quoted>[^']*)'\]|\.(?P<name>{_BARE}+)"
)
_PHRASE = re.compile(
    r'(?P<sign>[?-]?)(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|%(?P<regex>(?:[^%\\]|\\.)*)%|(?P<word>[^\s"%]+))',
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# A term of these characters is no word: the pattern has lost its braces.
_NO_WORD = re.compile(r"[${}=|&<>]")
_HINTS = {
    "&": "`&` stands alone: write `&&`",
    "|": "`|` stands alone: write `||`",
    "!": "`!` stands alone: write `!=`",
    "'": "a text needs double quotes",
    '"': "the quote is not closed",
    "%": "the `%` is not closed",
    "$": "a selector is `$.` and a name",
}


class Malformed(Exception):  # noqa: N818 - it says what the pattern is
    """What AWS would reject, at a place in the text."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at
        self.message = message


class Token(NamedTuple):
    """`kind` is the name of its alternative, or `end` behind the last one."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a JSON pattern, braces included. Raises `Malformed`."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Malformed(at, _HINTS.get(text[at], f"`{text[at]}` is not expected here"))
        kind = match.lastgroup or ""
        if kind != "blank":
            found.append(Token(kind, match.group(), at, match.end()))
        at = match.end()
    found.append(Token("end", "", at, at))
    return found


def operand(token: Token) -> Operand:
    """The operand that a token of kind word, quoted or regex is."""
    if token.kind == "word":
        return Operand(token.text, Kind.WORD)
    inner = token.text[1:-1]
    if token.kind == "regex":
        return Operand(inner, Kind.REGEX)
    return Operand(_ESCAPED.sub(r"\1", inner), Kind.QUOTED)


def selector(token: Token) -> Selector:
    return Selector(tuple(_step(match) for match in _STEP.finditer(token.text, 1)))


def phrases(text: str) -> tuple[Phrase, ...]:
    """The terms of a pattern without braces. Raises `Malformed`."""
    found: list[Phrase] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _PHRASE.match(text, at)
        if match is None:
            raise Malformed(at, _HINTS.get(text[at], f"`{text[at]}` is not expected here"))
        found.append(_phrase(match))
        at = match.end()
    return tuple(found)


def _phrase(match: re.Match[str]) -> Phrase:
    quoted, regex, word = match.group("quoted", "regex", "word")
    sign = match.group("sign")
    if quoted is not None:
        inner = Operand(_ESCAPED.sub(r"\1", quoted), Kind.QUOTED)
    elif regex is not None:
        inner = Operand(regex, Kind.REGEX)
    else:
        wrong = _NO_WORD.search(word)
        if wrong:
            at = match.start("word") + wrong.start()
            raise Malformed(at, f"a term holds `{wrong.group()}`: braces or quotes are missing")
        inner = Operand(word, Kind.WORD)
    return Phrase(sign, inner, match.start(), match.end())


def _step(match: re.Match[str]) -> Step:
    index, every, quoted, name = match.group("index", "every", "quoted", "name")
    if index is not None:
        return int(index)
    if every is not None:
        return Every.ELEMENT
    if quoted is not None:
        return str(quoted)
    return Every.MEMBER if name == "*" else str(name)
