"""Reads units in several processes, as the same bytes as in one.

A worker holds one batch of tasks at a time. One that dies gives its batch back: its tasks are read
again one by one, and the one that ends a worker alone is a bug that is said; no other is lost.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, NamedTuple

from rootlint.reading import Crash, Reading, Task

if TYPE_CHECKING:
    from multiprocessing.context import DefaultContext, ForkContext
    from multiprocessing.process import BaseProcess

    from rootlint.model.unit import Unit

_BATCH = 16
_MANY = 500_000
_PATIENCE = 5.0


_Read = Callable[["Reading", "Task"], "tuple[Unit, ...] | Crash"]


class Answer(NamedTuple):
    """What became of a batch of tasks, and the files it met that may hold an ignore."""

    results: list[tuple[Unit, ...] | Crash]
    marked: tuple[str, ...]


def _work(read: _Read, reading: Reading, tasks: Sequence[Task], pipe: Connection) -> None:
    """The life of a worker: numbers of tasks come in, outcomes go out, until nothing comes."""
    parent = os.getppid()
    gc.freeze()  # what the parent has made stays, and its pages stay shared
    gc.set_threshold(_MANY, 20, 20)
    gc.enable()
    try:
        while batch := _next(pipe, parent):
            results = [read(reading, tasks[number]) for number in batch]
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


def _context() -> ForkContext | DefaultContext:
    """How processes are started: as copies of this one where that is sound, which is cheapest.

    It is where there are no threads, and on Linux none are started behind our back.
    """
    return get_context("fork") if sys.platform == "linux" else get_context()


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection
    batch: list[int]


class Pool:
    """So many workers at most over the tasks."""

    def __init__(self, reading: Reading, tasks: Sequence[Task], workers: int, read: _Read) -> None:
        """`read` gives the units of one task; it raises nothing."""
        self._read = read
        self._reading = reading
        self._tasks = tasks
        self._size = workers
        self._context = _context()
        self._results: list[tuple[Unit, ...] | Crash] = [()] * len(tasks)
        batch = max(1, min(_BATCH, len(tasks) // (workers * 4)))
        numbers = list(range(len(tasks)))
        self._waiting = [numbers[at : at + batch] for at in range(0, len(numbers), batch)][::-1]
        self._workers: dict[Connection, _Worker] = {}

    def run(self) -> list[tuple[Unit, ...] | Crash]:
        if self._context.get_start_method() == "fork":
            self._reading.prepare()
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
                ours, theirs = self._context.Pipe()
                process = self._context.Process(
                    target=_work, args=(self._read, self._reading, self._tasks, theirs), daemon=True
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
