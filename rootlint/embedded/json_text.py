"""JSON texts, with holes, as values that know their places in the file."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isinf

from rootlint.embedded.json_string import NotJson, read_string
from rootlint.embedded.tape import Tape
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Scalar,
    Text,
    Unknown,
    Value,
    Why,
)

DEEPEST = 100
LONGEST = 1_000_000
MOST_VALUES = 50_000
_LONGEST_WHOLE_NUMBER = 40
_LONGEST_NUMBER = 400
_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r'[^\s,\[\]{}:"]+')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}


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
            return _read(value)
        case _:
            return value


@lru_cache(maxsize=256)
def _read(value: Known | Text) -> Value:
    """A text is often read many times: one file of settings by every module that decodes it."""
    return _Reader(Tape(value)).document()


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
        self.count = 0

    def document(self) -> Value:
        try:
            if len(self.text) > LONGEST:
                raise self._too_much(f"JSON of more than {LONGEST:,} characters")
            return self._document()
        except NotJson as problem:
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

    def _expected(self, what: str) -> NotJson:
        if self.at >= len(self.text):
            end = len(self.text)
            return NotJson(f"the JSON text ends where {what} should be", max(0, end - 1), end)
        found = self.text[self.at]
        return NotJson(f"no JSON: `{found}` where {what} should be", self.at, self.at + 1)

    def _too_much(self, detail: str) -> NotJson:
        """The end of reading where a limit of ours is reached: what is there is not known."""
        self.loose = Unknown(Why.LIMIT, detail, self.tape.span(self.at, self.at + 1))
        return self._expected("less")

    def _value(self) -> Value | None:
        """The value that begins here; None where a list or an object was opened."""
        start = self._peek()
        self.count += 1
        if self.count > MOST_VALUES:
            raise self._too_much(f"JSON of more than {MOST_VALUES:,} values")
        if start == '"':
            return self._string()
        if start and start in "[{":
            if len(self.stack) >= DEEPEST:
                raise self._too_much(f"JSON nested deeper than {DEEPEST}")
            self.stack.append(_Open(self.at))
            self.at += 1
            return None
        return self._word()

    def _string(self) -> Value:
        value, self.at = read_string(self.tape, self.at)
        return value

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
            raise NotJson(f"no JSON: `{word[:20]}` is no value", *found.span())
        if number.group(1) or number.group(2) or len(word) > _LONGEST_WHOLE_NUMBER:
            return self._fraction(word)
        return int(word)

    def _fraction(self, word: str) -> float:
        found = float(word)
        if isinf(found):
            raise self._too_much("a number larger than any that is worked out")
        return found

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


def _first_hole(key: Value) -> Unknown | None:
    parts = key.parts if isinstance(key, Text) else ()
    return next((part for part in parts if isinstance(part, Unknown)), None)
