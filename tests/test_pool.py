"""Units read in several processes."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from rootlint.discover import discover
from rootlint.model.unit import Unit
from rootlint.pool import read_all
from rootlint.reading import Crash, Reading, Task
from rootlint.settings import Settings
from rootlint.source import Sources

TOPIC = 'resource "aws_sns_topic" "t" {\n  name = "%s"\n}\n# rootlint: ignore[root-access-key] x\n'
METHODS = [
    name
    for name in ("fork", "spawn", "forkserver")
    if name in multiprocessing.get_all_start_methods()
]


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        folder = tmp_path / f"root_{number:02}"
        folder.mkdir()
        (folder / "main.tf").write_text(TOPIC % number)
    return tmp_path


class Dying(Reading):
    """A reading of which some tasks end the process, or fail."""

    def __reduce__(self) -> tuple[type[Reading], tuple[object, ...]]:  # type: ignore[override]  # the same, of another class
        return Dying, (self.found, self.settings)

    def read(self, task: Task) -> tuple[Unit, ...]:
        if task.path == "root_03":
            os._exit(7)
        if task.path == "root_05":
            raise ZeroDivisionError("by zero")
        return super().read(task)


def reading(kind: type[Reading] = Reading) -> Reading:
    sources = Sources()
    return kind(discover((".",), (), sources), Settings(), sources)


@pytest.mark.parametrize("method", METHODS)
def test_the_units_are_the_same_however_many_processes_read(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rootlint.workers._context", lambda: multiprocessing.get_context(method))
    one = reading()
    several = reading()
    assert read_all(several, several.tasks(), 3) == read_all(one, one.tasks(), 1)
    marked = set(one.marked())
    assert marked <= set(several.marked())


def test_a_worker_that_dies_takes_no_unit_with_it_but_the_one_it_died_of() -> None:
    here = reading(Dying)
    units, crashes = read_all(here, here.tasks(), 2)
    assert [unit.name for unit in units] == [f"root_{n:02}" for n in range(12) if n not in {3, 5}]
    assert crashes == [
        Crash("root_03", "the process that read it ended with 7"),
        Crash("root_05", "reading it crashed: ZeroDivisionError: by zero"),
    ]


def test_no_worker_outlives_the_run() -> None:
    here = reading(Dying)
    read_all(here, here.tasks(), 4)
    assert not multiprocessing.active_children()


def test_an_interrupt_ends_all_of_them(tree: Path) -> None:
    program = textwrap.dedent("""
        import sys, time
        from rootlint import reading
        class Slow(reading.Reading):
            def read(self, task):
                print("reading", flush=True)
                time.sleep(600)
        reading.Reading = Slow
        Slow.__reduce__ = lambda self: (Slow, (self.found, self.settings))
        import multiprocessing
        multiprocessing.set_start_method("fork")
        from rootlint.cli import main
        sys.exit(main(["--jobs", "2", "."]))
    """)
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in said) == (130, False)


def test_a_bug_in_reading_is_said_with_exit_code_3(tree: Path) -> None:
    program = textwrap.dedent("""
        import sys
        from rootlint import reading
        def read(self, task):
            raise ValueError("odd")
        reading.Reading.read = read
        from rootlint.cli import main
        sys.exit(main(["."]))
    """)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "bug[reading]" in done.stdout
