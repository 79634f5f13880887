"""The stages in order: paths → files → units → estate → findings → report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from rootlint.collector import resting
from rootlint.discover import Found, discover
from rootlint.finding import Report
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
        found = discover(paths, settings.exclude, sources)
        units = tuple(_units(found, settings, sources))
    if not (found.modules or found.templates or _names_checks(settings)):
        report = Report(sources, unreadable=_unreadable(found, ()), checks=_Unloaded(count()))
    else:
        report = _judged(units, found, settings, sources, paths)
    return replace(
        report,
        notes=(*settings.notes, *_notes(found, settings)),
        files=found.files,
        seconds=time.perf_counter() - began,
    )


def _notes(found: Found, settings: Settings) -> Iterator[str]:
    """What of the tree was left aside, for want of a choice."""
    if not found.modules:
        return
    from rootlint.terraform.variable_files import said, unselected

    paths = (path for inside in found.folders.values() for path in inside)
    files = unselected(paths, (module.folder for module in found.modules), settings.var_files)
    if files:
        yield said(files)


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


def _units(found: Found, settings: Settings, sources: Sources) -> Iterator[Unit]:
    partition = settings.partition or "aws"
    if found.modules:
        from rootlint.terraform.configuration import Configuration
        from rootlint.terraform.given import Given
        from rootlint.terraform.read import read as read_module

        given = Given(
            partition,
            settings.region,
            settings.workspace,
            settings.var_files,
            settings.variables,
        )
        # A folder that several units call is parsed once.
        configurations: dict[str, Configuration] = {}
        for module in found.modules:
            yield read_module(
                module.folder,
                found.folders,
                sources,
                called=module.called,
                given=given,
                configurations=configurations,
            )
    if found.templates:
        yield from _templates(found, settings, sources)


def _templates(found: Found, settings: Settings, sources: Sources) -> Iterator[Unit]:
    from rootlint.cloudformation.read import read as read_template

    readings = _readings(found, settings, sources)
    used: set[str] = set()
    for template in found.templates:
        units = read_template(template.path, readings.reading(template.path))
        yield from units
        used.update(path for unit in units for path in unit.values_from)
        if not units and template.named:
            problem = Unreadable(template.path, "not a template", configuration=False)
            yield Unit(template.path, unreadable=(problem,))
    problems = tuple(readings.problems(used))
    if problems:
        yield Unit("", unreadable=problems)


def _readings(found: Found, settings: Settings, sources: Sources) -> Readings:
    from rootlint.cloudformation.readings import Readings

    paths = frozenset(path for inside in found.folders.values() for path in inside)
    return Readings(
        settings.parameters,
        sources,
        paths,
        region=settings.region,
        partition=settings.partition or "aws",
    )


def _again(
    found: Found, settings: Settings, sources: Sources
) -> Callable[[Unit], Scenarios | None]:
    """What reads the scenarios of a unit: those of templates are known, by the name of the unit."""
    readings: list[Readings] = []

    def again(unit: Unit) -> Scenarios | None:
        from rootlint.cloudformation.read import scenarios

        if not readings:
            readings.append(_readings(found, settings, sources))
        path = unit.name.partition("#")[0]
        return scenarios(path, unit.name, readings[0].reading(path))

    return again


def _unreadable(found: Found, units: Sequence[Unit]) -> tuple[Unreadable, ...]:
    """What could not be read, each once: a module that several units call is read several times."""
    every = (*found.unreadable, *(problem for unit in units for problem in unit.unreadable))
    return tuple(sorted(dict.fromkeys(every), key=lambda x: (x.path, x.span or (), x.reason)))


def _resources(units: Sequence[Unit]) -> int:
    return sum(resource.exists is not Truth.NO for unit in units for resource in unit.resources)
