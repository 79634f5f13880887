"""Blocks and bodies → syntax tree, by tree-sitter: nothing else of rootlint imports it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from rootlint.source import SourceFile, Span, Unreadable
from rootlint.terraform.blocks import BlockText
from rootlint.terraform.bodies import BodyReader, blocks_in, faults_in
from rootlint.terraform.expressions import Reader
from rootlint.terraform.nodes import Node, Text, find
from rootlint.terraform.outline import Stretch
from rootlint.terraform.plain import plain_block, plain_value
from rootlint.terraform.syntax import Attribute, Block, Body, Broken, Expression
from rootlint.terraform.template_nodes import whole_template

if TYPE_CHECKING:
    import tree_sitter

LARGEST = 500_000
# What the parser misreads is blanked out for it, in as many bytes; texts are read from the file.
_MISREAD = re.compile(r"\$\$+(?P<dollar>\{)?|%%+(?P<percent>\{)?|(?<![\w.])[0-9]+[eE][+-]?[0-9]+")

_MARKERS = re.compile(r"END_*")


@lru_cache(maxsize=1)
def _parser() -> tree_sitter.Parser:
    """Loaded when there is something that is not plain."""
    import tree_sitter
    import tree_sitter_hcl

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


def _root(source: str, before: str = "", after: str = "") -> Node:
    whole = before + _MISREAD.sub(_blank, source) + after
    root: Node = _parser().parse(whole.encode("utf-8", "replace")).root_node
    return root


def _blank(found: re.Match[str]) -> str:
    if found["dollar"] or found["percent"]:
        return "_" * len(found[0])
    return found[0] if found[0][0] in "$%" else "0" * len(found[0])


def parse(file: SourceFile, block: BlockText) -> tuple[Block, tuple[Unreadable, ...]]:
    """One block, and the parts of it that could not be read (each `partial`)."""
    span = file.span(block.start, block.end)
    if block.end - block.start > LARGEST:
        fault = Unreadable(file.path, "block is too large", block.header, partial=True)
        hollow = Body({}, (), span, (fault,))
        return Block(block.kind, block.labels, hollow, block.header, span), (fault,)
    plain = plain_block(file, block)
    return (plain, ()) if plain else by_parser(file, block)


def by_parser(file: SourceFile, block: BlockText) -> tuple[Block, tuple[Unreadable, ...]]:
    """As `parse`, whatever is in the block."""
    source = file.text[block.start : block.end]
    span = file.span(block.start, block.end)
    root, text = _root(source), Text(file, block.start, block.end)
    found = blocks_in(root)
    if not found:  # without its closing brace a block is none to the parser
        root, text = _root(source, after="\n}"), Text(file, block.start, block.end, tail=2)
        found = blocks_in(root)
    reader = BodyReader(text)
    body = reader.block(found[0], 0).body if found else reader.body([root], span, 0)
    # The first fault brings about the others; of a block that is not closed the splitter has said so.
    found_faults = (fault for fault in faults_in(root, text) if not _is_end(fault, span))
    faults = islice(found_faults, 1 if source.endswith("}") else 0)
    return Block(block.kind, block.labels, body, block.header, span), (*faults, *reader.twice)


def _is_end(fault: Unreadable, block: Span) -> bool:
    """Whether all that is missing is the end of the block."""
    at_end = fault.span is not None and fault.span.start >= block.end
    return at_end and fault.reason == "`}` is missing"


def parse_attribute(file: SourceFile, stretch: Stretch) -> Attribute | None:
    """One argument; None where something about it is not right."""
    expr = parse_value(file, stretch)
    if expr is None:
        return None
    name, start = stretch.name, stretch.start
    whole = file.span(start, stretch.end)
    return Attribute(name, file.span(start, start + len(name)), expr, whole)


def parse_value(file: SourceFile, stretch: Stretch) -> Expression | None:
    """The value of one argument; None where something about it is not right."""
    found = plain_value(file, stretch)
    if found is not None:
        return found
    root = _root(file.text[stretch.start : stretch.end], after="\n")
    attribute = find(root, "attribute")
    if root.has_error or attribute is None:
        return None
    text = Text(file, stretch.start, stretch.end, tail=1)
    if text.span(attribute) != file.span(stretch.start, stretch.end):
        return None
    return BodyReader(text).value(attribute)


def parse_body(file: SourceFile) -> Body:
    """A whole file of attributes, such as `terraform.tfvars`; all its faults are in the body."""
    span = file.span(0, len(file.text))
    if span.end > LARGEST:
        fault = Unreadable(file.path, "file is too large", span._replace(end=0), partial=True)
        return Body({}, (), span, (fault,))
    reader = BodyReader(Text(file, 0, span.end))
    root = _root(file.text)
    body = reader.body([root], span, 0)
    return replace(body, faults=(*faults_in(root, reader.text), *reader.twice))


def parse_expression(text: str) -> Expression:
    """The expression that a text is; its spans have the path "expression"."""
    file = SourceFile("expression", text)
    root = _root(text, before="x = ")
    reader = Reader(Text(file, 0, len(text), lead=4))
    attribute = find(root, "attribute")
    if root.has_error or attribute is None or attribute.end_byte - 4 < len(text.rstrip().encode()):
        return Broken("text that is no expression", file.span(0, len(text)))
    return reader.expression(attribute.children[2], 0)


@lru_cache(maxsize=256)
def parse_template(file: SourceFile) -> Expression:
    """The template that a whole file is, for `templatefile`."""
    span = file.span(0, len(file.text))
    if span.end > LARGEST:
        return Broken("file is too large", span)
    longest = max(map(len, _MARKERS.findall(file.text)), default=0)
    marker = "END" + "_" * longest
    lead, tail = f"x = <<{marker}\n", f"\n{marker}\n"
    root = _root(file.text, before=lead, after=tail)
    reader = Reader(Text(file, 0, span.end, lead=len(lead), tail=len(tail)))
    heredoc = find(root, "heredoc_template")
    if root.has_error or heredoc is None:
        fault = next(iter(faults_in(root, reader.text)), None)
        return Broken("template that cannot be read", (fault and fault.span) or span)
    return whole_template(reader, heredoc.children[2:-1], span)
