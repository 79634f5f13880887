"""Time rootlint on large trees of mixed code: 10 x the files, and beside checkov and tfparse.

    python benchmarks/scale.py [--files 10000] [--peer-files 300] [--runs 3]
        [--checkov PROGRAM] [--tfparse PYTHON]

Wall time, CPU time of all processes, and the most memory that they held together (shared pages
counted once), sampled. Peers run on the same tree as rootlint, in turn with it. A peer that is not
found is left out. tfparse is the evaluator of trivy.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.tree import grow

ROOTLINT = (str(Path(sys.executable).with_name("rootlint")), ".")
# It reads one root module at a time.
TFPARSE = """
import pathlib, tfparse
for folder in sorted({path.parent for path in pathlib.Path("live").rglob("*.tf")}):
    tfparse.load_from_path(str(folder))
"""
SAMPLE = 0.05


class Cost(NamedTuple):
    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s wall {self.cpu:7.2f} s CPU {self.memory:6.0f} MB"


def measured(command: Sequence[str], folder: Path) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    most = 0.0
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=folder, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(SAMPLE)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, most)


def memory(session: int) -> float:
    """The megabytes that the processes of a session hold, each shared page divided among them."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getsid(int(entry.name)) == session:
                text = (entry / "smaps_rollup").read_text()
                total += int(text.split("\nPss:")[1].split()[0])
        except (OSError, IndexError):
            continue
    return total / 1024


def median(command: Sequence[str], folder: Path, runs: int) -> Cost:
    costs = [measured(command, folder) for _ in range(runs)]
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def tree(work: Path, files: int) -> Path:
    folder = work / str(files)
    folder.mkdir()
    written = grow(folder, files)
    subprocess.run(("git", "init", "-q", "."), cwd=folder, check=True)
    print(f"{files:,} files, {written / 1e6:.1f} MB")
    return folder


def scale(work: Path, files: int, runs: int) -> None:
    small = median(ROOTLINT, tree(work, files // 10), runs)
    print(f"  {small}")
    large = median(ROOTLINT, tree(work, files), runs)
    print(f"  {large}: {large.cpu / small.cpu:.1f} x the CPU time of a tenth of the files")
    alone = median((*ROOTLINT, "--jobs", "1"), work / str(files), 1)
    print(f"  {alone} in one process")


def where_it_pays(work: Path, runs: int) -> None:
    """One process and two on trees that grow: where the pool begins to pay."""
    for files in (50, 100, 200, 400):
        folder = tree(work, files)
        for jobs in ("1", "2"):
            print(f"  --jobs {jobs}: {median((*ROOTLINT, '--jobs', jobs), folder, runs)}")


def beside(work: Path, files: int, peers: dict[str, Sequence[str]], runs: int) -> None:
    folder = tree(work, files)
    own = median(ROOTLINT, folder, runs)
    print(f"  rootlint {own}")
    for name, command in peers.items():
        cost = median(command, folder, 1)
        print(f"  {name:8} {cost}: {cost.cpu / own.cpu:.1f} x the CPU time of rootlint")


def main() -> None:
    ask = argparse.ArgumentParser(description="Time rootlint on large trees.")
    ask.add_argument("--files", type=int, default=10_000)
    ask.add_argument("--peer-files", type=int, default=300)
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--checkov", default=shutil.which("checkov"))
    ask.add_argument("--tfparse", help="a Python that has tfparse")
    chosen = ask.parse_args()
    peers: dict[str, Sequence[str]] = {}
    if chosen.tfparse:
        peers["tfparse"] = (chosen.tfparse, "-c", TFPARSE)
    if chosen.checkov:
        peers["checkov"] = (chosen.checkov, "-d", ".", "--quiet", "--compact")
    with tempfile.TemporaryDirectory() as work:
        scale(Path(work), chosen.files, chosen.runs)
        where_it_pays(Path(work), chosen.runs)
        beside(Path(work), chosen.peer_files, peers, chosen.runs)


if __name__ == "__main__":
    main()
