"""Which node is a call of an intrinsic function, in its short or its long form."""

from __future__ import annotations

from rootlint.cloudformation.nodes import Mapping, Node, untagged

_YAML = "tag:yaml.org,2002:"


def intrinsic(node: Node) -> tuple[str, Node] | None:
    """The long name of the function and its argument; None where the node is data.

    `Condition` counts as a function: it is one where conditions are written, and only there is it
    asked for. A tag that nobody knows is a function under its own name.
    """
    tag = node.tag
    if tag and tag != "!" and not tag.startswith(_YAML):
        short = tag[1:]
        name = short if short in {"Ref", "Condition"} else f"Fn::{short}"
        return name, untagged(node)
    if type(node) is Mapping and len(node.entries) == 1:
        (entry,) = node.entries.values()
        name = entry[0].text
        if name in {"Ref", "Condition"} or (name.startswith("Fn::") and not _is_loop(name)):
            return name, entry[1]
    return None


def _is_loop(name: str) -> bool:
    """A loop stands for entries of the mapping around it, not for a value."""
    return name.startswith("Fn::ForEach::")
