"""`Globals` of the Serverless Application Model: what every resource of a kind has in common.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
"""

from __future__ import annotations

from collections.abc import Mapping as Mapped

from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.nodes import Entry, Mapping, Node, Scalar, Sequence

_FAMILY = "AWS::Serverless::"
_ALL = "*"


def with_globals(root: Mapping, entry: Entry) -> Entry:
    """A resource with the globals of its kind in its properties, as far as it does not ignore them."""
    key, node = entry
    kind = node.get("Type") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(kind, Scalar):
        return entry
    common = _common(root, kind.text)
    if common is None:
        return entry
    kept = _without_ignored(common, node.get("IgnoreGlobals"))
    written = node.entries.get("Properties")
    own = written[1] if written else common._replace(entries={})
    name = written[0] if written else key._replace(text="Properties")
    return key, node._replace(entries={**node.entries, "Properties": (name, _merged(kept, own))})


def _common(root: Mapping, kind: str) -> Mapping | None:
    section = root.get("Globals")
    if not kind.startswith(_FAMILY) or not isinstance(section, Mapping):
        return None
    common = section.get(kind.removeprefix(_FAMILY))
    return common if isinstance(common, Mapping) else None


def _without_ignored(common: Mapping, ignored: Node | None) -> Mapping:
    names = ignored.items if isinstance(ignored, Sequence) else (ignored,)
    left_out = {name.text for name in names if isinstance(name, Scalar)}
    if _ALL in left_out:
        return common._replace(entries={})
    kept = {name: entry for name, entry in common.entries.items() if name not in left_out}
    return common._replace(entries=kept)


def _merged(common: Node, own: Node) -> Node:
    """Maps are merged, lists put behind one another; anything else of the resource itself wins."""
    if intrinsic(common) is not None or intrinsic(own) is not None:
        return own
    if isinstance(common, Mapping) and isinstance(own, Mapping):
        return own._replace(entries=_entries(common.entries, own.entries))
    if isinstance(common, Sequence) and isinstance(own, Sequence):
        return own._replace(items=(*common.items, *own.items))
    return own


def _entries(common: Mapped[str, Entry], own: Mapped[str, Entry]) -> dict[str, Entry]:
    found = dict(common)
    for name, (key, value) in own.items():
        shared = common.get(name)
        found[name] = (key, _merged(shared[1], value) if shared else value)
    return found
