"""Time rootlint beside `import click`, checkov and cfn-lint on the same inputs, and print the ratios.

    python benchmarks/peers.py [--checkov PROGRAM] [--cfn-lint PROGRAM] [--runs 5]

Each figure is the CPU time of the whole process and its children, the median of the runs, which are
interleaved so that all see the same machine. A peer whose program is not found is left out.
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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).parents[1] / "fixtures/trail-without-root-alarm/bad"
BASELINE = (sys.executable, "-c", "import click")
ROOTLINT = (str(Path(sys.executable).with_name("rootlint")), ".")


class Case(NamedTuple):
    """One folder to scan, the budget as a multiple of the baseline, and the peers that read it."""

    title: str
    folder: Path
    budget: int
    peers: Mapping[str, Sequence[str]]


def cpu_seconds(command: Sequence[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def medians(commands: Mapping[str, Sequence[str]], folder: Path, runs: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(cpu_seconds(command, folder))
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def nothing_relevant(folder: Path) -> Path:
    """200 Terraform files of 10 kB each that hold nothing rootlint reads."""
    block = 'resource "aws_subnet" "net_{n}_{m}" {{\n  cidr_block = "10.{n}.{m}.0/24"\n}}\n\n'
    for number in range(200):
        text = "".join(block.format(n=number, m=m) for m in range(150))
        target = folder / f"stack_{number % 20}" / f"file_{number}.tf"
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
    return folder


def cases(work: Path, checkov: str | None, cfn_lint: str | None) -> list[Case]:
    found: dict[str, tuple[str, ...]] = {}
    if checkov:
        found["checkov"] = (checkov, "-d", ".", "--quiet", "--compact")
    small = {}
    for language in ("terraform", "cloudformation"):
        small[language] = work / language
        shutil.copytree(EXAMPLES / f"example-{language}", small[language])
    templates = dict(found)
    if cfn_lint:
        names = [path.name for path in small["cloudformation"].glob("*.yaml")]
        templates["cfn-lint"] = (cfn_lint, *names)
    empty = work / "empty"
    empty.mkdir()
    return [
        Case("nothing relevant, 200 files", nothing_relevant(empty), 3, found),
        Case("one small Terraform unit", small["terraform"], 6, found),
        Case("one small template", small["cloudformation"], 6, templates),
    ]


def report(case: Case, runs: int) -> None:
    commands = {"import click": BASELINE, "rootlint": ROOTLINT, **case.peers}
    times = medians(commands, case.folder, runs)
    base = times["import click"]
    print(f"{case.title} (budget {case.budget} x import click)")
    for name, seconds in times.items():
        ratio = f"{seconds / base:5.1f} x import click"
        own = (
            ""
            if name in {"import click", "rootlint"}
            else f", {seconds / times['rootlint']:5.1f} x rootlint"
        )
        print(f"  {name:14} {seconds * 1000:8.0f} ms  {ratio}{own}")


def main() -> None:
    ask = argparse.ArgumentParser(description="Time rootlint beside its peers.")
    ask.add_argument("--checkov", default=shutil.which("checkov"))
    ask.add_argument("--cfn-lint", default=shutil.which("cfn-lint"))
    ask.add_argument("--runs", type=int, default=5)
    chosen = ask.parse_args()
    os.environ["NO_COLOR"] = "1"
    with tempfile.TemporaryDirectory() as work:
        for case in cases(Path(work), chosen.checkov, chosen.cfn_lint):
            report(case, chosen.runs)


if __name__ == "__main__":
    main()
