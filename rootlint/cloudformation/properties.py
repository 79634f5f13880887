"""The properties of a resource as a map whose entries are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from typing import TYPE_CHECKING

from rootlint.cloudformation.choices import as_map
from rootlint.cloudformation.nodes import Mapping, Node
from rootlint.cloudformation.scope import Scope
from rootlint.model.value import Map, Value
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator


def properties(evaluator: Evaluator, node: Node | None, scope: Scope, span: Span) -> Map:
    """The map that `Properties` is; `span` is where the resource stands."""
    if node is None:
        return Map({}, span)
    if isinstance(node, Mapping) and _is_plain(node):
        lazy = Properties(evaluator, node, scope)
        return Map(lazy, evaluator.span(node), None, Keys(evaluator, node))
    return as_map(evaluator.evaluate(node, scope), span)


def _is_plain(node: Mapping) -> bool:
    """Whether every entry stands for itself: no function, no loop, nothing written twice."""
    if node.tag or node.again or "Ref" in node.entries:
        return False
    return not any(name.startswith("Fn::") for name in node.entries)


class Properties(Mapped[str, Value]):
    """Entries by name; one that comes out as `AWS::NoValue` is not there."""

    __slots__ = ("_evaluator", "_found", "_node", "_scope")

    def __init__(self, evaluator: Evaluator, node: Mapping, scope: Scope) -> None:
        self._evaluator = evaluator
        self._node = node
        self._scope = scope
        self._found: dict[str, Value | None] = {}

    def __getitem__(self, name: str) -> Value:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def get(self, name: str, default: Value | None = None) -> Value | None:  # type: ignore[override]  # the overloads of `Mapping.get`
        if name not in self._node.entries:
            return default
        if name not in self._found:
            node = self._node.entries[name][1]
            self._found[name] = self._evaluator.evaluate(node, self._scope)
        found = self._found[name]
        return default if found is None else found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._node.entries if self.get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[type[dict[str, Value]], tuple[dict[str, Value]]]:
        return dict, (dict(self),)


class Keys(Mapped[str, Span]):
    """Where each property's name is written."""

    __slots__ = ("_evaluator", "_node")

    def __init__(self, evaluator: Evaluator, node: Mapping) -> None:
        self._evaluator = evaluator
        self._node = node

    def __getitem__(self, name: str) -> Span:
        return self._evaluator.key_span(self._node.entries[name][0])

    def __iter__(self) -> Iterator[str]:
        return iter(self._node.entries)

    def __len__(self) -> int:
        return len(self._node.entries)

    def __reduce__(self) -> tuple[type[dict[str, Span]], tuple[dict[str, Span]]]:
        return dict, (dict(self),)
