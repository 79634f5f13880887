"""From the events of a parser to the tree: without recursion, within bounds."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.cloudformation.nodes import Entry, Mapping, Node, NotReadable, Scalar, Sequence

DEEPEST = 100
MOST_EXPANDED = 1_000_000
_MERGE = "<<"


class Anchored(NamedTuple):
    """A node that aliases may name, and how many characters it stands for with its own aliases."""

    node: Node
    size: int


class _Open(NamedTuple):
    """A collection whose end is not reached: the children of what is around it, and its beginning."""

    around: list[Node]
    mapping: bool
    start: int
    tag: str
    anchor: str | None
    expanded: int


class Builder:
    """Takes what a parser tells from left to right. `roots` are the trees.

    `end` is that of the last collection or alias. `aliases` are the places at which aliases stand,
    `twice` the entries that are written again, each after the one that counts.
    """

    __slots__ = ("aliases", "anchors", "children", "end", "expanded", "open", "stack", "twice")

    def __init__(self) -> None:
        self.children: list[Node] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, Anchored] = {}
        self.open: set[str] = set()
        self.aliases: list[tuple[int, int]] = []
        self.twice: list[tuple[Entry, Entry]] = []
        self.expanded = 0
        self.end = 0

    @property
    def roots(self) -> tuple[Node, ...]:
        return tuple(self.children)

    def scalar(self, node: Scalar, anchor: str | None = None) -> None:
        if anchor:
            self.anchors[anchor] = Anchored(node, node.end - node.start)
        self.children.append(node)

    def begin(self, start: int, tag: str, anchor: str | None, *, mapping: bool) -> None:
        if len(self.stack) >= DEEPEST:
            raise NotReadable(f"too deep: more than {DEEPEST} levels", start)
        if anchor:
            self.open.add(anchor)
        self.stack.append(_Open(self.children, mapping, start, tag, anchor, self.expanded))
        self.children = []

    def finish(self, end: int | None = None) -> None:
        """The innermost collection ends, at the end of its last child where none is given."""
        inner = self.children
        opened = self.stack.pop()
        # INVARIANT: an anchor stands before its alias, so the greater end is the place of use.
        self.end = end if end is not None else max(self.end, inner[-1].end)
        node: Node
        if opened.mapping:
            node = self._mapping(opened, inner)
        else:
            node = Sequence(tuple(inner), opened.start, self.end, opened.tag)
        if opened.anchor:
            self.open.discard(opened.anchor)
            size = self.end - opened.start + self.expanded - opened.expanded
            self.anchors[opened.anchor] = Anchored(node, size)
        self.children = opened.around
        self.children.append(self._as_key(node) if self._is_key() else node)

    def alias(self, name: str, start: int, end: int) -> None:
        if name in self.open:
            raise NotReadable(f"recursive alias `*{name}`", start, end)
        found = self.anchors.get(name)
        if found is None:
            raise NotReadable(f"undefined alias `*{name}`", start, end)
        self.expanded += found.size
        if self.expanded > MOST_EXPANDED:
            reason = f"too large: aliases stand for more than {MOST_EXPANDED:,} characters"
            raise NotReadable(reason, start, end)
        self.aliases.append((start, end))
        self.end = end
        is_key = self._is_key() and not isinstance(found.node, Scalar)
        self.children.append(self._as_key(found.node) if is_key else found.node)

    def _is_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].mapping and not len(self.children) & 1

    def _as_key(self, node: Node) -> Scalar:
        raise NotReadable("a list or a mapping stands as a key", node.start, node.end)

    def _mapping(self, opened: _Open, inner: list[Node]) -> Mapping:
        keys: list[Scalar] = inner[::2]  # type: ignore[assignment]  # INVARIANT: no key is a collection
        pairs = [*zip(keys, inner[1::2], strict=True)]
        entries = dict(zip([key.text for key in keys], pairs, strict=True))
        again: tuple[Entry, ...] = ()
        if len(entries) < len(pairs):
            again = self._written_again(pairs, entries)
        merged = entries.get(_MERGE)
        if merged is not None and not merged[0].style:
            entries = _merge(entries, merged)
        return Mapping(entries, opened.start, self.end, opened.tag, again)

    def _written_again(self, pairs: list[Entry], entries: dict[str, Entry]) -> tuple[Entry, ...]:
        again = tuple(pair for pair in pairs if entries[pair[0].text] is not pair)
        self.twice += ((entries[pair[0].text], pair) for pair in again)
        return again


def _merge(entries: dict[str, Entry], merged: Entry) -> dict[str, Entry]:
    """The entries with those of `<<`: what is written itself counts first, then the first merged.

    https://yaml.org/type/merge.html
    """
    key, value = merged
    sources = value.items if isinstance(value, Sequence) else (value,)
    if not all(isinstance(source, Mapping) for source in sources):
        raise NotReadable("`<<` takes a mapping or a list of mappings", key.start)
    found = {name: entry for name, entry in entries.items() if entry is not merged}
    for source in sources:
        if isinstance(source, Mapping):
            for name, entry in source.entries.items():
                found.setdefault(name, entry)
    return found
