"""JSON texts, with holes, as values that know their places in the file."""

from __future__ import annotations

import re

from rootlint.embedded.tape import Tape
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Piece,
    Scalar,
    Text,
    Unknown,
    Value,
    Why,
)

DEEPEST = 100
_LONGEST_WHOLE_NUMBER = 40
_LONGEST_NUMBER = 400
_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_WORD = re.compile(r'[^\s,\[\]{}:"]+')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


def parse_json(value: Value) -> Value:
    """A JSON text as a tree of values; `Unknown` with `Why.SYNTAX` and the place where it is no JSON.

    A hole within a string gives `Text`. A hole where a value stands is that unknown; where an
    element or an entry stands it is the `rest`, since it may be several or none. Of two entries with
    one key the later counts. What is no text (a list, a map, a number) comes back as it is.
    """
    match value:
        case Encoded():
            return value.value
        case Choice():
            options = (
                Option(option.when, option.value and parse_json(option.value))
                for option in value.options
            )
            return Choice(tuple(options), value.because, value.span)
        case Text() | Known(value=str()):
            return _Reader(Tape(value)).document()
        case _:
            return value


class _NotJson(Exception):  # noqa: N818 - named for what happened
    def __init__(self, detail: str, start: int, end: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.start = start
        self.end = end


class _Open:
    """A list or an object of which the end is not read yet."""

    __slots__ = ("entries", "free", "items", "key", "keys", "rest", "start", "wants")

    def __init__(self, start: int) -> None:
        self.start = start
        self.items: list[Value] = []
        self.entries: dict[str, Value] = {}
        self.keys: dict[str, Known] = {}
        self.key: Known | None = None
        self.rest: Unknown | None = None
        # What must come next: "" an element or the end, "," a comma or the end, "element" after a comma.
        self.wants = ""
        # After a hole anything may come: it may have brought the comma, or an element.
        self.free = False


class _Reader:
    """Reads one text from left to right; open lists and objects are a stack, not recursion."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.text = tape.text
        self.at = 0
        self.stack: list[_Open] = []
        self.loose: Unknown | None = None

    def document(self) -> Value:
        try:
            return self._document()
        except _NotJson as problem:
            # Behind a hole that stands for syntax, a fault may be the hole's and no fault at all.
            if self.loose is not None:
                return self.loose
            span = self.tape.span(problem.start, problem.end)
            return Unknown(Why.SYNTAX, problem.detail, span)

    def _document(self) -> Value:
        value = self._value()
        while value is None or self.stack:
            if value is not None:
                self._add(value)
            value = self._inside(self.stack[-1])
        if self._peek():
            raise self._expected("the end of the text")
        return value

    def _peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def _expected(self, what: str) -> _NotJson:
        if self.at >= len(self.text):
            end = len(self.text)
            return _NotJson(f"the JSON text ends where {what} should be", max(0, end - 1), end)
        found = self.text[self.at]
        return _NotJson(f"no JSON: `{found}` where {what} should be", self.at, self.at + 1)

    def _value(self) -> Value | None:
        """The value that begins here; None where a list or an object was opened."""
        start = self._peek()
        if start == '"':
            return self._string()
        if start and start in "[{":
            if len(self.stack) >= DEEPEST:
                span = self.tape.span(self.at, self.at + 1)
                self.loose = Unknown(Why.LIMIT, f"JSON nested deeper than {DEEPEST}", span)
                raise self._expected("less depth")
            self.stack.append(_Open(self.at))
            self.at += 1
            return None
        return self._word()

    def _word(self) -> Value:
        found = _WORD.match(self.text, self.at)
        if found is None:
            raise self._expected("a value")
        hole = self._hole_in(found.start(), found.end())
        span = self.tape.span(*found.span())
        if hole is None:
            value: Value = Known(self._scalar(found), span)
        else:
            value = self._loosen(hole)
        self.at = found.end()
        return value

    def _scalar(self, found: re.Match[str]) -> Scalar:
        word = found.group()
        if word in _WORDS:
            return _WORDS[word]
        number = _NUMBER.fullmatch(word)
        if number is None or len(word) > _LONGEST_NUMBER:
            raise _NotJson(f"no JSON: `{word[:20]}` is no value", *found.span())
        if number.group(1) or number.group(2) or len(word) > _LONGEST_WHOLE_NUMBER:
            return float(word)
        return int(word)

    def _hole_in(self, start: int, end: int) -> Unknown | None:
        places = self.tape.holes_in(start, end)
        return self.tape.holes[places[0]] if places else None

    def _loosen(self, hole: Unknown) -> Unknown:
        if self.stack:
            self.stack[-1].free = True
        self.loose = self.loose or hole
        return hole

    def _inside(self, top: _Open) -> Value | None:
        """The next element of the innermost list or object, or that itself where it ends."""
        listed = self.text[top.start] == "["
        while True:
            char = self._peek()
            if char and char in "]}":
                return self._close(top, "]" if listed else "}")
            if char == "," and (top.wants == "," or top.free):
                self.at += 1
                top.wants, top.free = "element", False
            elif self.at in self.tape.holes and self._swallow(top, listed=listed):
                continue
            elif top.wants == "," and not top.free:
                raise self._expected("`,`, or the end of a list or object,")
            elif listed:
                return self._value()
            else:
                return self._entry(top)

    def _swallow(self, top: _Open, *, listed: bool) -> bool:
        """Take a hole among elements as the rest; False where it is not alone there."""
        found = _WORD.match(self.text, self.at)
        assert found is not None
        top.rest = self._loosen(self.tape.holes[self.at])
        top.wants = ","
        self.at = found.end()
        if not listed and self._peek() == ":":
            self.at += 1
            top.key = None
            top.wants = ":"
        return top.wants == ","

    def _entry(self, top: _Open) -> Value | None:
        """The value of an entry, its key before it; the key is not known where it has holes."""
        if top.wants != ":":
            if self._peek() != '"':
                raise self._expected("a key in quotes")
            key = self._string()
            if isinstance(key, Known):
                top.key = key
            else:
                top.key = None
                top.rest = key if isinstance(key, Unknown) else _first_hole(key)
            if self._peek() != ":":
                raise self._expected("`:`")
            self.at += 1
        return self._value()

    def _add(self, value: Value) -> None:
        top = self.stack[-1]
        top.wants = ","
        if self.text[top.start] == "[":
            top.items.append(value)
        elif top.key is not None:
            name = str(top.key.value)
            top.entries[name] = value
            top.keys[name] = top.key

    def _close(self, top: _Open, wanted: str) -> Value:
        if self.text[self.at] != wanted:
            raise self._expected(f"`{wanted}`")
        if top.wants == "element" and not top.free:
            raise self._expected("an element after the `,`")
        self.at += 1
        self.stack.pop()
        span = self.tape.span(top.start, self.at)
        if wanted == "]":
            return List(tuple(top.items), span, top.rest)
        keys = {name: key.span for name, key in top.keys.items()}
        return Map(top.entries, span, top.rest, keys)

    def _string(self) -> Value:
        start = self.at
        at = start + 1
        chunks: list[str] = []
        holes: dict[int, Unknown] = {}
        pieces: list[Piece] = []
        length = 0
        while True:
            found = _PLAIN.match(self.text, at)
            stop = found.end() if found else at
            if stop > at:
                pieces += self.tape.pieces(at, stop, length)
                self._collect(at, stop, length, holes)
                chunks.append(self.text[at:stop])
                length += stop - at
            if self.text[stop : stop + 1] == '"':
                break
            char, at = self._escape(start, stop)
            pieces.append(Piece(length, self.tape.span(stop, at), exact=False))
            chunks.append(char)
            length += len(char)
        self.at = stop + 1
        span = self.tape.span(start, self.at)
        return self.tape.cut("".join(chunks), holes, pieces, span)

    def _collect(self, start: int, end: int, at: int, holes: dict[int, Unknown]) -> None:
        for place in self.tape.holes_in(start, end):
            holes[at + place - start] = self.tape.holes[place]

    def _escape(self, start: int, at: int) -> tuple[str, int]:
        """The character of an escape, and where the text goes on behind it."""
        if at >= len(self.text):
            raise _NotJson("the JSON text ends within a string", start, start + 1)
        if self.text[at] != "\\":
            raise _NotJson("no JSON: a control character within a string", at, at + 1)
        kind = self.text[at + 1 : at + 2]
        if kind in _ESCAPES:
            return _ESCAPES[kind], at + 2
        first = _HEX.match(self.text, at + 2) if kind == "u" else None
        if first is None:
            raise _NotJson(f"no JSON: the escape `\\{kind}` within a string", at, at + 2)
        return self._code_point(int(first.group(), 16), at + 6)

    def _code_point(self, code: int, at: int) -> tuple[str, int]:
        low = _HEX.match(self.text, at + 2) if self.text[at : at + 2] == "\\u" else None
        if 0xD800 <= code < 0xDC00 and low and 0xDC00 <= int(low.group(), 16) < 0xE000:
            return chr(0x10000 + ((code - 0xD800) << 10) + int(low.group(), 16) - 0xDC00), at + 6
        return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code), at


def _first_hole(key: Value) -> Unknown | None:
    parts = key.parts if isinstance(key, Text) else ()
    return next((part for part in parts if isinstance(part, Unknown)), None)
