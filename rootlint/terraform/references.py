"""What an expression refers to, found without evaluating it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.source import Span
from rootlint.terraform.syntax import GetAttr, Literal, Splat, Step, Traversal

_LONGEST = 3


class Mention(NamedTuple):
    """A reference: its first name, and the names that follow it, at most three.

    Behind `module.x` an index is left out: `module.x[0].out` mentions `out`.
    """

    root: str
    path: tuple[str, ...]


def mentions(tree: object) -> Iterator[Mention]:
    """Every reference below nodes of the syntax tree, each once. Iterative: trees may be deep."""
    seen: set[Mention] = set()
    stack: list[object] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Traversal):
            found = Mention(node.root, _path(node))
            if found not in seen:
                seen.add(found)
                yield found
        stack.extend(_inside(node))


def _inside(node: object) -> Iterator[object]:
    if isinstance(node, Literal | Span):
        return
    if isinstance(node, dict):
        yield from node.values()
    elif isinstance(node, tuple):
        yield from node
    else:
        for name in getattr(type(node), "__dataclass_fields__", ()):
            yield getattr(node, name)


def _path(node: Traversal) -> tuple[str, ...]:
    names: list[str] = []
    for step in _steps(node):
        if not isinstance(step, GetAttr) or len(names) == _LONGEST:
            break
        names.append(step.name)
    return tuple(names)


def _steps(node: Traversal) -> Iterator[Step]:
    """The steps; behind a module call an index is left out, so that the output is seen."""
    for step in node.steps:
        if node.root != "module" or isinstance(step, GetAttr):
            yield step
        elif isinstance(step, Splat):
            yield from step.each
