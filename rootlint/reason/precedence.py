"""Which check speaks where several see one fault: an absence never speaks beside a cause."""

from __future__ import annotations

from collections.abc import Collection, Mapping

# Who speaks → who is silent then. A cause stands left, the absence that it brings about right.
_SPEAKS_FOR: Mapping[str, frozenset[str]] = {
    "root-deny-never-matches": frozenset({"org-without-root-guardrail"}),
    "root-guardrail-not-attached": frozenset({"org-without-root-guardrail"}),
    "root-pattern-misses-events": frozenset({"trail-without-root-alarm"}),
    "root-metric-without-alarm": frozenset({"trail-without-root-alarm"}),
    "root-alarm-cannot-fire": frozenset({"trail-without-root-alarm"}),
    "alert-topic-without-subscriber": frozenset({"trail-without-root-alarm"}),
}


def silenced(speaking: Collection[str]) -> frozenset[str]:
    """The checks that stay silent in a unit in which the checks of `speaking` have spoken."""
    return frozenset().union(*(_SPEAKS_FOR.get(name, frozenset()) for name in speaking))
