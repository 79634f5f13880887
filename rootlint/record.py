"""Data classes that nobody changes, as cheap to make and to hand on as any other.

A frozen data class sets each field through a call, which takes four times as long as an assignment.
There are very many of these, so the type checker alone sees that they are frozen.

What goes from one process to another is pickled. Python asks each object several questions about
how, which takes four times as long as to look up the one answer that is given here for its class.
"""

from __future__ import annotations

import copyreg
import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

T = TypeVar("T", bound=type)

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - it is what this module offers
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """The decorator of that name: equal where its fields are, and a key where they are hashable."""
        make = dataclasses.dataclass(slots=slots, unsafe_hash=frozen)

        def record(cls: type) -> type:
            made = make(cls)
            names = [each.name for each in dataclasses.fields(made)]
            if len(names) > 1:
                values = attrgetter(*names)
                copyreg.pickle(made, lambda record: (made, values(record)))
            return made

        return record


def handed_on(cls: T) -> T:
    """A named tuple of which very many go from one process to another."""
    copyreg.pickle(cls, lambda record: (cls, tuple(record)))
    return cls
