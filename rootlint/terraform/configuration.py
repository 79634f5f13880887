"""The Terraform files of one folder → its declarations by name, each parsed when it is first asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from rootlint.source import SourceFile, Sources, Span, Unreadable
from rootlint.terraform.blocks import BlockText, split
from rootlint.terraform.parse import parse
from rootlint.terraform.references import Mention, mentions
from rootlint.terraform.syntax import Attribute, Block, Body

# What Terraform or OpenTofu would read as well, and rootlint does not.
_UNREAD = (".tf.json", ".tofu", ".tofu.json")

_NO_VALUE = frozenset({"depends_on", "lifecycle", "provider", "providers"})


class Written(NamedTuple):
    """A top-level block that is not parsed yet, in its file."""

    file: SourceFile
    text: BlockText


class Declaration:
    """One declared thing: its block, and what override files put over it.

    https://developer.hashicorp.com/terraform/language/files/override
    """

    def __init__(self, first: Written, faults: list[Unreadable]) -> None:
        self._written = [first]
        self._faults = faults
        self._mentioned: dict[tuple[str, ...], tuple[Mention, ...]] = {}

    def override(self, written: Written) -> None:
        self._written.append(written)

    @property
    def labels(self) -> tuple[str, ...]:
        return self._written[0].text.labels

    @property
    def header(self) -> Span:
        return self._written[0].text.header

    def contains(self, word: str) -> bool:
        """Whether the text of the block holds a word: asked before it is parsed."""
        return any(
            written.file.text.find(word, written.text.start, written.text.end) >= 0
            for written in self._written
        )

    @cached_property
    def block(self) -> Block:
        merged: Block | None = None
        for written in self._written:
            block, faults = parse(written.file, written.text)
            self._faults.extend(faults)
            merged = block if merged is None else _merged(merged, block)
        assert merged is not None
        return merged

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What its arguments and nested blocks refer to, but for those that make no value."""
        body = self.block.body
        written = [body.attributes[name] for name in body.attributes if name not in _NO_VALUE]
        nested = [block for block in body.blocks if block.kind not in _NO_VALUE]
        return tuple(mentions((*written, *nested)))

    def mentions_of(self, *names: str) -> tuple[Mention, ...]:
        """What some of its arguments refer to."""
        if names not in self._mentioned:
            attributes = self.block.body.attributes
            written = tuple(attributes[name] for name in names if name in attributes)
            self._mentioned[names] = tuple(mentions(written))
        return self._mentioned[names]


class Configuration:
    """What the files of one folder declare.

    `faults` are files and stretches of text that may hold anything; `partial` are faults within a
    block, and grows as blocks are parsed. `unread` are files in a form that is not read.
    """

    def __init__(self, folder: str, files: Iterable[str], sources: Sources) -> None:
        self.folder = folder
        self.faults: list[Unreadable] = []
        self.partial: list[Unreadable] = []
        self.unread: list[str] = []
        self.variables: dict[str, Declaration] = {}
        self.outputs: dict[str, Declaration] = {}
        self.modules: dict[str, Declaration] = {}
        self.providers: dict[str, list[Declaration]] = {}
        self.resources: dict[str, Declaration] = {}
        self.data: dict[str, Declaration] = {}
        self.settings: list[Declaration] = []
        self._locals: list[Declaration] = []
        self._by_name = {
            "data": self.data,
            "module": self.modules,
            "output": self.outputs,
            "resource": self.resources,
            "variable": self.variables,
        }
        names = sorted(files, key=lambda path: (_overrides(path), path))
        for path in names:
            if path.endswith(_UNREAD):
                self.unread.append(path)
            elif is_terraform(path):
                self._read(path, sources)

    @cached_property
    def locals(self) -> Mapping[str, Attribute]:
        """All local values by name; an override replaces the first."""
        found: dict[str, Attribute] = {}
        for declaration in self._locals:
            found.update(declaration.block.body.attributes)
        return found

    @cached_property
    def local_mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        return {name: tuple(mentions(found.expr)) for name, found in self.locals.items()}

    def _read(self, path: str, sources: Sources) -> None:
        file = sources.read(path)
        if isinstance(file, Unreadable):
            self.faults.append(file)
            return
        blocks, faults = split(file)
        self.faults.extend(faults)
        override = _overrides(path)
        for text in blocks:
            self._take(Written(file, text), override=override)

    def _take(self, written: Written, *, override: bool) -> None:
        kind, labels = written.text.kind, written.text.labels
        named = self._by_name.get(kind)
        if named is not None:
            wanted = 2 if kind in {"data", "resource"} else 1
            if len(labels) >= wanted:
                self._declare(named, ".".join(labels[:wanted]), written, override=override)
        elif kind == "locals":
            self._locals.append(Declaration(written, self.partial))
        elif kind == "terraform":
            self.settings.append(Declaration(written, self.partial))
        elif kind == "provider" and labels:
            self.providers.setdefault(labels[0], []).append(Declaration(written, self.partial))

    def _declare(
        self, into: dict[str, Declaration], key: str, written: Written, *, override: bool
    ) -> None:
        if key not in into:
            into[key] = Declaration(written, self.partial)
        elif override:
            into[key].override(written)


def is_terraform(path: str) -> bool:
    """Whether Terraform would read a file as configuration: `.tf`, not hidden, no editor's backup."""
    name = posixpath.basename(path)
    return name.endswith(".tf") and not name.startswith((".", "#"))


def _overrides(path: str) -> bool:
    name = posixpath.basename(path)
    return name == "override.tf" or name.endswith("_override.tf")


def _merged(block: Block, over: Block) -> Block:
    """Attributes replace attributes; nested blocks replace all of their kind."""
    kinds = {inner.kind for inner in over.body.blocks}
    kept = tuple(inner for inner in block.body.blocks if inner.kind not in kinds)
    body = Body(
        {**block.body.attributes, **over.body.attributes},
        kept + over.body.blocks,
        block.body.span,
        block.body.faults + over.body.faults,
    )
    return replace(block, body=body)
