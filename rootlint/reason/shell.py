"""Shell text → the simple commands in it, each as words with their places. Nothing is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

HOLE = "\ue000"  # stands for a part of the text that is not known
_SEPARATORS = frozenset(";&|\n(){}")
_BLANKS = frozenset(" \t\r")
_DEEPEST = 50


class Word(NamedTuple):
    """One word, quotes removed. `open` is true where the shell may put anything in: a variable, a hole."""

    text: str
    start: int
    end: int
    open: bool


@dataclass(slots=True)
class _Draft:
    """A command while it is read."""

    words: list[Word] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    start: int = -1
    open: bool = False
    quoted: bool = False
    closer: str = ""

    def add(self, letter: str, at: int, *, open_: bool = False) -> None:
        if self.start < 0:
            self.start = at
        self.letters.append(letter)
        self.open |= open_

    def end_word(self, at: int) -> None:
        if self.start >= 0:
            self.words.append(Word("".join(self.letters), self.start, at, self.open))
        self.letters, self.start, self.open = [], -1, False


def commands(text: str) -> Iterator[tuple[Word, ...]]:
    """Every simple command, those inside `$(…)` and backquotes too. Linear in the text.

    Comments and the bodies of here-documents are left out: they are not run here.
    """
    return _Reader(text).read()


class _Reader:
    """One pass over the text; a stack holds the commands around a command substitution."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._stack = [_Draft()]
        self._heredocs: list[str] = []

    def read(self) -> Iterator[tuple[Word, ...]]:
        while self._at < len(self._text):
            yield from self._step()
        while self._stack:
            yield from self._end_command()
            self._stack.pop()

    def _step(self) -> Iterator[tuple[Word, ...]]:
        draft, letter = self._stack[-1], self._text[self._at]
        if letter == "\\":
            self._escape(draft)
        elif letter == '"':
            draft.quoted = not draft.quoted
            draft.add("", self._at)
            self._at += 1
        elif self._text.startswith("$(", self._at) or (letter == "`" and draft.closer != "`"):
            self._enter(draft, ")" if letter == "$" else "`")
        elif letter == draft.closer:
            yield from self._leave()
        elif draft.quoted:
            self._plain(draft, letter)
        else:
            yield from self._unquoted(draft, letter)

    def _unquoted(self, draft: _Draft, letter: str) -> Iterator[tuple[Word, ...]]:
        if letter == "'":
            self._single_quotes(draft)
        elif letter == "#" and draft.start < 0:
            self._at = self._line_end()
        elif self._text.startswith("<<<", self._at):
            draft.add("<<<", self._at)
            self._at += 3
        elif self._text.startswith("<<", self._at):
            self._heredoc_opener(draft)
        elif letter in _BLANKS:
            draft.end_word(self._at)
            self._at += 1
        elif letter in _SEPARATORS:
            yield from self._end_command()
            self._at += 1
            if letter == "\n" and self._heredocs:
                self._skip_heredocs()
        else:
            self._plain(draft, letter)

    def _plain(self, draft: _Draft, letter: str) -> None:
        draft.add(letter, self._at, open_=letter in {"$", HOLE})
        self._at += 1

    def _escape(self, draft: _Draft) -> None:
        follows = self._text[self._at + 1 : self._at + 2]
        if follows == "\n":
            # A line continued: the words on both sides stay apart only if a blank says so.
            pass
        elif follows:
            draft.add(follows, self._at)
        self._at += 2

    def _single_quotes(self, draft: _Draft) -> None:
        end = self._text.find("'", self._at + 1)
        end = len(self._text) if end < 0 else end
        inside = self._text[self._at + 1 : end]
        draft.add(inside, self._at, open_=HOLE in inside)
        self._at = end + 1

    def _enter(self, draft: _Draft, closer: str) -> None:
        draft.add("", self._at, open_=True)
        self._at += len("$(") if closer == ")" else 1
        if len(self._stack) < _DEEPEST:
            self._stack.append(_Draft(closer=closer))

    def _leave(self) -> Iterator[tuple[Word, ...]]:
        yield from self._end_command()
        if len(self._stack) > 1:
            self._stack.pop()
        self._at += 1

    def _end_command(self) -> Iterator[tuple[Word, ...]]:
        draft = self._stack[-1]
        draft.end_word(self._at)
        if draft.words:
            yield tuple(draft.words)
        draft.words = []

    def _line_end(self) -> int:
        end = self._text.find("\n", self._at)
        return len(self._text) if end < 0 else end

    def _heredoc_opener(self, draft: _Draft) -> None:
        draft.end_word(self._at)
        self._at += 2
        if self._text.startswith("-", self._at):
            self._at += 1
        start = self._at
        while self._at < len(self._text) and self._text[self._at] not in " \t\r\n;&|)":
            self._at += 1
        self._heredocs.append(self._text[start : self._at].strip("'\"\\"))

    def _skip_heredocs(self) -> None:
        for marker in self._heredocs:
            while self._at < len(self._text):
                end = self._line_end()
                line = self._text[self._at : end].strip()
                self._at = end + 1
                if line == marker:
                    break
        self._at = min(self._at, len(self._text))
        self._heredocs = []
