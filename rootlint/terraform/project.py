"""What all modules of one unit share: its files, its settings, and what they have used up."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property

from rootlint.model.value import Unknown, Value, Why
from rootlint.source import SourceFile, Sources, Span, Unreadable
from rootlint.terraform.bounds import Bounds
from rootlint.terraform.configuration import Configuration, is_terraform
from rootlint.terraform.expand import Expansion, too_many
from rootlint.terraform.installed import Installed
from rootlint.terraform.solver import Solver

_MOST_INSTANCES = 20_000


class Project:
    """The surroundings of one root module. Paths are relative to the working directory."""

    def __init__(
        self,
        folder: str,
        files: Mapping[str, tuple[str, ...]],
        sources: Sources,
        partition: str = "aws",
        region: str | None = None,
    ) -> None:
        self.unit = folder
        self.files = files
        self.sources = sources
        self.partition = partition
        self.region = region
        self.variables: Mapping[str, Value] = {}
        self.installed = Installed(folder, files, sources)
        self.solver = Solver()
        self.bounds = Bounds()
        self._configurations: dict[str, Configuration] = {}
        self._instances = 0

    def configuration(self, folder: str) -> Configuration:
        """The declarations of a folder, read once."""
        if folder not in self._configurations:
            found = Configuration(folder, self.files.get(folder, ()), self.sources)
            self._configurations[folder] = found
        return self._configurations[folder]

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """All that were read so far."""
        return tuple(self._configurations.values())

    @cached_property
    def place(self) -> Span:
        """Where to point for what the whole unit says."""
        paths = self.files.get(self.unit, ())
        return Span(next(filter(is_terraform, paths), self.unit), 0, 0)

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(path for paths in self.files.values() for path in paths)

    def room(self, expansion: Expansion, span: Span) -> Expansion:
        """The expansion, or one that stands for it where there are too many instances in all."""
        self._instances += len(expansion.instances)
        if self._instances > _MOST_INSTANCES and len(expansion.instances) > 1:
            return too_many(expansion, span)
        return expansion

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        """A file that the code names, relative to the root module; only files of the scanned tree."""
        found = self._inside(path)
        if found is None or found not in self._paths:
            return Unknown(Why.FILE, f"`{path}` is not in the scanned tree", span)
        file = self.sources.read(found)
        if isinstance(file, Unreadable):
            return Unknown(Why.FILE, f"`{path}`: {file.reason}", span)
        return file

    def matching(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        """The files below a folder that match a pattern of `fileset`, relative to the folder."""
        top = self._inside(folder)
        if top is None or "{" in pattern or "[" in pattern:
            return None
        return tuple(sorted(path for path in self._below(top) if _matches(path, pattern)))

    def _below(self, top: str) -> Iterator[str]:
        prefix = "" if top == "." else top + "/"
        for path in self._paths:
            if path.startswith(prefix) and not path.startswith("../", len(prefix)):
                yield path[len(prefix) :]

    def _inside(self, path: str) -> str | None:
        if posixpath.isabs(path) or "\0" in path:
            return None
        return posixpath.normpath(posixpath.join(self.unit, path))


def _matches(path: str, pattern: str) -> bool:
    """`*` stays within a folder, `**/` spans folders: as Terraform's `fileset`."""
    names, globs = path.split("/"), pattern.split("/")
    if "**" not in globs:
        return len(names) == len(globs) and all(map(fnmatch.fnmatchcase, names, globs))
    at = globs.index("**")
    head, tail = globs[:at], globs[at + 1 :]
    if "**" in tail or len(names) < len(head) + len(tail):
        return False
    ends = names[len(names) - len(tail) :]
    return all(map(fnmatch.fnmatchcase, names, head)) and all(map(fnmatch.fnmatchcase, ends, tail))
