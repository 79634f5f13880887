"""A `terragrunt.hcl` → the unit of the module that it deploys, with what Terragrunt puts beside it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace

from rootlint.model.resource import BlindSpot
from rootlint.model.unit import Unit
from rootlint.source import SourceFile, Sources, Unreadable
from rootlint.terraform.blind import unread
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.given import NOTHING, Given
from rootlint.terraform.read import read
from rootlint.terraform.terragrunt import wrapped
from rootlint.terraform.terragrunt_generate import Generated


def deployed(
    path: str,
    files: Mapping[str, tuple[str, ...]],
    sources: Sources,
    *,
    given: Given = NOTHING,
    configurations: dict[str, Configuration] | None = None,
) -> Unit:
    """The unit of a `terragrunt.hcl` for which `wrapped` finds a module. Its name is its folder."""
    what = wrapped(path, files, sources)
    assert what is not None
    made = _placed(what.folder, what.generated, files)
    shared = {} if configurations is None else configurations
    if made:  # the folder holds other files for this unit alone
        shared = {folder: found for folder, found in shared.items() if folder != what.folder}
        beside = [name for name in files.get(what.folder, ()) if name not in made]
        files = {**files, what.folder: tuple(sorted((*beside, *made)))}
    unit = read(
        what.folder,
        files,
        _Beside(sources, made),
        called=False,
        name=posixpath.dirname(path) or ".",
        given=given,
        inputs=what.inputs,
        configurations=shared,
    )
    blind = (*map(unread, what.faults), *(BlindSpot(hole, anything=True) for hole in what.hidden))
    faults = tuple(dict.fromkeys((*unit.unreadable, *what.faults)))
    return replace(unit, blind_spots=(*unit.blind_spots, *blind), unreadable=faults)


class _Beside(Sources):
    """The files of a run, and a few that one unit has beside them."""

    def __init__(self, under: Sources, more: Mapping[str, SourceFile]) -> None:
        super().__init__()
        self._under = under
        self._more = more

    def read(self, path: str) -> SourceFile | Unreadable:
        return self._more.get(path) or self._under.read(path)


def _placed(
    folder: str, generated: tuple[Generated, ...], files: Mapping[str, tuple[str, ...]]
) -> dict[str, SourceFile]:
    """Generated files by their paths in the module; one that is there already may be kept."""
    found: dict[str, SourceFile] = {}
    for each in generated:
        path = posixpath.normpath(posixpath.join(folder, each.path))
        there = path in files.get(folder, ())
        if posixpath.dirname(path) in {folder, "" if folder == "." else folder} and not (
            there and each.if_exists == "skip"
        ):
            found[path] = each.file
    return found
