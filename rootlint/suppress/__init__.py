"""Which findings are hidden, because somebody asked for it and said why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from posixpath import normpath
from typing import NamedTuple

from rootlint.check import AnyCheck
from rootlint.finding import Finding, Open
from rootlint.model.resource import Resource
from rootlint.registry import BAD_IGNORE, UnknownCheck, by_name, find, find_ignorable
from rootlint.settings import Named, Settings
from rootlint.source import Sources
from rootlint.suppress.bad import bad_ignore
from rootlint.suppress.waiver import Key, Rule, Said, Waiver, said_by, waivers

__all__ = ["Kept", "suppress"]


class Kept(NamedTuple):
    """What is left to report, findings of `bad-ignore` included, and how much was hidden."""

    findings: tuple[Finding, ...]
    undecided: tuple[Open, ...]
    ignored: int


def suppress(
    findings: Sequence[Finding],
    undecided: Sequence[Open],
    *,
    resources: Iterable[Resource],
    sources: Sources,
    settings: Settings,
    checks: Collection[AnyCheck],
    known: Collection[AnyCheck],
    paths: Sequence[str] = (".",),
    unreadable: Collection[str] = (),
) -> Kept:
    """Leave out what is ignored, and report the ignores that are at fault.

    `checks` are those that ran, `known` all that there are, `paths` what was scanned: an ignore that hides nothing is only
    reported where its check ran, its file could be read, and, for a rule of the settings, all of
    the folder of the settings was scanned. Raises UnknownCheck where the settings name no check.
    """
    written = tuple(waivers(settings, resources, sources))
    if not written and not settings.shown and not settings.hushed:
        return Kept(tuple(findings), tuple(undecided), 0)
    hiding = _Hiding(settings, written, known)
    kept = [found for found in findings if not hiding.hides(said_by(found, sources))]
    still_open = [found for found in undecided if not hiding.hides(said_by(found, sources))]
    ignored = len(findings) + len(undecided) - len(kept) - len(still_open)
    if BAD_IGNORE in checks:
        ran = {check.name for check in checks}
        whole = normpath(settings.base) in {normpath(path) for path in paths}
        kept += hiding.faults(ran, unreadable, whole=whole)
        kept.sort(key=lambda found: (found.violation.at, found.check.name))
    return Kept(tuple(kept), tuple(still_open), ignored)


class _Hiding:
    """The ignores of a run, and how often each of them was of use."""

    def __init__(
        self, settings: Settings, all_waivers: Sequence[Waiver], known: Collection[AnyCheck]
    ) -> None:
        self._names = by_name(known)
        self._shown = {_named(find, known, named) for named in settings.shown}
        self._hushed = {_named(find_ignorable, known, named) for named in settings.hushed}
        # A template that several units read holds one ignore, however many resources it makes.
        self._waivers = {(waiver.check, waiver.at): waiver for waiver in all_waivers}
        self._hits = dict.fromkeys(self._waivers, 0)
        self._places: dict[tuple[str, Key], list[Waiver]] = {}
        self._rules: dict[str, list[tuple[Waiver, Rule]]] = {}
        for waiver in all_waivers:
            if waiver.reason and waiver.check in self._names:
                self._note(waiver, self._names[waiver.check].name)

    def _note(self, waiver: Waiver, check: str) -> None:
        if isinstance(waiver.place, Rule):
            self._rules.setdefault(check, []).append((waiver, waiver.place))
        else:
            self._places.setdefault((check, waiver.place), []).append(waiver)

    def hides(self, said: Said) -> bool:
        """Whether one of them, or what the settings select, leaves this out."""
        rules = self._rules.get(said.check, ())
        covering = [waiver for waiver, rule in rules if rule.covers(said)]
        for key in said.keys:
            covering += self._places.get((said.check, key), ())
        for waiver in covering:
            self._hits[waiver.check, waiver.at] += 1
        unselected = bool(self._shown) and said.check not in self._shown
        return bool(covering) or unselected or said.check in self._hushed

    def faults(
        self, ran: Collection[str], unreadable: Collection[str], *, whole: bool
    ) -> Iterator[Finding]:
        """What is wrong with the ignores. Those of the settings are judged where all was scanned."""
        for key, waiver in self._waivers.items():
            check = self._names.get(waiver.check)
            looked = whole if isinstance(waiver.place, Rule) else waiver.at.path not in unreadable
            did_run = looked and check is not None and check.name in ran
            fault = bad_ignore(waiver, self._hits[key], self._names, ran=did_run)
            if fault:
                yield fault


def _named(
    find_one: Callable[[Collection[AnyCheck], str], AnyCheck],
    known: Collection[AnyCheck],
    named: Named,
) -> str:
    try:
        return find_one(known, named.check).name
    except UnknownCheck as problem:
        raise UnknownCheck(f"{named.place}: {problem}") from None
