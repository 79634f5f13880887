"""The properties of a resource as a map.

All are worked out at once, so that nothing keeps the tree of the template once it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootlint.cloudformation.choices import as_map
from rootlint.cloudformation.nodes import Node
from rootlint.cloudformation.scope import Scope
from rootlint.model.value import Map
from rootlint.source import Span

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator


def properties(evaluator: Evaluator, node: Node | None, scope: Scope, span: Span) -> Map:
    """The map that `Properties` is; `span` is where the resource stands."""
    if node is None:
        return Map({}, span)
    return as_map(evaluator.evaluate(node, scope), span)
