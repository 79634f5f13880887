"""Three-valued truth: an answer that may not be known."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """NO, UNKNOWN or YES, in this order: `any_of` is the greatest, `all_of` the least."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth has three values: compare it with `is` or match it")

    def __invert__(self) -> Truth:
        return Truth(2 - self.value)

    def __and__(self, other: Truth) -> Truth:
        return self if self.value <= other.value else other

    def __or__(self, other: Truth) -> Truth:
        return self if self.value >= other.value else other

    @staticmethod
    def of(fact: bool) -> Truth:  # noqa: FBT001 - the one door from two values to three
        return Truth.YES if fact else Truth.NO


def any_of(truths: Iterable[Truth]) -> Truth:
    """YES where one is YES, NO where all are NO (or there is none)."""
    found = Truth.NO
    for truth in truths:
        if truth is Truth.YES:
            return truth
        found |= truth
    return found


def all_of(truths: Iterable[Truth]) -> Truth:
    """NO where one is NO, YES where all are YES (or there is none)."""
    found = Truth.YES
    for truth in truths:
        if truth is Truth.NO:
            return truth
        found &= truth
    return found
