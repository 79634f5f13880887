"""Which folders of Terraform files are read as root modules: nobody calls them, or a wrapper deploys them."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from rootlint.source import Sources
from rootlint.terraform.files import loaded


class Module(NamedTuple):
    """A folder of Terraform files that is read as a root module.

    `called` is true where other folders call it too, but none of them is a root. `wrapper` is the
    `terragrunt.hcl` that deploys it.
    """

    folder: str
    called: bool = False
    wrapper: str = ""


class Scanned(NamedTuple):
    """Folders of Terraform files, those with something relevant, the wrappers, and all files by folder.

    `quiet` are the files that certainly call no local path.
    """

    folders: set[str]
    relevant: set[str]
    wrappers: tuple[str, ...]
    files: Mapping[str, tuple[str, ...]]
    quiet: AbstractSet[str] = frozenset()


def installed_modules(callers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The files of registry and git modules that `terraform init` has put on disk, by folder."""
    found: dict[str, list[str]] = {}
    for folder in sorted(callers):
        top = posixpath.normpath(posixpath.join(folder, ".terraform/modules"))
        if Path(top, "modules.json").is_file():
            for where, inner, names in os.walk(top):
                inner.sort()
                paths = [posixpath.normpath(posixpath.join(where, name)) for name in names]
                found.setdefault(posixpath.normpath(where), []).extend(sorted(paths))
    return {folder: tuple(paths) for folder, paths in found.items() if paths}


def roots(
    scanned: Scanned, sources: Sources, mentions: Callable[[str], bool]
) -> tuple[Module, ...]:
    """The folders to read as root modules: nobody calls them, or only in a ring.

    `mentions` says of a folder outside of what is scanned whether it names what rootlint reads.
    """
    graph = _call_graph(scanned, sources)
    called = {callee for caller, callees in graph.items() for callee in callees if callee != caller}
    wrapped = _wrapped(scanned, sources)
    deployed = {module.folder for module in wrapped}
    modules = []
    reached: set[str] = set()
    for module in (*wrapped, *map(Module, sorted(scanned.folders - called - deployed))):
        inside = _closure(module.folder, graph)
        reached |= inside
        inside = inside | wrapped.get(module, frozenset())
        # A file of Terragrunt that cannot be read deploys what nobody knows.
        unread = not loaded(scanned.files.get(module.folder, ()))
        if unread or any(folder in scanned.relevant or mentions(folder) for folder in inside):
            modules.append(module)
    for folder in sorted(scanned.relevant & scanned.folders):
        if folder not in reached:
            modules.append(Module(folder, called=True))
            reached |= _closure(folder, graph)
    return tuple(modules)


def _wrapped(scanned: Scanned, sources: Sources) -> dict[Module, frozenset[str]]:
    """The modules that files of Terragrunt deploy, each with the folders of the files that say so."""
    if not scanned.wrappers:
        return {}
    from rootlint.terraform.terragrunt import wrapped

    found = ((path, wrapped(path, scanned.files, sources)) for path in scanned.wrappers)
    return {Module(what.folder, wrapper=path): what.told for path, what in found if what}


def _call_graph(scanned: Scanned, sources: Sources) -> dict[str, set[str]]:
    from rootlint.terraform.calls import called_folders

    graph: dict[str, set[str]] = {}
    waiting = sorted(scanned.folders)
    while waiting:
        folder = waiting.pop()
        if folder in graph:
            continue
        graph[folder] = set(called_folders(folder, scanned.files, sources, scanned.quiet))
        waiting.extend(graph[folder])
    return graph


def _closure(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        if folder not in seen:
            seen.add(folder)
            waiting.extend(graph.get(folder, ()))
    return seen
