"""What a resource itself asks to leave out: `Metadata: {rootlint: {ignore: {check: reason}}}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.model.resource import Ignore

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator


def ignores(evaluator: Evaluator, resource: Mapping) -> tuple[Ignore, ...]:
    """The checks with their reasons; a list of names gives none."""
    node: Node | None = resource
    for name in ("Metadata", "rootlint", "ignore"):
        node = node.get(name) if isinstance(node, Mapping) else None
    if isinstance(node, Mapping):
        return tuple(
            Ignore(
                key.text, value.text if isinstance(value, Scalar) else "", evaluator.key_span(key)
            )
            for key, value in node.entries.values()
        )
    names = node.items if isinstance(node, Sequence) else (node,)
    return tuple(
        Ignore(name.text, "", evaluator.key_span(name))
        for name in names
        if isinstance(name, Scalar)
    )
