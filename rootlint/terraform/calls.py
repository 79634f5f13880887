"""Which folders a folder of Terraform files calls as modules: asked of every folder before any is read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from rootlint.source import SourceFile, Sources
from rootlint.terraform.blocks import split
from rootlint.terraform.declaration import Declaration, Written
from rootlint.terraform.files import is_json, loaded
from rootlint.terraform.installed import Installed
from rootlint.terraform.syntax import Literal

_LOCAL = re.compile(r'"\.\.?[/"\\]')


def calls(file: SourceFile) -> tuple[str, ...]:
    """The literal `source` of every `module` block of a file."""
    return tuple(source for _, source in _named_calls(file))


def called_folders(
    folder: str,
    files: Mapping[str, tuple[str, ...]],
    sources: Sources,
    quiet: AbstractSet[str] = frozenset(),
) -> tuple[str, ...]:
    """The folders of `files` that a folder calls: local paths, and installed modules where it is the root.

    `quiet` are files that certainly call no local path.
    """
    installed = Installed(folder, files, sources)
    found: dict[str, None] = {}
    for path in loaded(files.get(folder, ())):
        if path in quiet and not installed.any:
            continue
        file = sources.read(path)
        if isinstance(file, SourceFile) and "module" in file.text:
            for name, source in _named_calls(file, local_only=not installed.any):
                target = local_folder(folder, source) or installed.folder(name)
                if target is not None and target in files:
                    found[target] = None
    return tuple(found)


def local_folder(folder: str, source: str) -> str | None:
    """The folder that a local `source` names, relative as `folder` is; None for any other source."""
    if not source.startswith(("./", "../")) and source not in {".", ".."}:
        return None
    return posixpath.normpath(posixpath.join(folder, source))


def literal_source(declaration: Declaration) -> str | None:
    """The `source` of a module block; Terraform allows a literal only."""
    written = declaration.attribute("source")
    if written is None or not isinstance(written.expr, Literal):
        return None
    return written.expr.value if isinstance(written.expr.value, str) else None


def _named_calls(file: SourceFile, *, local_only: bool = False) -> Iterator[tuple[str, str]]:
    """The calls by name; with `local_only` those alone that may be of a local path."""
    if local_only and not _LOCAL.search(file.text):
        return
    for written in _blocks(file):
        if written.text.kind == "module" and written.text.labels:
            if local_only and not _LOCAL.search(file.text, written.start, written.end):
                continue
            source = literal_source(Declaration(written, []))
            if source is not None:
                yield written.text.labels[0], source


def _blocks(file: SourceFile) -> Iterator[Written]:
    if not is_json(file.path):
        yield from (Written(file, text) for text in split(file)[0])
        return
    from rootlint.terraform.json_syntax import json_blocks

    yield from (Written(file, block) for block in json_blocks(file)[0])
