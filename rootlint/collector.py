"""The cycle collector rests while many objects are made that all stay alive."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 200_000


@contextmanager
def resting() -> Iterator[None]:
    """No cycles are looked for meanwhile. May be nested.

    Of very many new objects none is garbage: they are set aside, so that they are not walked over
    when the collector wakes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()
