"""What an expression refers to, found without evaluating it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rootlint.terraform.syntax import GetAttr, Literal, Splat, Step, Traversal

_LONGEST = 3
# Fields that hold no expression, whatever has them.
_PLAIN = frozenset(
    {"faults", "header", "kind", "labels", "name", "name_span", "root", "span", "text"}
)


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
        kind = type(node)
        if kind is tuple:
            stack.extend(node)  # type: ignore[arg-type]  # what is of the class tuple is one
        elif kind is dict:
            stack.extend(node.values())  # type: ignore[attr-defined]  # likewise
        else:
            stack.extend([getattr(node, name) for name in _parts(kind)])  # type: ignore[arg-type]  # a class is hashable


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold nodes."""
    if kind is Literal:
        return ()
    return tuple(name for name in getattr(kind, "__dataclass_fields__", ()) if name not in _PLAIN)


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
