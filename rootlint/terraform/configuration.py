"""The Terraform files of one folder → its declarations by name, each parsed when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from rootlint.source import SourceFile, Sources, Unreadable
from rootlint.terraform.blocks import split
from rootlint.terraform.declaration import Declaration, Written
from rootlint.terraform.files import is_json, loaded, overrides
from rootlint.terraform.local import Local, locals_of
from rootlint.terraform.syntax import Literal

_TWO_LABELS = frozenset({"data", "resource"})


class Configuration:
    """What the files of one folder declare.

    `faults` are files and stretches of text that may hold anything; `partial` are faults within a
    block, and grows as blocks are parsed.
    """

    def __init__(self, folder: str, files: Iterable[str], sources: Sources) -> None:
        self.folder = folder
        self.size = 0
        self.faults: list[Unreadable] = []
        self.partial: list[Unreadable] = []
        self.variables: dict[str, Declaration] = {}
        self.outputs: dict[str, Declaration] = {}
        self.modules: dict[str, Declaration] = {}
        self.resources: dict[str, Declaration] = {}
        self.data: dict[str, Declaration] = {}
        self.settings: list[Declaration] = []
        self.removed: list[Declaration] = []
        self._providers: list[tuple[Written, bool]] = []
        self._locals: list[Declaration] = []
        self._by_name = {
            "data": self.data,
            "module": self.modules,
            "output": self.outputs,
            "resource": self.resources,
            "variable": self.variables,
        }
        self._by_kind = {
            "locals": self._locals,
            "removed": self.removed,
            "terraform": self.settings,
        }
        for path in loaded(files):
            self._read(path, sources)

    @cached_property
    def locals(self) -> Mapping[str, Local]:
        """All local values by name; an override replaces the first."""
        found: dict[str, Local] = {}
        for declaration in self._locals:
            found.update(locals_of(declaration))
        return found

    @cached_property
    def providers(self) -> Mapping[tuple[str, str], Declaration]:
        """The provider configurations by their names and aliases ("" for the default one)."""
        found: dict[tuple[str, str], Declaration] = {}
        for written, override in self._providers:
            alias = written.parsed()[0].body.attributes.get("alias")
            named = alias.expr.value if alias and isinstance(alias.expr, Literal) else ""
            key = (written.text.labels[0], str(named))
            if override and key in found:
                found[key].override(written)
            else:
                found[key] = Declaration(written, self.partial)
        return found

    def _read(self, path: str, sources: Sources) -> None:
        file = sources.read(path)
        if isinstance(file, Unreadable):
            self.faults.append(file)
            return
        self.size += len(file.text)
        override = overrides(path)
        for written in self._written(file):
            self._take(written, override=override)

    def _written(self, file: SourceFile) -> list[Written]:
        if is_json(file.path):
            from rootlint.terraform.json_syntax import json_blocks

            blocks, faults = json_blocks(file)
            self.faults.extend(faults)
            return [Written(file, block) for block in blocks]
        texts, faults = split(file)
        self.faults.extend(faults)
        return [Written(file, text) for text in texts]

    def _take(self, written: Written, *, override: bool) -> None:
        kind, labels = written.text.kind, written.text.labels
        if kind in self._by_name:
            wanted = 2 if kind in _TWO_LABELS else 1
            if len(labels) >= wanted:
                self._declare(kind, ".".join(labels[:wanted]), written, override=override)
        elif kind == "provider" and labels:
            self._providers.append((written, override))
        elif kind in self._by_kind:
            self._put(self._by_kind[kind], written, override=override)

    def _put(self, into: list[Declaration], written: Written, *, override: bool) -> None:
        """Blocks without a name: settings are put over the first, others stand beside it."""
        if override and into and written.text.kind == "terraform":
            into[0].override(written)
        else:
            into.append(Declaration(written, self.partial))

    def _declare(self, kind: str, key: str, written: Written, *, override: bool) -> None:
        into = self._by_name[kind]
        if key in into:
            if override:
                into[key].override(written)
            return
        into[key] = Declaration(written, self.partial)
        if override:
            reason = f"`{kind}` block overrides nothing that is declared"
            header = written.text.header
            self.partial.append(Unreadable(header.path, reason, header, partial=True))
