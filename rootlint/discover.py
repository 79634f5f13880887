"""Paths → files → units: which root modules and templates there are to read."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from rootlint.cloudformation.files import is_manifest, is_wanted, others
from rootlint.listing import Listing, list_files
from rootlint.source import TOO_LARGE, Sources, Unreadable, content
from rootlint.terraform.files import (
    GIVING,
    SAVED_PLAN,
    STATES,
    WRAPPER,
    is_terraform,
    looks_like_plan,
    looks_like_state,
    may_call_local,
)
from rootlint.terraform.roots import Module, Scanned, installed_modules, roots
from rootlint.terraform.vocabulary.kinds import mentions_relevant

TEMPLATES = (".yaml", ".yml", ".json", ".template", ".cft", ".cfn")
IGNORE_MARK = b"rootlint:"


class Template(NamedTuple):
    """A file that looks like a CloudFormation template; `named` where the user named it.

    `region` is the one that a CDK program makes it for.
    """

    path: str
    named: bool
    region: str | None = None


class Found(NamedTuple):
    """What there is to read. `folders` maps each folder of the tree to its files.

    `plans` are those of Terraform, `states` are files of its state, which are left alone.
    """

    modules: tuple[Module, ...]
    templates: tuple[Template, ...]
    folders: Mapping[str, tuple[str, ...]]
    files: int
    unreadable: tuple[Unreadable, ...]
    plans: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


def discover(
    paths: Sequence[str],
    exclude: Sequence[str],
    sources: Sources,
    *,
    var_files: Sequence[str] = (),
) -> Found:
    """Everything below `paths` that rootlint reads, paths relative to the working directory.

    `var_files` are files of Terraform's variables that hold for all root modules.
    """
    listing = list_files(paths, exclude)
    seen = _classify(listing)
    relevant = {file.folder for file in seen.terraform if file.relevant} | seen.given
    if any(_says_relevant(path) for path in var_files):
        relevant.update(file.folder for file in seen.terraform)
    calling = {file.folder for file in seen.terraform if file.calls}
    modules: tuple[Module, ...] = ()
    folders: Mapping[str, tuple[str, ...]] = {}
    # A module that is called may lie outside of what is scanned.
    elsewhere = len(listing.tree) > len(listing.files)
    reaches_out = bool(calling or seen.wrappers) and elsewhere
    installed = installed_modules(calling)
    if relevant or seen.templates or seen.plans or reaches_out or installed:
        folders = {**_folders(listing.tree), **installed}
    if relevant or reaches_out or installed:
        scanned = {file.folder for file in seen.terraform}
        quiet = {file.path for file in seen.terraform if not file.calls_local}
        known = Scanned(scanned, relevant, tuple(seen.wrappers), folders, quiet)
        files = frozenset(listing.files)
        modules = roots(known, sources, lambda folder: _mentions(folder, folders, files))
    return Found(
        modules,
        _uncalled(_without_assets(seen.templates, seen.manifests), sources),
        folders,
        len(listing.files),
        tuple(seen.unreadable),
        tuple(seen.plans),
        tuple(seen.states),
    )


class _File(NamedTuple):
    """A Terraform file: whether it names what rootlint reads, calls modules, and calls local ones."""

    path: str
    folder: str
    relevant: bool
    calls: bool
    calls_local: bool


class _Seen:
    """The files of a listing, sorted by what they are.

    `given` are the folders with files of variables, or of Terragrunt, that name what is relevant.
    """

    def __init__(self, unreadable: Iterable[Unreadable]) -> None:
        self.terraform: list[_File] = []
        self.wrappers: list[str] = []
        self.given: set[str] = set()
        self.plans: list[str] = []
        self.states: list[str] = []
        self.templates: list[Template] = []
        self.manifests: dict[str, bytes] = {}
        self.unreadable = list(unreadable)

    def add_terraform(self, path: str, data: bytes) -> None:
        relevant = mentions_relevant(data) or IGNORE_MARK in data
        calls = b"module" in data
        calls_local = calls and may_call_local(data)
        self.terraform.append(_File(path, _folder(path), relevant, calls, calls_local))

    def add_giving(self, path: str) -> None:
        """A file that gives values to root modules."""
        if posixpath.basename(path) == WRAPPER:
            self.wrappers.append(path)
        if _says_relevant(path):
            self.given.add(_folder(path))

    def add(self, path: str, data: bytes, *, named: bool) -> None:
        """A file that may be a template, a plan or a state."""
        if is_manifest(path, data) and not named:
            self.manifests[path] = data
        elif looks_like_plan(data):
            self.plans.append(path)
        elif looks_like_state(data):
            self.states.append(path)
        elif named and data.startswith(SAVED_PLAN):
            reason = "a saved plan: name what `terraform show -json` prints of it"
            self.unreadable.append(Unreadable(path, reason, configuration=False))
        elif named or is_wanted(data):
            self.templates.append(Template(path, named))


def _classify(listing: Listing) -> _Seen:
    seen = _Seen(listing.unreadable)
    is_other = others(listing.files)
    for path in listing.files:
        named = path in listing.named
        if is_terraform(path):
            data = _content(path, seen.unreadable, said=True)
            if data is not None:
                seen.add_terraform(path, data)
        elif path.endswith(STATES):
            seen.states.append(path)
        elif path.endswith(GIVING):
            seen.add_giving(path)
        elif named or (path.endswith(TEMPLATES) and not is_other(path)):
            data = _content(path, seen.unreadable, said=named)
            if data is not None:
                seen.add(path, data, named=named)
    return seen


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


def _says_relevant(path: str) -> bool:
    """Whether a file that is not read as configuration itself names what rootlint reads."""
    data = _content(path, [], said=False)
    return data is not None and mentions_relevant(data)


def _content(path: str, unreadable: list[Unreadable], *, said: bool) -> bytes | None:
    """The bytes of a regular file; None where there are none to look at."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            problem = "no regular file"
        elif status.st_size > TOO_LARGE:
            problem = f"too large: {status.st_size:,} bytes, the limit is {TOO_LARGE:,}"
        else:
            return content(path)
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


def _mentions(folder: str, folders: Mapping[str, tuple[str, ...]], seen: AbstractSet[str]) -> bool:
    """Whether a called folder outside the paths given, or an installed module, is relevant."""
    unseen = (path for path in folders.get(folder, ()) if path not in seen)
    return any(is_terraform(path) and _says_relevant(path) for path in unseen)


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
