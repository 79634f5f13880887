"""Reads units in several processes, as the same bytes as in one.

A worker holds one batch of tasks at a time. One that dies gives its batch back: its tasks are read
again one by one, and the one that ends a worker alone is a bug that is said; no other is lost.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from rootlint.model.unit import Unit
    from rootlint.reading import Reading, Task

# Below this many units a second process costs more than it saves (benchmarks/scale.py).
WORTH = 60
_MOST = 8
_BATCH = 16
_MANY = 500_000
_PATIENCE = 5.0


class Crash(NamedTuple):
    """A unit that could not be read, by a bug of ours."""

    path: str
    problem: str


class Answer(NamedTuple):
    """What became of a batch of tasks, and the files it met that may hold an ignore."""

    results: list[tuple[Unit, ...] | Crash]
    marked: tuple[str, ...]


def read_all(
    reading: Reading, tasks: Sequence[Task], jobs: int | None
) -> tuple[list[Unit], list[Crash]]:
    """The units of all tasks in their order, and what ended in a bug of ours."""
    wanted = jobs or (_cores() if len(tasks) >= WORTH else 1)
    workers = min(wanted, len(tasks))
    if workers < 2:
        results = [_read(reading, task) for task in tasks]
    else:
        results = _Pool(reading, tasks, workers).run()
    units = [unit for found in results if not isinstance(found, Crash) for unit in found]
    return units, [found for found in results if isinstance(found, Crash)]


def _cores() -> int:
    try:
        return min(_MOST, len(os.sched_getaffinity(0)))
    except AttributeError:  # macOS and Windows do not say
        return min(_MOST, os.cpu_count() or 1)


def _read(reading: Reading, task: Task) -> tuple[Unit, ...] | Crash:
    try:
        return reading.read(task)
    except Exception as bug:  # noqa: BLE001 - one unit must not take the others with it
        if os.environ.get("ROOTLINT_TRACEBACK"):
            import traceback

            traceback.print_exception(bug)
        return Crash(task.path, f"reading it crashed: {type(bug).__name__}: {bug}")


def _work(reading: Reading, tasks: Sequence[Task], pipe: Connection) -> None:
    """The life of a worker: numbers of tasks come in, outcomes go out, until nothing comes."""
    parent = os.getppid()
    gc.freeze()  # what the parent has made stays, and its pages stay shared
    gc.set_threshold(_MANY, 20, 20)
    gc.enable()
    try:
        while batch := _next(pipe, parent):
            results = [_read(reading, tasks[number]) for number in batch]
            pipe.send(Answer(results, reading.marked()))
            del results
    except (BrokenPipeError, EOFError):
        pass


def _next(pipe: Connection, parent: int) -> list[int]:
    """The next batch; none where the parent is no more, however it ended."""
    while not pipe.poll(_PATIENCE):
        if os.getppid() != parent:
            return []
    batch: list[int] = pipe.recv()
    return batch


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """An interrupt waits until a process is there to be ended; the process itself never sees one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection
    batch: list[int]


class _Pool:
    def __init__(self, reading: Reading, tasks: Sequence[Task], workers: int) -> None:
        self._reading = reading
        self._tasks = tasks
        self._size = workers
        self._results: list[tuple[Unit, ...] | Crash] = [()] * len(tasks)
        batch = max(1, min(_BATCH, len(tasks) // (workers * 4)))
        numbers = list(range(len(tasks)))
        self._waiting = [numbers[at : at + batch] for at in range(0, len(numbers), batch)][::-1]
        self._workers: dict[Connection, _Worker] = {}

    def run(self) -> list[tuple[Unit, ...] | Crash]:
        try:
            self._hire()
            while self._workers:
                for pipe in wait(list(self._workers)):
                    assert isinstance(pipe, Connection)
                    self._hear(pipe)
                self._hire()
        finally:
            for worker in self._workers.values():
                worker.process.terminate()
                worker.process.join()
        return self._results

    def _hire(self) -> None:
        while self._waiting and len(self._workers) < self._size:
            with _uninterrupted():
                ours, theirs = get_context().Pipe()
                process = get_context().Process(
                    target=_work, args=(self._reading, self._tasks, theirs), daemon=True
                )
                process.start()
                theirs.close()
                self._workers[ours] = _Worker(process, ours, [])
            self._hand_out(ours)

    def _hand_out(self, pipe: Connection) -> None:
        """The next batch to a worker; it goes home where there is none."""
        worker = self._workers[pipe]
        batch = self._waiting.pop() if self._waiting else []
        worker.batch[:] = batch
        try:
            pipe.send(batch)
        except OSError:
            return  # it is dead: its end of the pipe says so
        if not batch:
            self._release(pipe)

    def _hear(self, pipe: Connection) -> None:
        worker = self._workers[pipe]
        try:
            answer: Answer = pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        for number, result in zip(worker.batch, answer.results, strict=True):
            self._results[number] = result
        for path in sorted(answer.marked):
            self._reading.sources.read(path)
        self._hand_out(pipe)

    def _lost(self, worker: _Worker) -> None:
        """A worker died over its batch."""
        self._release(worker.pipe)
        if len(worker.batch) == 1:
            (number,) = worker.batch
            code = worker.process.exitcode
            said = f"the process that read it ended with {code}"
            self._results[number] = Crash(self._tasks[number].path, said)
        else:
            self._waiting.extend([number] for number in reversed(worker.batch))

    def _release(self, pipe: Connection) -> None:
        worker = self._workers.pop(pipe)
        worker.process.join()
        pipe.close()
