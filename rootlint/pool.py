"""Reads the units of all tasks: in turn, or in several processes where that saves time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rootlint.reading import Crash

if TYPE_CHECKING:
    from rootlint.model.unit import Unit
    from rootlint.reading import Reading, Task

# A second process costs about 0.1 s of CPU time: to start, to read again what units share, to hand
# on what it found. Forty units (150 files of benchmarks/tree.py) take 0.25 s to read; from there on it
# saves more than it costs.
WORTH = 40
_MOST = 8


def read_all(
    reading: Reading, tasks: Sequence[Task], jobs: int | None
) -> tuple[list[Unit], list[Crash]]:
    """The units of all tasks in their order, and what ended in a bug of ours."""
    wanted = jobs or (_cores() if len(tasks) >= WORTH else 1)
    workers = min(wanted, len(tasks))
    if workers < 2:
        results = [outcome(reading, task) for task in tasks]
    else:
        from rootlint.workers import Pool

        results = Pool(reading, tasks, workers, outcome).run()
    units = [unit for found in results if not isinstance(found, Crash) for unit in found]
    return units, [found for found in results if isinstance(found, Crash)]


def _cores() -> int:
    try:
        return min(_MOST, len(os.sched_getaffinity(0)))
    except AttributeError:  # macOS and Windows do not say
        return min(_MOST, os.cpu_count() or 1)


def outcome(reading: Reading, task: Task) -> tuple[Unit, ...] | Crash:
    """The units of one task, or the bug that ended it."""
    try:
        return reading.read(task)
    except Exception as bug:  # noqa: BLE001 - one unit must not take the others with it
        if os.environ.get("ROOTLINT_TRACEBACK"):
            import traceback

            traceback.print_exception(bug)
        return Crash(task.path, f"reading it crashed: {type(bug).__name__}: {bug}")
