"""Parser nodes of blocks and attributes → bodies, as far as a broken one can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from rootlint.source import Span, Unreadable
from rootlint.terraform.expressions import DEEPEST, Reader
from rootlint.terraform.nodes import Node, Text, Unparsable, children, is_fault
from rootlint.terraform.syntax import Attribute, Block, Body, Broken, Expression

_NAMED = {"identifier": "name", "quoted_template_end": '`"`', "template_interpolation_end": "`}`"}
_MOST_FAULTS = 8
_NAME_SIGN_VALUE = 3


def blocks_in(root: Node) -> list[Node]:
    """The block nodes at the top of a tree."""
    bodies = [node for node in root.children if node.type == "body"]
    return [node for body in bodies for node in body.children if node.type == "block"]


def faults_in(root: Node, text: Text) -> Iterator[Unreadable]:
    """The first places that the parser could not make sense of."""
    waiting, found = [root], 0
    while waiting and found < _MOST_FAULTS:
        node = waiting.pop()
        if is_fault(node):
            found += 1
            yield _fault(node, text)
        elif node.has_error:
            waiting.extend(reversed(node.children))


def _fault(node: Node, text: Text) -> Unreadable:
    reason = "text that cannot be read"
    if node.is_missing:
        name = _NAMED.get(node.type, "" if node.type.isidentifier() else f"`{node.type}`")
        reason = f"{name} is missing" if name else reason
    return Unreadable(text.path, reason, text.span(node), partial=True)


class BodyReader:
    """Reads the bodies of one stretch of text. `twice` are the attributes written twice in a body."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.twice: list[Unreadable] = []
        self._expressions = Reader(text)

    def block(self, node: Node, depth: int) -> Block:
        """A block node; what is broken in it is left out, and its body says so in `faults`."""
        start = self.text.span(node)
        names = [part for part in node.children if part.type in ("identifier", "string_lit")]
        kind = self.text.of(names[0]) if names else ""
        header = start._replace(end=self.text.span(names[-1]).end) if names else start
        labels = tuple(self.text.of(name).strip('"') for name in names[1:])
        body = self.body(node.children, start, depth)
        return Block(kind, labels, body, header, start)

    def body(self, nodes: Sequence[Node], span: Span, depth: int) -> Body:
        """All attributes and blocks among the nodes, also those within an ERROR."""
        if depth > DEEPEST:
            fault = Unreadable(self.text.path, "too deep", span, partial=True)
            return Body({}, (), span, (fault,))
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        faults: list[Unreadable] = []
        for node in _items(nodes):
            kind = node.type
            if kind == "attribute":
                self._add(attributes, node)
            elif kind == "block":
                blocks.append(self.block(node, depth + 1))
            if node.has_error and not faults:  # it may have swallowed what stands beside it
                faults.extend(islice(faults_in(node, self.text), 1))
        return Body(attributes, tuple(blocks), span, tuple(faults))

    def _add(self, attributes: dict[str, Attribute], node: Node) -> None:
        parts = node.children
        name_node = next((part for part in parts if part.type == "identifier"), None)
        if name_node is None:
            return
        name, span = self.text.of(name_node), self.text.span(name_node)
        expr = self.value(node)
        if name in attributes:
            reason = f"attribute `{name}` is written twice"
            if len(self.twice) < _MOST_FAULTS:
                self.twice.append(Unreadable(self.text.path, reason, span, partial=True))
            expr = Broken(reason, span)
        attributes[name] = Attribute(name, span, expr, self.text.span(node))

    def value(self, node: Node) -> Expression:
        """The value of an attribute node; `Broken` where it is none."""
        parts = node.children
        try:
            whole = len(parts) == _NAME_SIGN_VALUE and not node.has_error
            value = parts[2] if whole else children(node)[2]
            return self._expressions.expression(value, 0)
        except Unparsable as problem:
            return Broken(problem.reason, self.text.span(problem.node or node))
        except IndexError:
            return Broken("value is missing", self.text.span(node))


def _items(nodes: Sequence[Node]) -> Iterator[Node]:
    """Attributes, blocks, and what is broken, from nodes and the bodies and ERRORs among them."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        kind = node.type
        if kind in ("attribute", "block") or is_fault(node):
            yield node
        if kind in ("body", "ERROR", "config_file"):
            waiting.extend(reversed(node.children))
