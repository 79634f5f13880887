"""Questions about an estate that are asked again and again: the estate keeps the answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from rootlint.model.estate import Estate

P = ParamSpec("P")
R = TypeVar("R")


def remembered(ask: Callable[P, R]) -> Callable[P, R]:
    """The same question of an estate and of things in it, told apart by identity, texts by themselves.

    It is asked by position, and its answer is no iterator.
    """

    @wraps(ask)
    def remembering(*about: P.args, **named: P.kwargs) -> R:
        assert not named
        estate = next(x for x in about if isinstance(x, Estate))
        answers = estate.answers.setdefault(ask, {})
        key = tuple(x if isinstance(x, str) else id(x) for x in about)
        if key not in answers:
            # INVARIANT: a thing is kept with its answer, so that no other comes to its identity.
            answers[key] = (about, ask(*about, **named))
        return cast("R", answers[key][1])

    return remembering
