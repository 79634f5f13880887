"""A regular expression → its tree."""

from __future__ import annotations

import re
from dataclasses import replace

from rootlint.record import dataclass
from rootlint.terraform.regular.charset import NEWLINE, PERL, POSIX, Charset, Range, complement

_DEEPEST = 40
_MOST_REPEATS = 1_000
_REPEAT = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}", re.ASCII)
_GROUP = re.compile(
    r"\(\?(?:P?<(?P<name>\w+)>|(?P<flags>[imsU]*(?:-[imsU]+)?)(?P<end>[:)]))", re.ASCII
)
_POSIX = re.compile(r"\[:(\^?)(\w+):\]")
_CATEGORY = re.compile(r"[pP](?:\{(\^?)(\w+)\}|(\w))")
_CODE = re.compile(r"x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))|([0-7]{3}|0)")
_CATEGORY_NAMES = """
    C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs
"""
_CATEGORIES = frozenset(_CATEGORY_NAMES.split())
_CONTROL = {"a": "\a", "f": "\f", "t": "\t", "n": "\n", "r": "\r", "v": "\v"}
_ZERO_WIDTH = {"b": "word edge", "B": "no word edge", "A": "start", "z": "end"}


class NoPattern(Exception):  # noqa: N818 - it says what the text is
    """Go refuses this expression."""


class NotRead(Exception):  # noqa: N818 - it says what happened
    """An expression that is not worked out here."""


@dataclass(frozen=True, slots=True)
class One:
    """One character of a set."""

    charset: Charset


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: `start`, `line end`, `word edge` and the like."""

    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group that captures, by its number."""

    number: int
    inner: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    inner: Node
    least: int
    most: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """The first that leads to a match."""

    parts: tuple[Node, ...]


Node = One | Edge | Group | Repeat | Row | Either


@dataclass(frozen=True, slots=True)
class Flags:
    fold: bool = False
    lines: bool = False
    dot_all: bool = False
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """An expression, and the name of each group that captures (None: it has none)."""

    tree: Node
    groups: tuple[str | None, ...]


def parse(text: str) -> Pattern:
    """The tree of an expression; raises `NoPattern` or `NotRead`."""
    parser = _Parser(text)
    tree = parser.either(Flags(), 0)
    if parser.at < len(text):
        raise NoPattern("unexpected `)`")
    return Pattern(tree, tuple(parser.groups))


