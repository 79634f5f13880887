"""Everything that was read, and the questions asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Unit

D = TypeVar("D", bound=Declared)


class Estate:
    """All units of a run."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)

    def every(self, kind: type[D]) -> tuple[D, ...]:
        """All objects of a kind that exist or may exist."""
        return tuple(
            thing
            for unit in self.units
            for thing in unit.declares
            if isinstance(thing, kind) and thing.resource.exists is not Truth.NO
        )
