"""The stages in order: paths → files → units → estate → findings → report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from rootlint.collector import resting
from rootlint.discover import Found, discover
from rootlint.finding import Broken, Report
from rootlint.model.truth import Truth
from rootlint.model.unit import Scenarios, Unit
from rootlint.packs import count
from rootlint.settings import Settings
from rootlint.source import Sources, Unreadable

if TYPE_CHECKING:
    from rootlint.check import AnyCheck
    from rootlint.cloudformation.readings import Readings


def run(paths: Sequence[str], settings: Settings) -> Report:
    """Read everything below `paths`, judge it, and hide what somebody asked to hide.

    Where there is nothing to judge, no check is loaded. Raises UnknownCheck where a check is named
    that there is none of, BadCheckPack for a bad pack.
    """
    began = time.perf_counter()
    sources = Sources()
    with resting():
        found = discover(paths, settings.exclude, sources, var_files=settings.var_files)
        units, crashes = _units(found, settings, sources)
    if not (found.modules or found.templates or found.plans or _names_checks(settings)):
        report = Report(sources, unreadable=_unreadable(found, ()), checks=_Unloaded(count()))
    else:
        report = _judged(units, found, settings, sources, paths)
        report = replace(report, broken=(*crashes, *report.broken))
    return replace(
        report,
        notes=(*settings.notes, *_notes(found, settings)),
        files=found.files,
        seconds=time.perf_counter() - began,
    )


def _notes(found: Found, settings: Settings) -> Iterator[str]:
    """What of the tree was left aside: states, and variable files for want of a choice."""
    if found.states:
        names = ", ".join(f"`{path}`" for path in found.states[:3])
        more = f" and {len(found.states) - 3:,} more" if len(found.states) > 3 else ""
        yield f"{names}{more}: what is deployed, not what is declared, so not read"
    if not found.modules:
        return
    from rootlint.terraform.variable_files import said, unselected

    paths = (path for inside in found.folders.values() for path in inside)
    files = unselected(paths, (module.folder for module in found.modules), settings.var_files)
    if files:
        yield said(files)


def _units(
    found: Found, settings: Settings, sources: Sources
) -> tuple[tuple[Unit, ...], tuple[Broken, ...]]:
    """All units in their order, and the bugs of ours that took one away."""
    if not (found.modules or found.templates or found.plans):
        return (), ()
    from rootlint.pool import read_all
    from rootlint.reading import Reading

    reading = Reading(found, settings, sources)
    units, crashes = read_all(reading, reading.tasks(), settings.jobs)
    used = {name for unit in units for name in unit.values_from}
    problems = tuple(reading.readings().problems(used)) if found.templates else ()
    if problems:
        units.append(Unit("", unreadable=problems))
    broken = tuple(Broken("reading", crash.path, crash.problem) for crash in crashes)
    return tuple(units), broken


def _names_checks(settings: Settings) -> bool:
    """Whether a name is to be looked up that may be wrong."""
    return bool(
        settings.select or settings.ignore or settings.shown or settings.hushed or settings.ignores
    )


class _Unloaded(Sequence["AnyCheck"]):
    """The checks, counted; loaded only by a report that describes them."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> AnyCheck: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[AnyCheck]: ...
    def __getitem__(self, index: int | slice) -> AnyCheck | Sequence[AnyCheck]:
        from rootlint.registry import load

        return load()[index]


def _judged(
    units: tuple[Unit, ...],
    found: Found,
    settings: Settings,
    sources: Sources,
    paths: Sequence[str],
) -> Report:
    """All checks run, whatever is selected: which check speaks of a fault must not depend on it."""
    from rootlint.engine import judge
    from rootlint.model.estate import Estate
    from rootlint.registry import choose, load
    from rootlint.suppress import suppress

    _conceal(units, sources)
    known = load()
    chosen = choose(known, settings.select, settings.ignore)
    names = {check.name for check in chosen}
    estate = Estate(units, elsewhere=tuple(_elsewhere(settings)))
    judgement = judge(known, estate, _again(found, settings, sources))
    unreadable = _unreadable(found, units)
    kept = suppress(
        [x for x in judgement.findings if x.check.name in names],
        [x for x in judgement.undecided if x.check.name in names],
        resources=[resource for unit in units for resource in unit.resources],
        sources=sources,
        settings=settings,
        checks=chosen,
        known=known,
        paths=paths,
        unreadable={problem.path for problem in unreadable},
    )
    return Report(
        sources,
        findings=kept.findings,
        undecided=kept.undecided,
        unreadable=unreadable,
        broken=tuple(x for x in judgement.broken if x.check in names),
        checks=chosen,
        units=len(units),
        resources=_resources(units),
        ignored=kept.ignored,
    )


def _conceal(units: Sequence[Unit], sources: Sources) -> None:
    """No report shows a masked value, wherever it is written."""
    for span in (span for unit in units for span in unit.concealed):
        file = sources.read(span.path)
        if not isinstance(file, Unreadable):
            file.conceal(span.start, span.end)


def _elsewhere(settings: Settings) -> Iterator[str]:
    if settings.alarms_elsewhere:
        yield "alarms"
    if settings.trails_elsewhere:
        yield "trails"


def _again(
    found: Found, settings: Settings, sources: Sources
) -> Callable[[Unit], Scenarios | None]:
    """What reads the scenarios of a unit: those of templates are known, by the name of the unit."""
    readings: list[Readings] = []

    def again(unit: Unit) -> Scenarios | None:
        from rootlint.cloudformation.read import scenarios
        from rootlint.reading import Reading

        if not readings:
            readings.append(Reading(found, settings, sources).readings())
        path = unit.name.partition("#")[0]
        return scenarios(path, unit.name, readings[0].reading(path))

    return again


def _unreadable(found: Found, units: Sequence[Unit]) -> tuple[Unreadable, ...]:
    """What could not be read, each once: a module that several units call is read several times."""
    every = (*found.unreadable, *(problem for unit in units for problem in unit.unreadable))
    return tuple(sorted(dict.fromkeys(every), key=lambda x: (x.path, x.span or (), x.reason)))


def _resources(units: Sequence[Unit]) -> int:
    return sum(resource.exists is not Truth.NO for unit in units for resource in unit.resources)


def terraform_functions() -> Mapping[str, str]:
    """The functions of Terraform by name, with the reason where what one gives is never known."""
    from rootlint.terraform import functions

    return {name: functions.reasons().get(name, "") for name in functions.names()}
