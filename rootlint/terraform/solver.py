"""Works out what depends on what, dependencies first and without recursion: chains may be long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

Key = tuple[str, str]
_DEEPEST = 8


class Worker(Protocol):
    """Something that holds values by key and knows what each needs: one instance of a module."""

    def has(self, key: Key) -> bool:
        """Whether the value is there."""

    def needs(self, key: Key) -> Iterable[tuple[Worker, Key]]:
        """What must be there first. It may name more when it is asked again."""

    def work_out(self, key: Key) -> None:
        """Make the value; whatever it needs is there, or is part of a ring."""


class Solver:
    """Brings about values in an order in which each finds what it needs."""

    def __init__(self) -> None:
        self._open: set[tuple[Worker, Key]] = set()
        self._depth = 0

    def solve(self, worker: Worker, key: Key) -> bool:
        """Make a value; false where it is being made right now, which is a ring, or too deep."""
        if worker.has(key):
            return True
        if (worker, key) in self._open or self._depth == _DEEPEST:
            return False
        self._depth += 1
        try:
            self._solve((worker, key))
        finally:
            self._depth -= 1
        return True

    def makes(self, worker: Worker, key: Key) -> bool:
        """Whether a value is being made right now: what asks for it is a part of it."""
        return (worker, key) in self._open

    def _solve(self, first: tuple[Worker, Key]) -> None:
        stack = [first]
        while stack:
            task = stack[-1]
            worker, key = task
            if worker.has(key):
                stack.pop()
                continue
            self._open.add(task)
            waiting = [
                needed
                for needed in worker.needs(key)
                if needed not in self._open and not needed[0].has(needed[1])
            ]
            if waiting:
                stack.extend(waiting)
                continue
            worker.work_out(key)
            self._open.discard(task)
            stack.pop()
