"""Where the packs of checks are, found without importing one: a run that has nothing to judge loads none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

GROUP = "rootlint.checks"
BUILT_IN = "rootlint_checks"


def packs() -> tuple[str, ...]:
    """The packages that hold checks: the built-in one, then those of other distributions by name.

    The entry points are read from `entry_points.txt` where distributions keep it: importlib.metadata
    answers the same and takes 45 ms, most of the time that a small run has.
    """
    return (BUILT_IN, *sorted(set(_announced()) - {BUILT_IN}))


def _announced() -> Iterator[str]:
    """What distributions announce. The working directory is none: what is scanned is not imported."""
    here = os.path.realpath(".")
    for folder in dict.fromkeys(sys.path):
        if folder and os.path.realpath(folder) != here:
            for file in _entry_points(folder):
                yield from _packages(file)


def _entry_points(folder: str) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return
    for name in names:
        if name.endswith((".dist-info", ".egg-info")):
            yield Path(folder, name, "entry_points.txt")


def _packages(file: Path) -> Iterator[str]:
    """The packages of our group in one `entry_points.txt`."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return
    group = ""
    for line in text.splitlines() if GROUP in text else ():
        name, equals, package = line.strip().partition("=")
        if name.startswith("["):
            group = name.strip("[]").strip()
        elif equals and group == GROUP:
            yield package.strip()


def count() -> int:
    """How many checks there are, by the files of the packs; `bad-ignore` is one more."""
    return 1 + sum(len(check_files(folder)) for pack in packs() for folder in _places(pack))


def check_files(folder: Path) -> list[Path]:
    """The modules of a pack's folder that hold a check each."""
    return sorted(folder.glob("[!_]*.py"))


def _places(pack: str) -> list[Path]:
    found = find_spec(pack)
    locations = found.submodule_search_locations if found else None
    return [Path(place) for place in locations or ()]
