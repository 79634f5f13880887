"""Whether an instance of a resource or module exists, and what says so."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.resource import Label
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown


class Presence(NamedTuple):
    """`because` says why it is not known, `switch` is the boolean that turns it off."""

    exists: Truth = Truth.YES
    because: Unknown | None = None
    switch: Label | None = None

    def inside(self, outer: Presence) -> Presence:
        """The presence of something in a module: what is off outside is off inside."""
        if outer.exists is Truth.NO or self.exists is Truth.YES:
            return outer
        return self


HERE = Presence()
