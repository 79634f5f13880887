"""Under which assumptions a value is worked out."""

from __future__ import annotations

from typing import NamedTuple


class Scope(NamedTuple):
    """`assumed` says which conditions are taken to be true or false: those that led here.

    With `decoded`, what `Fn::Base64` takes is wanted in place of what it gives. `names` holds what
    the identifiers of the loops around stand for.
    """

    assumed: frozenset[tuple[str, bool]] = frozenset()
    decoded: bool = False
    names: tuple[tuple[str, str], ...] = ()

    def filled(self, text: str) -> str:
        """A text with the identifiers of the loops around filled in, wherever it is written."""
        for identifier, found in self.names:
            text = text.replace(f"${{{identifier}}}", found)
        return text

    def assuming(self, condition: str, *, holds: bool) -> Scope:
        return self._replace(assumed=self.assumed | {(condition, holds)})


NOWHERE = Scope()


def scenario(condition: str, *, holds: bool) -> str:
    """The words for a scenario: "when `IsProd` is false"."""
    return f"when `{condition}` is {'true' if holds else 'false'}"
