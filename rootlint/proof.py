"""Evidence, and how it is replayed."""

from __future__ import annotations

from typing import Protocol

from rootlint.model.truth import Truth


class Proof(Protocol):
    """Evidence for a finding: a request, an event, a timeline or a declared value."""

    @property
    def kind(self) -> str:
        """`request`, `event`, `timeline` or `declared`."""
        ...

    def replay(self) -> Truth:
        """Decide once more from raw text and raw values, unknowns filled in several ways."""
        ...

    def lines(self) -> tuple[str, ...]:
        """The proof as plain text, the same in every report."""
        ...

    def fields(self) -> dict[str, object]:
        """The proof as JSON, without its kind."""
        ...
