"""The folders and files that a `terragrunt.hcl` sees, and what its functions say of them.

Paths that Terragrunt gives are absolute; what is read lies in the scanned tree all the same.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping

from rootlint.model.value import Value
from rootlint.source import SourceFile, Sources, Unreadable
from rootlint.terraform.budget import Budget
from rootlint.terraform.parse import parse_body
from rootlint.terraform.syntax import Body

DEFAULT = "terragrunt.hcl"


class Surroundings:
    """The folder of the `terragrunt.hcl` that is read, and the files of the scanned tree.

    Relative paths that expressions give start from that folder. `faults` are those of all files of
    Terragrunt that were read for it, `settings` what was made of files of settings so far, `budget`
    the work that is left for all their expressions.
    """

    def __init__(self, folder: str, files: Mapping[str, tuple[str, ...]], sources: Sources) -> None:
        self.folder = folder
        self.files = files
        self.faults: dict[Unreadable, None] = {}
        self.settings: dict[str, Value | None] = {}
        self.budget = Budget()
        self._sources = sources
        self._bodies: dict[str, Body] = {}

    @property
    def told(self) -> frozenset[str]:
        """The folders of the files of Terragrunt that were read so far."""
        return frozenset(posixpath.dirname(path) or "." for path in self._bodies)

    def inside(self, path: str) -> str:
        """A path relative to the working directory, as the scanned tree has it."""
        if posixpath.isabs(path):
            return posixpath.normpath(os.path.relpath(path))
        return posixpath.normpath(posixpath.join(self.folder, path))

    def read(self, path: str) -> SourceFile | None:
        found = self.inside(path)
        if "\0" in path or found not in self.files.get(posixpath.dirname(found) or ".", ()):
            return None
        file = self._sources.read(found)
        return file if isinstance(file, SourceFile) else None

    def body(self, file: SourceFile) -> Body:
        """What a file of Terragrunt says; its faults are kept."""
        if file.path not in self._bodies:
            self._bodies[file.path] = parse_body(file)
            self.faults.update(dict.fromkeys(self._bodies[file.path].faults))
        return self._bodies[file.path]

    def above(self, name: str) -> str | None:
        """The nearest file or folder of that name in a folder above, as an absolute path."""
        folder = self.folder
        while folder not in {"", ".", "/"} and posixpath.basename(folder) != "..":
            folder = posixpath.dirname(folder) or "."
            found = posixpath.normpath(posixpath.join(folder, name))
            if found in self.files or found in self.files.get(posixpath.dirname(found) or ".", ()):
                return absolute(found)
        return None

    def said(self, base: str) -> Mapping[str, str]:
        """What the functions without arguments give in a file whose includes lie in `base`."""
        here = self.folder
        found = {
            "get_original_terragrunt_dir": absolute(here),
            "get_parent_terragrunt_dir": absolute(base),
            "get_terragrunt_dir": absolute(here),
            "path_relative_from_include": posixpath.relpath(base, here),
            "path_relative_to_include": posixpath.relpath(here, base),
        }
        if os.path.lexists(".git"):
            found["get_path_from_repo_root"] = posixpath.relpath(here, ".")
            found["get_path_to_repo_root"] = posixpath.relpath(".", here)
            found["get_repo_root"] = absolute(".")
        return found


def absolute(path: str) -> str:
    return posixpath.normpath(posixpath.join(os.getcwd(), path))
