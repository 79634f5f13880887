"""What all modules of one unit share: its files, its settings, and what they have used up."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property

from rootlint.model.value import Unknown, Value, Why
from rootlint.source import SourceFile, Sources, Span, Unreadable
from rootlint.terraform import globs
from rootlint.terraform.absent import absent, is_below, top_of
from rootlint.terraform.bounds import Bounds
from rootlint.terraform.budget import Budget
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.expand import MOST, Expansion, expand
from rootlint.terraform.files import loaded
from rootlint.terraform.given import NOTHING, Given
from rootlint.terraform.installed import Installed
from rootlint.terraform.solver import Solver
from rootlint.terraform.switch import Written
from rootlint.terraform.syntax import Attribute

TOO_DEEP = "an expression nested so deep is not worked out"
_MOST_INSTANCES = 6_000
_MOST_LIMITS = 20
# What the evaluation of one unit may cost: some for each, and more for one of which more is written.
# Real root modules, of up to 200 kB, were seen to take 6,000 steps at most.
_STEPS = 100_000
_CHARACTERS_A_STEP = 5


class Project:
    """The surroundings of one root module. Paths are relative to the working directory.

    `unit` is the name that references carry: the folder, unless the module is read for another.
    """

    def __init__(
        self,
        folder: str,
        files: Mapping[str, tuple[str, ...]],
        sources: Sources,
        *,
        name: str | None = None,
        given: Given = NOTHING,
        configurations: dict[str, Configuration] | None = None,
    ) -> None:
        self.unit = name or folder
        self.folder = folder
        self.files = files
        self.sources = sources
        self.partition = given.partition
        self.region = given.region
        self.workspace = given.workspace
        self.variables: Mapping[str, Value] = {}
        self.names: Mapping[str, Value] = {}
        self.installed = Installed(folder, files, sources)
        self.solver = Solver()
        self.bounds = Bounds()
        self.budget = Budget(_STEPS)
        self._configurations = {} if configurations is None else configurations
        self._used: dict[str, Configuration] = {}
        self._instances = 0
        self.limits: dict[Unreadable, None] = {}

    def configuration(self, folder: str) -> Configuration:
        """The declarations of a folder, read once; units of one run may share them."""
        if folder not in self._configurations:
            found = Configuration(folder, self.files.get(folder, ()), self.sources)
            self._configurations[folder] = found
        if folder not in self._used:
            self.budget.left += self._configurations[folder].size // _CHARACTERS_A_STEP
        self._used[folder] = self._configurations[folder]
        return self._used[folder]

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """All that the unit has come to so far."""
        return tuple(self._used.values())

    @cached_property
    def place(self) -> Span:
        """Where to point for what the whole unit says."""
        paths = self.files.get(self.folder, ())
        return Span(next(iter(loaded(paths)), self.folder), 0, 0)

    def expand(self, attributes: Mapping[str, Attribute], scope: Written) -> Expansion:
        """The instances of a block, as far as there is room for them in the unit."""
        left = max(1, min(MOST, _MOST_INSTANCES - self._instances))
        found = expand(attributes, scope, left)
        self._instances += len(found.instances)
        if found.rest is not None and found.rest.why is Why.LIMIT:
            self.limit(found.rest.detail, found.rest.span, ours=True)
        return found

    def limit(self, reason: str, span: Span, *, ours: bool) -> None:
        """Say that something is not worked out: by a limit of ours, or since Terraform refuses it."""
        if len(self.limits) < _MOST_LIMITS:
            fault = Unreadable(span.path, reason, span, partial=True, configuration=not ours)
            self.limits[fault] = None

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        """A file that the code names, relative to the root module; only files of the scanned tree."""
        found = self._inside(path)
        if found is None or not self._has(found):
            return Unknown(Why.FILE, f"`{path}` {self._absent(found)}", span)
        file = self.sources.read(found)
        if isinstance(file, Unreadable):
            return Unknown(Why.FILE, f"`{path}`: {file.reason}", span)
        return file

    def matching(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        """The files below a folder that match a pattern of `fileset`, relative to the folder."""
        top = self._inside(folder)
        wanted = globs.pattern(pattern)
        if wanted is None or ".." in pattern.split("/"):
            return None
        if top is None or not is_below(top, self._top):  # only some of its files are known
            return None
        return tuple(sorted(filter(wanted.fullmatch, self._below(top))))

    @cached_property
    def _top(self) -> str:
        """The folder that the whole scanned tree is in."""
        return top_of(self.files)

    def _absent(self, path: str | None) -> str:
        return "leads out of the scanned tree" if path is None else absent(path, self.files)

    def _has(self, path: str) -> bool:
        return path in self.files.get(posixpath.dirname(path) or ".", ())

    def _below(self, top: str) -> Iterator[str]:
        prefix = "" if top == "." else top + "/"
        for folder, paths in self.files.items():
            if folder == top or folder.startswith(prefix):
                inside = (path[len(prefix) :] for path in paths)
                yield from (path for path in inside if not path.startswith("../"))

    def _inside(self, path: str) -> str | None:
        if "\0" in path:
            return None
        if posixpath.isabs(path):
            inside = posixpath.normpath(os.path.relpath(path))
            return inside if self._has(inside) else None
        return posixpath.normpath(posixpath.join(self.folder, path))
