"""Looks for a request that a claim does not hold of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rootlint.model.truth import Truth
from rootlint.model.value import Unknown
from rootlint.reason.answer import Answer, Request, distinct
from rootlint.record import dataclass

Claim = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True)
class Refuted:
    """A request of which the claim does not hold, whatever the unknowns turn out to be."""

    request: Request
    answer: Answer


@dataclass(frozen=True, slots=True)
class Unsure:
    """No such request was found, and these unknowns hide whether there is one.

    `request` is the first of which it is not known.
    """

    unknowns: tuple[Unknown, ...]
    request: Request
    answer: Answer


@dataclass(frozen=True, slots=True)
class Holds:
    """The claim holds of every request that was tried."""


def refute(claim: Claim, universe: Iterable[Request]) -> Refuted | Unsure | Holds:
    """The first request of a universe for which a claim is NO; its order decides which one that is."""
    unsure: list[tuple[Request, Answer]] = []
    for request in universe:
        answer = claim(request)
        if answer.truth is Truth.NO:
            return Refuted(request, answer)
        if answer.truth is Truth.UNKNOWN:
            unsure.append((request, answer))
    if not unsure:
        return Holds()
    request, first = unsure[0]
    return Unsure(distinct(answer for _, answer in unsure), request, first)
