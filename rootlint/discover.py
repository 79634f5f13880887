"""Paths → files → units: which root modules and templates there are to read."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rootlint.cloudformation.files import is_manifest, is_wanted, others
from rootlint.listing import Listing, list_files
from rootlint.source import TOO_LARGE, Sources, Unreadable
from rootlint.terraform.files import is_terraform
from rootlint.terraform.vocabulary.kinds import mentions_relevant

TEMPLATES = (".yaml", ".yml", ".json", ".template", ".cft", ".cfn")
IGNORE_MARK = b"rootlint:"


class Module(NamedTuple):
    """A folder of Terraform files that is read as a root module.

    `called` is true where other folders call it too, but none of them is a root.
    """

    folder: str
    called: bool = False


class Template(NamedTuple):
    """A file that looks like a CloudFormation template; `named` where the user named it.

    `region` is the one that a CDK program makes it for.
    """

    path: str
    named: bool
    region: str | None = None


class Found(NamedTuple):
    """What there is to read. `folders` maps each folder of the tree to its files."""

    modules: tuple[Module, ...]
    templates: tuple[Template, ...]
    folders: Mapping[str, tuple[str, ...]]
    files: int
    unreadable: tuple[Unreadable, ...]


def discover(paths: Sequence[str], exclude: Sequence[str], sources: Sources) -> Found:
    """Everything below `paths` that rootlint reads, paths relative to the working directory."""
    listing = list_files(paths, exclude)
    terraform, templates, unreadable = _classify(listing)
    relevant = {file.folder for file in terraform if file.relevant}
    calling = {file.folder for file in terraform if file.calls}
    installed = _installed(calling)
    modules: tuple[Module, ...] = ()
    folders: Mapping[str, tuple[str, ...]] = {}
    # A module that is called may lie outside of what is scanned.
    reaches_out = bool(installed) or (bool(calling) and len(listing.tree) > len(listing.files))
    if relevant or templates or reaches_out:
        folders = {**_folders(listing.tree), **installed}
    if relevant or reaches_out:
        scanned = {file.folder for file in terraform}
        modules = _roots(scanned, relevant, folders, sources)
    return Found(
        modules, _uncalled(templates, sources), folders, len(listing.files), tuple(unreadable)
    )


class _File(NamedTuple):
    """A Terraform file: its folder, whether it names what rootlint reads, whether it calls modules."""

    folder: str
    relevant: bool
    calls: bool


def _classify(listing: Listing) -> tuple[list[_File], list[Template], list[Unreadable]]:
    terraform: list[_File] = []
    templates: list[Template] = []
    manifests: dict[str, bytes] = {}
    unreadable = list(listing.unreadable)
    is_other = others(listing.files)
    for path in listing.files:
        named = path in listing.named
        if is_terraform(path):
            data = _content(path, unreadable, said=True)
            if data is not None:
                relevant = mentions_relevant(data) or IGNORE_MARK in data
                terraform.append(_File(_folder(path), relevant, b"module" in data))
        elif named or (path.endswith(TEMPLATES) and not is_other(path)):
            data = _content(path, unreadable, said=named)
            if data is not None and is_manifest(path, data) and not named:
                manifests[path] = data
            elif data is not None and (named or is_wanted(data)):
                templates.append(Template(path, named))
    return terraform, _without_assets(templates, manifests), unreadable


def _without_assets(templates: list[Template], manifests: Mapping[str, bytes]) -> list[Template]:
    """The templates that are deployed as they are; CDK's assets are reached through their stacks."""
    if not manifests:
        return templates
    from rootlint.cloudformation.cloud_assembly import Assemblies

    found = Assemblies(manifests)
    return [
        template._replace(region=found.region(template.path))
        for template in templates
        if template.named or not found.is_asset(template.path)
    ]


def _content(path: str, unreadable: list[Unreadable], *, said: bool) -> bytes | None:
    """The bytes of a regular file; None where there are none to look at."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            problem = "no regular file"
        elif status.st_size > TOO_LARGE:
            problem = f"too large: {status.st_size:,} bytes, the limit is {TOO_LARGE:,}"
        else:
            with open(path, "rb") as file:
                return file.read()
    except FileNotFoundError:
        # Tracked by git and deleted from the work tree: there is nothing to read.
        if not os.path.islink(path):
            return None
        problem = "a link to nothing"
    except OSError as failure:
        problem = (failure.strerror or "cannot be read").lower()
        said = True
    if said:
        unreadable.append(Unreadable(path, problem))
    return None


def _folder(path: str) -> str:
    return posixpath.dirname(path) or "."


def _folders(files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path in files:
        found.setdefault(_folder(path), []).append(path)
    return {folder: tuple(sorted(inside)) for folder, inside in found.items()}


def _installed(scanned: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The files of registry and git modules that `terraform init` has put on disk."""
    files: list[str] = []
    for folder in sorted(scanned):
        top = posixpath.normpath(posixpath.join(folder, ".terraform/modules"))
        if os.path.isfile(posixpath.join(top, "modules.json")):
            for where, inner, names in os.walk(top):
                inner.sort()
                files.extend(posixpath.normpath(posixpath.join(where, name)) for name in names)
    return _folders(files)


def _roots(
    scanned: set[str],
    relevant: set[str],
    folders: Mapping[str, tuple[str, ...]],
    sources: Sources,
) -> tuple[Module, ...]:
    """The folders to read as root modules: nobody calls them, or only in a ring."""
    graph = _call_graph(scanned, folders, sources)
    called = {callee for caller, callees in graph.items() for callee in callees if callee != caller}
    modules = []
    reached: set[str] = set()
    for folder in sorted(scanned - called):
        inside = _closure(folder, graph)
        reached |= inside
        if _any_relevant(inside, relevant, folders):
            modules.append(Module(folder))
    for folder in sorted(relevant & scanned):
        if folder not in reached:
            modules.append(Module(folder, called=True))
            reached |= _closure(folder, graph)
    return tuple(modules)


def _any_relevant(
    inside: set[str], relevant: set[str], folders: Mapping[str, tuple[str, ...]]
) -> bool:
    return any(folder in relevant or _mentions(folder, folders) for folder in inside)


def _mentions(folder: str, folders: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a called folder outside the paths given, or an installed module, is relevant."""
    unsaid: list[Unreadable] = []
    for path in folders.get(folder, ()):
        if is_terraform(path):
            data = _content(path, unsaid, said=False)
            if data is not None and mentions_relevant(data):
                return True
    return False


def _call_graph(
    scanned: set[str], folders: Mapping[str, tuple[str, ...]], sources: Sources
) -> dict[str, set[str]]:
    from rootlint.terraform.calls import called_folders

    graph: dict[str, set[str]] = {}
    waiting = sorted(scanned)
    while waiting:
        folder = waiting.pop()
        if folder in graph:
            continue
        graph[folder] = set(called_folders(folder, folders, sources))
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


def _uncalled(templates: Sequence[Template], sources: Sources) -> tuple[Template, ...]:
    """Templates that no other one nests, and those that the user named."""
    if len(templates) < 2:
        return tuple(templates)
    from rootlint.cloudformation.read import nested

    paths = frozenset(template.path for template in templates)
    called = set(_others(paths, nested, sources))
    return tuple(found for found in templates if found.named or found.path not in called)


def _others(paths: frozenset[str], nested: object, sources: Sources) -> Iterator[str]:
    assert callable(nested)
    for path in sorted(paths):
        yield from (
            other for other in nested(path, sources, paths) if other in paths and other != path
        )
