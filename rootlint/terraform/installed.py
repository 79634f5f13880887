"""Where `terraform init` has put registry and git modules: `.terraform/modules/modules.json`."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from rootlint.source import SourceFile, Sources

_LIST = ".terraform/modules/modules.json"


class Installed:
    """The installed modules of one root module, by the path of their calls: `a`, or `a.b` for `b` inside `a`."""

    def __init__(self, root: str, files: Mapping[str, tuple[str, ...]], sources: Sources) -> None:
        self._root = root
        self._files = files
        self._sources = sources

    def folder(self, call: str) -> str | None:
        """The folder of a called module, if it is on disk and may be read."""
        found = self._folders.get(call)
        return found if found in self._files else None

    @property
    def any(self) -> bool:
        return bool(self._folders)

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        path = posixpath.normpath(posixpath.join(self._root, _LIST))
        if path not in self._files.get(posixpath.dirname(path), ()):
            return {}
        file = self._sources.read(path)
        return _listed(file, self._root) if isinstance(file, SourceFile) else {}


def _listed(file: SourceFile, root: str) -> dict[str, str]:
    try:
        content = json.loads(file.text)
    except (ValueError, RecursionError):
        return {}
    modules = content.get("Modules") if isinstance(content, dict) else None
    found: dict[str, str] = {}
    for module in modules if isinstance(modules, list) else ():
        key, folder = _fields(module)
        if key and folder is not None:
            found[key] = posixpath.normpath(posixpath.join(root, folder))
    return found


def _fields(module: Any) -> tuple[str, str | None]:
    if not isinstance(module, dict):
        return "", None
    key, folder = module.get("Key"), module.get("Dir")
    return (
        key if isinstance(key, str) else "",
        folder.replace("\\", "/") if isinstance(folder, str) else None,
    )
