"""One declared thing: its block, parsed when it is first asked for, and what override files put over it.

https://developer.hashicorp.com/terraform/language/files/override
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from rootlint.source import SourceFile, Unreadable
from rootlint.terraform.blocks import BlockText
from rootlint.terraform.dotted import Dotted, dotted
from rootlint.terraform.outline import Stretch, outline
from rootlint.terraform.parse import LARGEST, parse, parse_attribute
from rootlint.terraform.references import Mention, mentions
from rootlint.terraform.syntax import Attribute, Block, Body

_NO_VALUE = frozenset({"depends_on", "lifecycle", "provider", "providers"})
# Arguments of these blocks are put over one another, not the blocks.
_MERGED = frozenset({"lifecycle", "required_providers"})
# One of these takes the place of the other.
_ALIKE = {"cloud": "backend"}


class Written(NamedTuple):
    """A top-level block in its file: a text that is not parsed yet, or the block of a JSON file."""

    file: SourceFile
    text: BlockText | Block

    @property
    def end(self) -> int:
        return self.text.end if isinstance(self.text, BlockText) else self.text.span.end

    @property
    def start(self) -> int:
        return self.text.start if isinstance(self.text, BlockText) else self.text.span.start

    def parsed(self) -> tuple[Block, tuple[Unreadable, ...]]:
        if isinstance(self.text, Block):
            return self.text, self.text.body.faults
        return parse(self.file, self.text)


class Declaration:
    """What is declared under one name; `faults` takes what of it could not be read."""

    def __init__(self, first: Written, faults: list[Unreadable]) -> None:
        self.labels = first.text.labels
        self.header = first.text.header
        self._written = [first]
        self._faults = faults
        self._attributes: dict[str, Attribute | None] = {}
        self._mentioned: dict[tuple[str, ...], tuple[Mention, ...]] = {}

    def override(self, written: Written) -> None:
        self._written.append(written)

    def contains(self, word: str) -> bool:
        """Whether the text of the block holds a word: asked before it is parsed."""
        for written in self._written:
            if written.file.text.find(word, written.start, written.end) >= 0:
                return True
        return False

    @property
    def file(self) -> SourceFile:
        return self._written[0].file

    @cached_property
    def dotted(self) -> Dotted | None:
        """The names that it may refer to; None where the text does not say."""
        found: set[tuple[str, str]] = set()
        for written in self._written:
            names = None
            if isinstance(written.text, BlockText):
                names = dotted(written.file.text, written.start, written.end)
            if names is None:
                return None
            found |= names
        return frozenset(found)

    def outline(self) -> dict[str, Stretch] | None:
        """Its arguments, where nothing is put over them and they are certain before they are read."""
        text = self._written[0].text
        if len(self._written) > 1 or not isinstance(text, BlockText):
            return None
        if text.end - text.start > LARGEST:
            return None
        return outline(self.file, text)

    @cached_property
    def _stretches(self) -> dict[str, Stretch] | None:
        return self.outline()

    def attribute(self, name: str) -> Attribute | None:
        """One of its arguments; the others are not read for it, where that can be."""
        if self._stretches is None or "block" in self.__dict__:
            return self.block.body.attributes.get(name)
        if name not in self._attributes and name in self._stretches:
            found = parse_attribute(self.file, self._stretches[name])
            self._attributes[name] = found or self.block.body.attributes.get(name)
        return self._attributes.get(name)

    @cached_property
    def block(self) -> Block:
        merged: Block | None = None
        for written in self._written:
            block, faults = written.parsed()
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
            written = tuple(map(self.attribute, names))
            self._mentioned[names] = tuple(mentions(written))
        return self._mentioned[names]


def _merged(block: Block, over: Block) -> Block:
    """Attributes replace attributes; nested blocks replace all of their kind."""
    kinds = {_kind(inner) for inner in over.body.blocks} - _MERGED
    kept = [inner for inner in block.body.blocks if _kind(inner) not in kinds]
    for inner in over.body.blocks:
        at = _same_kind(kept, inner) if inner.kind in _MERGED else None
        if at is None:
            kept.append(inner)
        else:
            kept[at] = _merged(kept[at], inner)
    body = Body(
        {**block.body.attributes, **over.body.attributes},
        tuple(kept),
        block.body.span,
        block.body.faults + over.body.faults,
    )
    return replace(block, body=body)


def _kind(block: Block) -> str:
    """The kind of the blocks that a block makes."""
    made = block.labels[0] if block.kind == "dynamic" and block.labels else block.kind
    return _ALIKE.get(made, made)


def _same_kind(blocks: list[Block], wanted: Block) -> int | None:
    return next((at for at, block in enumerate(blocks) if block.kind == wanted.kind), None)
