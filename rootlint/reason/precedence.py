"""Which check speaks where several see one fault: an absence never speaks beside a cause.

The table is the whole of it, for all checks alike. It looks at what the checks found, never at
which of them somebody selected, so that no selection changes what another check says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rootlint.model.estate import Estate
from rootlint.reason.common_cause import Fault, Place, Shared, Sharing

_CONTENT = frozenset(
    {
        "deny-names-unknown-action",
        "guardrail-blocks-root-recovery",
        "mfa-deny-blocks-enrolment",
        "mfa-deny-bypassable",
        "mfa-deny-exempts-takeover",
        "root-deny-lets-requests-through",
        "root-deny-never-matches",
        "root-guardrail-in-name-only",
        "root-ip-allowlist-ineffective",
        "root-ip-allowlist-lockout",
    }
)
_MISSING_GUARDRAILS = frozenset(
    {
        "leave-organization-not-denied",
        "org-without-root-guardrail",
        "root-guardrail-not-attached",
        "root-guardrail-partial-coverage",
        "trail-tampering-not-denied",
    }
)
# What says that root is denied nothing: silent beside whatever is the cause of that.
_UNGUARDED = (
    "leave-organization-not-denied",
    "org-without-root-guardrail",
    "trail-tampering-not-denied",
)
# What is wrong with watches that somebody hears of: where nobody does, that is the fault.
_OF_LIVE_WATCHES = (
    "assume-root-without-alarm",
    "root-event-rule-misses-events: reading calls",
    "root-pattern-pages-on-noise",
)
_MISSING_MFA = frozenset(
    {
        "assume-any-role-without-mfa",
        "console-user-without-mfa-enforcement",
        "privileged-trust-without-mfa",
    }
)
_MISSING_WATCHES = frozenset(
    {
        "alert-topic-without-subscriber",
        "assume-root-without-alarm",
        "member-trails-not-aggregated",
        "root-alarm-without-live-action",
        "root-compliance-change-unalerted",
        "root-filter-without-trail",
        "root-metric-without-alarm",
        "trail-without-root-alarm",
    }
)


class Row(NamedTuple):
    """Where `speaks` has found something, `silent` say nothing of what shares `shared` with it.

    A check that can show several faults names the one it means in `Violation.fault`: such a row
    counts for `fault` alone, and an entry `check: fault` of `silent` for that fault of that check.
    """

    speaks: str
    silent: frozenset[str]
    shared: Shared
    fault: str = ""


def _row(speaks: str, shared: Shared, *silent: str, fault: str = "") -> Row:
    return Row(speaks, frozenset(silent), shared, fault)


_THING, _STATEMENT, _CHAIN, _ORGANIZATION = Shared

# Where two rows would silence one another, the upper one holds.
ROWS: tuple[Row, ...] = (
    _row(
        "organization-without-all-features",
        _ORGANIZATION,
        "scp-policy-type-disabled",
        *_UNGUARDED,
    ),
    _row("scp-policy-type-disabled", _ORGANIZATION, *_UNGUARDED),
    _row("scp-document-invalid", _THING, *_CONTENT),
    _row(
        "deny-names-unknown-action",
        _THING,
        "root-deny-lets-requests-through",
        "root-guardrail-in-name-only",
    ),
    _row(
        "root-deny-never-matches",
        _THING,
        "root-guardrail-in-name-only",
        "root-deny-lets-requests-through",
        "guardrail-blocks-root-recovery",
    ),
    _row("root-deny-never-matches", _ORGANIZATION, *_UNGUARDED),
    _row("root-guardrail-in-name-only", _ORGANIZATION, *_UNGUARDED),
    _row("root-deny-in-identity-policy", _THING, "root-deny-never-matches"),
    _row("root-ip-allowlist-ineffective", _THING, "root-deny-lets-requests-through"),
    _row("root-ip-allowlist-lockout", _THING, "root-deny-lets-requests-through"),
    _row("root-deny-lets-requests-through", _STATEMENT, "mfa-deny-bypassable"),
    _row("root-deny-lets-requests-through", _ORGANIZATION, *_UNGUARDED),
    _row("scp-attached-to-management-account", _THING, "root-guardrail-not-attached"),
    _row(
        "root-guardrail-not-attached",
        _THING,
        "root-guardrail-partial-coverage",
        "guardrail-blocks-root-recovery",
    ),
    _row("root-guardrail-not-attached", _ORGANIZATION, *_UNGUARDED),
    _row("scp-attached-to-management-account", _ORGANIZATION, *_UNGUARDED),
    _row("root-guardrail-partial-coverage", _ORGANIZATION, *_UNGUARDED),
    _row(
        "org-without-root-guardrail",
        _ORGANIZATION,
        "leave-organization-not-denied",
        "trail-tampering-not-denied",
    ),
    _row("protection-switched-off", _ORGANIZATION, *_MISSING_GUARDRAILS, fault="guardrail"),
    _row("protection-switched-off", _CHAIN, *_MISSING_MFA, fault="mfa"),
    _row("protection-switched-off", _CHAIN, *_MISSING_WATCHES, fault="watch"),
    _row(
        "trail-not-logging",
        _THING,
        "trail-drops-root-events",
        "trail-misses-root-sign-in-region",
        "trail-without-root-alarm",
    ),
    _row("trail-drops-root-events", _THING, "trail-without-root-alarm"),
    _row(
        "trail-misses-root-sign-in-region",
        _THING,
        "trail-drops-root-events: global services",
        "trail-without-root-alarm",
    ),
    _row("root-filter-on-wrong-log-group", _THING, "root-pattern-misses-events"),
    _row("root-filter-on-wrong-log-group", _CHAIN, "trail-without-root-alarm"),
    _row("root-filter-without-trail", _THING, "root-pattern-misses-events"),
    _row("root-filter-without-trail", _CHAIN, "trail-without-root-alarm"),
    _row("root-pattern-misses-events", _THING, "root-pattern-pages-on-noise"),
    _row("root-pattern-misses-events", _CHAIN, "trail-without-root-alarm"),
    _row("root-metric-without-alarm", _THING, "root-alarm-cannot-fire"),
    _row("root-metric-without-alarm", _CHAIN, "trail-without-root-alarm", *_OF_LIVE_WATCHES),
    _row("root-alarm-cannot-fire", _THING, "root-metric-without-alarm"),
    _row("root-alarm-cannot-fire", _CHAIN, "trail-without-root-alarm", *_OF_LIVE_WATCHES),
    _row(
        "root-alarm-without-live-action",
        _THING,
        "alert-topic-without-subscriber",
        "alert-publisher-blocked",
    ),
    _row("root-alarm-without-live-action", _CHAIN, "trail-without-root-alarm", *_OF_LIVE_WATCHES),
    _row(
        "root-event-rule-misses-events",
        _THING,
        "root-alarm-without-live-action",
        "root-event-rule-wrong-region",
        fault="disabled",
    ),
    _row("root-event-rule-wrong-region", _THING, "root-event-rule-misses-events"),
    _row("root-event-rule-misses-events", _CHAIN, "trail-without-root-alarm"),
    _row("root-event-rule-wrong-region", _CHAIN, "trail-without-root-alarm"),
    _row("alert-publisher-blocked", _CHAIN, "trail-without-root-alarm", *_OF_LIVE_WATCHES),
    _row("alert-topic-without-subscriber", _CHAIN, "trail-without-root-alarm", *_OF_LIVE_WATCHES),
    _row("member-trails-not-aggregated", _THING, "trail-without-root-alarm"),
    _row("mfa-allow-accepts-no-mfa", _THING, "privileged-trust-without-mfa"),
    _row(
        "mfa-deny-bypassable",
        _CHAIN,
        "console-user-without-mfa-enforcement",
        "assume-any-role-without-mfa",
    ),
    _row("console-user-without-mfa-enforcement", _THING, "assume-any-role-without-mfa"),
    _row("centralized-root-access-not-enabled", _ORGANIZATION, "assume-root-without-alarm"),
)


def outspoken(faults: Sequence[Fault], estate: Estate) -> list[bool]:
    """Which of the faults that all checks together have found are reported, in their order.

    A fault that is explained by another still explains others. A note explains nothing.
    """
    sharing = Sharing(estate)
    by_check: dict[str, list[int]] = {}
    for at, fault in enumerate(faults):
        by_check.setdefault(fault.check, []).append(at)
    # The checks that explain each fault.
    explained: list[set[str]] = [set() for _ in faults]
    for row in ROWS:
        causes = _Causes(row, sharing)
        for at in by_check.get(row.speaks, ()):
            causes.add(faults[at], explained[at])
        for at in _effects(row, faults, by_check):
            if causes.explain(faults[at]):
                explained[at].add(row.speaks)
    return [not found for found in explained]


def _effects(row: Row, faults: Sequence[Fault], by_check: dict[str, list[int]]) -> Iterator[int]:
    """The faults of which a row speaks on its right."""
    for entry in sorted(row.silent):
        name, _, kind = entry.partition(": ")
        yield from (at for at in by_check.get(name, ()) if kind in {"", faults[at].kind})


class _Causes:
    """The faults that speak by one row, found by what they share with others."""

    def __init__(self, row: Row, sharing: Sharing) -> None:
        self._row = row
        self._sharing = sharing
        self._by_place: dict[Place, list[tuple[Fault, set[str]]]] = {}

    def add(self, fault: Fault, explained: set[str]) -> None:
        if fault.is_note or self._row.fault not in {"", fault.kind}:
            return
        for place in self._sharing.places(self._row.shared, fault):
            self._by_place.setdefault(place, []).append((fault, explained))

    def explain(self, effect: Fault) -> bool:
        return any(
            effect.check not in explained and self._sharing.holds(self._row.shared, cause, effect)
            for place in self._sharing.places(self._row.shared, effect)
            for cause, explained in self._by_place.get(place, ())
        )
