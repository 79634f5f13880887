"""How many steps the evaluation of expressions may take."""

from __future__ import annotations

from rootlint.source import Span

_MOST_STEPS = 200_000
_LEAST_STEPS = 200


class Budget:
    """The steps that are left. A scope with a `budget` shares it among all its expressions.

    `taken_from` is where the steps come from in the end: `settle` tells it how many were used. One
    expression takes half of what is left there at most, so that it leaves something for the others,
    and a small one is worked out always. `too_deep` is what was nested too deep to be read.
    """

    __slots__ = ("_first", "_taken_from", "left", "too_deep")

    def __init__(self, left: int = _MOST_STEPS, taken_from: Budget | None = None) -> None:
        if taken_from is not None:
            left = min(left, max(_LEAST_STEPS, taken_from.left // 2))
        self.left: int = left
        self.too_deep: list[Span] = [] if taken_from is None else taken_from.too_deep
        self._first: int = left
        self._taken_from = taken_from

    def settle(self) -> None:
        if self._taken_from is not None:
            self._taken_from.left -= self._first - self.left
            self._first = self.left
