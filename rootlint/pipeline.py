"""The stages in order: paths → files → units → estate → findings → report."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from rootlint.discover import Found, discover
from rootlint.engine import judge
from rootlint.finding import Report
from rootlint.model.estate import Estate
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.registry import choose, load
from rootlint.settings import Settings
from rootlint.source import Sources, Unreadable
from rootlint.suppress import suppress


def run(paths: Sequence[str], settings: Settings) -> Report:
    """Read everything below `paths`, judge it, and hide what somebody asked to hide.

    All checks run, whatever is selected: which check speaks of a fault must not depend on it.
    Raises UnknownCheck where a check is named that there is none of, BadCheckPack for a bad pack.
    """
    began = time.perf_counter()
    known = load()
    chosen = choose(known, settings.select, settings.ignore)
    sources = Sources()
    found = discover(paths, settings.exclude, sources)
    units = tuple(_units(found, settings, sources))
    judgement = judge(known, Estate(units, elsewhere=tuple(_elsewhere(settings))))
    names = {check.name for check in chosen}
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
        notes=settings.notes,
        files=found.files,
        units=len(units),
        resources=_resources(units),
        ignored=kept.ignored,
        seconds=time.perf_counter() - began,
    )


def _elsewhere(settings: Settings) -> Iterator[str]:
    if settings.alarms_elsewhere:
        yield "alarms"
    if settings.trails_elsewhere:
        yield "trails"


def _units(found: Found, settings: Settings, sources: Sources) -> Iterator[Unit]:
    partition = settings.partition or "aws"
    if found.modules:
        from rootlint.terraform.read import read as read_module

        for module in found.modules:
            yield read_module(
                module.folder,
                found.folders,
                sources,
                called=module.called,
                partition=partition,
                region=settings.region,
            )
    if found.templates:
        yield from _templates(found, settings, sources, partition)


def _templates(
    found: Found, settings: Settings, sources: Sources, partition: str
) -> Iterator[Unit]:
    from rootlint.cloudformation.read import read as read_template

    paths = frozenset(path for inside in found.folders.values() for path in inside)
    for template in found.templates:
        unit = read_template(
            template.path, sources, region=settings.region, partition=partition, templates=paths
        )
        if unit is not None:
            yield unit
        elif template.named:
            problem = Unreadable(template.path, "not a template", configuration=False)
            yield Unit(template.path, unreadable=(problem,))


def _unreadable(found: Found, units: Sequence[Unit]) -> tuple[Unreadable, ...]:
    """What could not be read, each once: a module that several units call is read several times."""
    every = (*found.unreadable, *(problem for unit in units for problem in unit.unreadable))
    return tuple(sorted(dict.fromkeys(every), key=lambda x: (x.path, x.span or (), x.reason)))


def _resources(units: Sequence[Unit]) -> int:
    return sum(resource.exists is not Truth.NO for unit in units for resource in unit.resources)
