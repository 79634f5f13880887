"""A call of an intrinsic function, and how its arguments are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.choices import Values, spread
from rootlint.cloudformation.nodes import Node, Sequence
from rootlint.cloudformation.scope import Scope
from rootlint.model.value import Unknown, Value, Why
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator


class Call(NamedTuple):
    """`argument` is what follows the name of the function, `node` the whole of the call."""

    evaluator: Evaluator
    name: str
    argument: Node
    node: Node
    scope: Scope

    @property
    def span(self) -> Span:
        return self.evaluator.span(self.node)

    def value(self, node: Node) -> Value | None:
        return self.evaluator.evaluate(node, self.scope)

    def arguments(self) -> tuple[Node, ...]:
        """The arguments of a function that takes several; a single one stands for itself."""
        argument = self.argument
        return argument.items if isinstance(argument, Sequence) else (argument,)

    def spread(
        self, nodes: tuple[Node, ...], build: Callable[[Values], Value | None]
    ) -> Value | None:
        """What `build` makes of the values of some nodes, in every scenario."""
        plain = self._replace(scope=self.scope._replace(decoded=False))
        return spread([plain.value(node) for node in nodes], build, self.span)

    def wrong(self) -> Unknown:
        """A call with arguments that the function does not take."""
        return Unknown(Why.BROKEN, f"`{self.name}` is not called like this", self.span)


Function = Callable[[Call], Value | None]
