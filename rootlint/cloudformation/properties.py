"""The properties of a resource as a map: each is worked out when it is first asked for.

A reader asks for few of those that are written, and nobody asks once the unit is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from typing import TYPE_CHECKING, TypeGuard

from rootlint.cloudformation.choices import as_map
from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.nodes import Entry, Mapping, Node
from rootlint.cloudformation.scope import Scope
from rootlint.model.value import Map, Value
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator


class Properties(Mapped[str, Value]):
    """The entries of a mapping in which no loop, transform or key that comes again stands."""

    __slots__ = ("_evaluator", "_found", "_scope", "_written")

    def __init__(self, evaluator: Evaluator, written: Mapped[str, Entry], scope: Scope) -> None:
        self._evaluator = evaluator
        self._written = written
        self._scope = scope
        self._found: dict[str, Value | None] = {}

    def get(self, name: str, default: Value | None = None) -> Value | None:  # type: ignore[override]
        """The property of that name, as of any mapping."""
        if name not in self._found:
            entry = self._written.get(name)
            value = None if entry is None else self._evaluator.evaluate(entry[1], self._scope)
            self._found[name] = value
        found = self._found[name]
        return default if found is None else found

    def __getitem__(self, name: str) -> Value:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._written or self._found if self.get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[type[dict[str, Value]], tuple[dict[str, Value]]]:
        """Another process gets what was asked for."""
        found = {name: value for name, value in self._found.items() if value is not None}
        return dict, (found,)

    def settle(self) -> None:
        """Let go of the tree: what was not asked for until now is as if it were not written."""
        self._written = {}


def properties(evaluator: Evaluator, node: Node | None, scope: Scope, span: Span) -> Map:
    """The map that `Properties` is; `span` is where the resource stands."""
    if node is None:
        return Map({}, span)
    if _is_plain(node):
        return Map(Properties(evaluator, node.entries, scope), evaluator.span(node))
    return as_map(evaluator.evaluate(node, scope), span)


def _is_plain(node: Node) -> TypeGuard[Mapping]:
    """Whether a node is a mapping of which every entry stands for itself."""
    return (
        type(node) is Mapping
        and not node.tag
        and not node.again
        and (len(node.entries) > 1 or intrinsic(node) is None)
        and not any(name.startswith("Fn::") for name in node.entries)
    )


def settle(body: Map) -> None:
    """Nobody works out properties any more."""
    if isinstance(body.entries, Properties):
        body.entries.settle()
