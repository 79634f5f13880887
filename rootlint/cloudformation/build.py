"""From the events of a parser to the tree: without recursion, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.cloudformation.nodes import Entry, Mapping, Node, NotReadable, Scalar, Sequence

DEEPEST = 100
MOST_EXPANDED = 1_000_000
_MERGE = "<<"
_UNSEEN = "Fn::Transform"
# A node as what it is, without a detour: there are very many.
_new = tuple.__new__


class Anchored(NamedTuple):
    """A node that aliases may name, and how many characters it stands for with its own aliases."""

    node: Node
    size: int


# A collection whose end is not reached: the children of what is around it, whether it is a mapping,
# its start, tag and anchor, and what aliases had stood for before it.
_Open = tuple[list[Node], bool, int, str, str | None, int]


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
        """A collection begins, at its tag or anchor if it has one."""
        if len(self.stack) >= DEEPEST:
            raise NotReadable(f"too deep: more than {DEEPEST} levels", start)
        if anchor:
            self.open.add(anchor)
        self.stack.append((self.children, mapping, start, tag, anchor, self.expanded))
        self.children = []

    def finish(self, end: int | None = None) -> None:
        """The innermost collection ends, at the end of its last child where none is given."""
        inner = self.children
        around, mapping, start, tag, anchor, expanded = self.stack.pop()
        if end is None:
            # INVARIANT: an anchor stands before its alias, so the greater end is the place of use.
            end = inner[-1].end
            end = max(end, self.end)
        self.end = end
        node: Node
        if mapping:
            entries, again = self._table(inner)
            node = _new(Mapping, (entries, start, end, tag, again))
        else:
            node = _new(Sequence, (tuple(inner), start, end, tag))
        if anchor:
            self.open.discard(anchor)
            self.anchors[anchor] = Anchored(node, end - start + self.expanded - expanded)
        self.children = around
        if self._is_key():
            raise _bad_key(node)
        around.append(node)

    def _table(self, inner: list[Node]) -> tuple[dict[str, Entry], tuple[Entry, ...]]:
        """Keys and values in turn, as a table, and what is written again of it."""
        turns = iter(inner)
        # INVARIANT: no key is a collection.
        pairs: Iterator[Entry] = zip(turns, turns, strict=True)  # type: ignore[arg-type]
        entries = {pair[0].text: pair for pair in pairs}
        if len(entries) * 2 == len(inner) and _MERGE not in entries:
            return entries, ()
        again = self._written_again(inner, entries)
        merges = [entry for entry in again if _is_merge(entry[0])]
        others = tuple(entry for entry in again if not _is_merge(entry[0]))
        return _merged(entries, merges), others

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
        if self._is_key() and not isinstance(found.node, Scalar):
            raise _bad_key(found.node)
        self.children.append(found.node)

    def _is_key(self) -> bool:
        return bool(self.stack) and self.stack[-1][1] and not len(self.children) & 1

    def _written_again(self, inner: list[Node], entries: dict[str, Entry]) -> tuple[Entry, ...]:
        again = []
        for key, value in zip(inner[::2], inner[1::2], strict=True):
            assert isinstance(key, Scalar)
            if entries[key.text][1] is not value or entries[key.text][0] is not key:
                again.append((key, value))
        self.twice += ((entries[pair[0].text], pair) for pair in again)
        return tuple(again)


def _bad_key(node: Node) -> NotReadable:
    return NotReadable("a list or a mapping stands as a key", node.start, node.end)


def _is_merge(key: Scalar) -> bool:
    return key.text == _MERGE and not key.style


def _merged(entries: dict[str, Entry], more: list[Entry]) -> dict[str, Entry]:
    """`more` are further merges, each written under a key of its own."""
    last = entries.get(_MERGE)
    if last is None or not _is_merge(last[0]):
        return entries
    found = {name: entry for name, entry in entries.items() if entry is not last}
    for merge in (*more, last):
        found = _merge(found, merge)
    return found


def _merge(entries: dict[str, Entry], merge: Entry) -> dict[str, Entry]:
    """The entries with those of a `<<`: what is written itself counts first, then the first merged.

    https://yaml.org/type/merge.html
    """
    key, value = merge
    sources = value.items if isinstance(value, Sequence) else (value,)
    found = dict(entries)
    for source in sources:
        if isinstance(source, Mapping) and not source.tag:
            for name, entry in source.entries.items():
                found.setdefault(name, entry)
        elif source.tag:
            # A tool puts entries here (`<<: !Include FILE`), like a transform.
            _put_in(found, key, source)
        else:
            raise NotReadable("`<<` takes a mapping or a list of mappings", key.start)
    return found


def _put_in(found: dict[str, Entry], key: Scalar, source: Node) -> None:
    """One more file whose entries are put here; several of them are a list."""
    before = found.get(_UNSEEN)
    if before is None:
        found[_UNSEEN] = (key._replace(text=_UNSEEN), source)
        return
    first, node = before
    items = node.items if isinstance(node, Sequence) and not node.tag else (node,)
    found[_UNSEEN] = (first, Sequence((*items, source), node.start, source.end, ""))