class _Parser:
    """Reads one expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0
        self.groups: list[str | None] = []
        self._flags = Flags()

    def either(self, flags: Flags, depth: int) -> Node:
        if depth > _DEEPEST:
            raise NotRead("too deep")
        outer, self._flags = self._flags, flags
        parts = [self._row(depth)]
        while self._take("|"):
            parts.append(self._row(depth))
        self._flags = outer
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _take(self, letter: str) -> bool:
        if self._text.startswith(letter, self.at):
            self.at += len(letter)
            return True
        return False

    def _row(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.at < len(self._text) and self._text[self.at] not in "|)":
            if self._take("\\Q"):
                parts.extend(self._quoted())
                continue
            part = self._atom(depth)
            if part is not None:
                parts.append(self._repeated(part))
        return Row(tuple(parts))

    def _quoted(self) -> list[Node]:
        end = self._text.find("\\E", self.at)
        end = len(self._text) if end < 0 else end
        letters = self._text[self.at : end]
        self.at = min(end + 2, len(self._text))
        return [self._one(((letter, letter),)) for letter in letters]

    def _one(self, ranges: tuple[Range, ...], *, negated: bool = False) -> One:
        return One(Charset(ranges, (), negated, self._flags.fold))

    def _atom(self, depth: int) -> Node | None:
        letter = self._text[self.at]
        if letter == "(":
            return self._group(depth)
        if letter == "[":
            return self._class()
        if letter == "\\":
            return self._escape()
        if letter in "*+?":
            raise NoPattern("nothing to repeat")
        self.at += 1
        if letter in "^$":
            place = "start" if letter == "^" else "end"
            return Edge(f"line {place}" if self._flags.lines else place)
        if letter == ".":
            return self._one(() if self._flags.dot_all else NEWLINE, negated=True)
        return self._one(((letter, letter),))

    def _group(self, depth: int) -> Node | None:
        if not self._text.startswith("(?", self.at):
            self.at += 1
            return self._captured(None, depth)
        found = _GROUP.match(self._text, self.at)
        if found is None:
            raise NoPattern("unknown group")
        self.at = found.end()
        if found["name"]:
            return self._captured(found["name"], depth)
        flags = _changed(self._flags, found["flags"])
        if found["end"] == ")":
            self._flags = flags
            return None
        inner = self.either(flags, depth + 1)
        self._close()
        return inner

    def _captured(self, name: str | None, depth: int) -> Node:
        self.groups.append(name)
        number = len(self.groups)
        inner = self.either(self._flags, depth + 1)
        self._close()
        return Group(number, inner)

    def _close(self) -> None:
        if not self._take(")"):
            raise NoPattern("group is not closed")

    def _repeated(self, inner: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return inner
        greedy = self._take("?") is self._flags.lazy
        if self._bounds() is not None:
            raise NoPattern("repeated twice")
        return Repeat(inner, *bounds, greedy)

    def _bounds(self) -> tuple[int, int | None] | None:
        for letter, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(letter):
                return bounds
        found = _REPEAT.match(self._text, self.at)
        if found is None:
            return None
        self.at = found.end()
        least = int(found[1])
        most = int(found[3]) if found[3] else None if found[2] else least
        if max(least, most or 0) > _MOST_REPEATS or (most is not None and most < least):
            raise NoPattern("not a number of repeats")
        return least, most

    def _escape(self) -> Node:
        letter = self._text[self.at + 1 : self.at + 2]
        if letter in _ZERO_WIDTH and letter:
            self.at += 2
            return Edge(_ZERO_WIDTH[letter])
        ranges, categories = self._escaped_set()
        return One(Charset(ranges, categories, fold=self._flags.fold))

    def _escaped_set(self) -> tuple[tuple[Range, ...], tuple[tuple[str, bool], ...]]:
        """The set that an escape stands for, inside or outside of brackets."""
        self.at += 1
        letter = self._text[self.at : self.at + 1]
        if letter.lower() in PERL and letter:
            self.at += 1
            ranges = PERL[letter.lower()]
            return (complement(ranges) if letter.isupper() else ranges), ()
        found = _CATEGORY.match(self._text, self.at)
        if found is not None:
            return (), (self._category(found),)
        single = self._escaped_letter(letter)
        return ((single, single),), ()

    def _category(self, found: re.Match[str]) -> tuple[str, bool]:
        self.at = found.end()
        name = found[2] or found[3]
        if name not in _CATEGORIES:
            raise NotRead("Unicode script")
        return name, (found[0][0] == "P") is not bool(found[1])

    def _escaped_letter(self, letter: str) -> str:
        found = _CODE.match(self._text, self.at)
        if found is not None:
            self.at = found.end()
            code = int(found[1] or found[2] or found[3], 8 if found[3] else 16)
            if code > 0x10FFFF:
                raise NoPattern("no such character")
            return chr(code)
        self.at += 1
        if letter in _CONTROL and letter:
            return _CONTROL[letter]
        if not letter or letter == "_" or letter.isalnum() or not letter.isascii():
            raise NoPattern("unknown escape")
        return letter

    def _class(self) -> Node:
        self.at += 1
        negated = self._take("^")
        ranges: list[Range] = []
        categories: list[tuple[str, bool]] = []
        first = True
        while first or not self._text.startswith("]", self.at):
            if self.at >= len(self._text):
                raise NoPattern("set is not closed")
            first = False
            self._member(ranges, categories)
        self.at += 1
        return One(Charset(tuple(ranges), tuple(categories), negated, self._flags.fold))

    def _member(self, ranges: list[Range], categories: list[tuple[str, bool]]) -> None:
        posix = _POSIX.match(self._text, self.at)
        if posix is not None:
            if posix[2] not in POSIX:
                raise NoPattern("unknown set")
            self.at = posix.end()
            named = POSIX[posix[2]]
            ranges.extend(complement(named) if posix[1] else named)
            return
        if self._text[self.at] == "\\":
            found, named_categories = self._escaped_set()
            categories.extend(named_categories)
            if len(found) != 1 or found[0][0] != found[0][1]:
                ranges.extend(found)
                return
            low = found[0][0]
        else:
            low = self._text[self.at]
            self.at += 1
        ranges.append((low, self._high(low)))

    def _high(self, low: str) -> str:
        """The end of a range that begins with a character, which may be that alone."""
        following = self._text[self.at : self.at + 2]
        if len(following) < 2 or following[0] != "-" or following[1] == "]":
            return low
        self.at += 1
        if self._text[self.at] == "\\":
            found, categories = self._escaped_set()
            if categories or len(found) != 1 or found[0][0] != found[0][1]:
                raise NoPattern("not a range")
            high = found[0][0]
        else:
            high = self._text[self.at]
            self.at += 1
        if high < low:
            raise NoPattern("not a range")
        return high


def _changed(flags: Flags, written: str) -> Flags:
    on, _, off = written.partition("-")
    names = {"i": "fold", "m": "lines", "s": "dot_all", "U": "lazy"}
    changes = {names[letter]: True for letter in on} | {names[letter]: False for letter in off}
    return replace(flags, **changes)
