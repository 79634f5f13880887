"""Finds a regular expression in a text, in steps bounded by their lengths (a Pike machine)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.terraform.regular.charset import WORD, Charset
from rootlint.terraform.regular.syntax import (
    Edge,
    Either,
    Group,
    Node,
    NotRead,
    One,
    Pattern,
    Repeat,
    Row,
)

_LONGEST_PROGRAM = 3_000
_MOST_STEPS = 200_000


class _Step(NamedTuple):
    """One instruction: take a character, note a place, test an edge, or go on at one of `next`."""

    next: tuple[int, ...] = ()
    charset: Charset | None = None
    save: int = -1
    edge: str = ""
    final: bool = False


Match = tuple[int, ...]
"""Where the match and each of its groups begins and ends; -1 for a group that takes no part."""


class Machine:
    """A compiled expression."""

    def __init__(self, pattern: Pattern) -> None:
        self._steps: list[_Step] = []
        self._slots = 2 * (len(pattern.groups) + 1)
        self._compile(pattern.tree)
        self._add(_Step(final=True))

    def find_all(self, text: str) -> Iterator[Match]:
        """All matches as Go finds them: no empty one right behind another."""
        if (len(text) + 1) * len(self._steps) > _MOST_STEPS:
            raise NotRead("text is too long")
        at, before = 0, -1
        work = 0
        while at <= len(text):
            found = self.find(text, at)
            if found is None:
                return
            work += (found[1] - at + 1) * len(self._steps)
            if work > _MOST_STEPS:
                raise NotRead("text is too long")
            empty = found[1] == at
            if not empty or found[0] != before:
                yield found
            at = at + 1 if empty else found[1]
            before = found[1]

    def find(self, text: str, start: int) -> Match | None:
        """The first match from `start` on, the leftmost one that the expression prefers."""
        if (len(text) - start + 1) * len(self._steps) > _MOST_STEPS:
            raise NotRead("text is too long")
        best: Match | None = None
        threads: dict[int, Match] = {}
        for at in range(start, len(text) + 1):
            if best is None:
                self._follow(threads, 0, (-1,) * self._slots, text, at)
            letter = text[at : at + 1]
            following: dict[int, Match] = {}
            for place, saved in threads.items():
                step = self._steps[place]
                if step.final:
                    best = saved
                    break
                if letter and step.charset is not None and step.charset.takes(letter):
                    self._follow(following, step.next[0], saved, text, at + 1)
            threads = following
            if not threads and best is not None:
                break
        return best

    def _follow(
        self, threads: dict[int, Match], place: int, saved: Match, text: str, at: int
    ) -> None:
        """Add all that can be reached without taking a character, the preferred ones first."""
        waiting = [(place, saved)]
        seen: set[int] = set()
        while waiting:
            here, slots = waiting.pop()
            if here in threads or here in seen:
                continue
            step = self._steps[here]
            if step.charset is not None or step.final:
                threads[here] = slots
                continue
            seen.add(here)
            if step.edge and not _holds(step.edge, text, at):
                continue
            if step.save >= 0:
                slots = (*slots[: step.save], at, *slots[step.save + 1 :])
            waiting.extend((target, slots) for target in reversed(step.next))

    def _add(self, step: _Step) -> int:
        if len(self._steps) >= _LONGEST_PROGRAM:
            raise NotRead("expression is too long")
        self._steps.append(step)
        return len(self._steps) - 1

    def _compile(self, tree: Node) -> None:
        self._save(0)
        self._emit(tree)
        self._save(1)

    def _save(self, slot: int) -> None:
        self._add(_Step((len(self._steps) + 1,), save=slot))

    def _emit(self, node: Node) -> None:
        match node:
            case One():
                self._add(_Step((len(self._steps) + 1,), charset=node.charset))
            case Edge():
                self._add(_Step((len(self._steps) + 1,), edge=node.kind))
            case Group():
                self._save(2 * node.number)
                self._emit(node.inner)
                self._save(2 * node.number + 1)
            case Row():
                for part in node.parts:
                    self._emit(part)
            case Either():
                self._either(node)
            case Repeat():
                self._repeat(node)

    def _either(self, node: Either) -> None:
        jumps = []
        for part in node.parts[:-1]:
            split = self._add(_Step())
            self._emit(part)
            jumps.append(self._add(_Step()))
            self._steps[split] = _Step((split + 1, len(self._steps)))
        self._emit(node.parts[-1])
        for jump in jumps:
            self._steps[jump] = _Step((len(self._steps),))

    def _repeat(self, node: Repeat) -> None:
        for _ in range(node.least):
            self._emit(node.inner)
        if node.most is None:
            split = self._add(_Step())
            self._emit(node.inner)
            self._add(_Step((split,)))
            self._split(split, node)
            return
        splits = []
        for _ in range(node.most - node.least):
            splits.append(self._add(_Step()))
            self._emit(node.inner)
        for split in splits:
            self._split(split, node)

    def _split(self, split: int, node: Repeat) -> None:
        """Into the repeated part or past it, in the order that is preferred."""
        ways = (split + 1, len(self._steps))
        self._steps[split] = _Step(ways if node.greedy else ways[::-1])


def _holds(edge: str, text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if edge in ("start", "end"):
        return not (before if edge == "start" else after)
    if edge in ("line start", "line end"):
        return (before if edge == "line start" else after) in ("", "\n")
    return (_is_word(before) is not _is_word(after)) is (edge == "word edge")


def _is_word(letter: str) -> bool:
    return bool(letter) and any(low <= letter <= high for low, high in WORD)
