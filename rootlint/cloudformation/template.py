"""The sections of a template, and what is wrong with their shape."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from typing import NamedTuple

from rootlint.cloudformation.dialects import Written, included, is_loop, written
from rootlint.cloudformation.nodes import Document, Entry, Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.sam_globals import with_globals
from rootlint.source import SourceFile, Unreadable


class Template(NamedTuple):
    """A template by its sections, each a table from name to key and value.

    `beyond` are places of which a tool makes more resources, unseen; `includes` are files with
    sections of the same template.
    """

    file: SourceFile
    root: Mapping
    parameters: Mapped[str, Entry]
    mappings: Mapped[str, Entry]
    conditions: Mapped[str, Entry]
    resources: tuple[Entry, ...]
    outputs: Mapped[str, Entry]
    declared: Mapped[str, Entry]
    faults: tuple[Unreadable, ...]
    beyond: tuple[Scalar, ...] = ()
    includes: tuple[Scalar, ...] = ()


def template_of(document: Document) -> Template | None:
    """The first template among the documents of a file, by its sections."""
    found = (written(root) for root in document.roots)
    first = next((template for template in found if template is not None), None)
    return _sections(document.file, first) if first is not None else None


INCLUDE = "AWS::Include"


def transforms(template: Template) -> tuple[Scalar | Mapping, ...]:
    """The transforms that a template names, each a name or a mapping with `Name`."""
    named = template.root.get("Transform")
    nodes = named.items if isinstance(named, Sequence) else (named,)
    return tuple(node for node in nodes if isinstance(node, Scalar | Mapping))


def include_of(node: Node) -> Node | None:
    """What says where the file is that a transform includes; None where it is another transform."""
    if not isinstance(node, Mapping) or not isinstance(name := node.get("Name"), Scalar):
        return None
    parameters = node.get("Parameters")
    if name.text != INCLUDE or not isinstance(parameters, Mapping):
        return None
    return parameters.get("Location")


def top_transforms(template: Template) -> tuple[Node, ...]:
    """What transforms a template as a whole, written in its section or beside the others."""
    beside = template.root.get("Fn::Transform")
    return (*transforms(template), *((beside,) if beside is not None else ()))


def included_at_the_top(template: Template) -> tuple[Node, ...]:
    """What says where the files are that a template as a whole includes."""
    found = (include_of(node) for node in top_transforms(template))
    return tuple(node for node in found if node is not None)


def _sections(file: SourceFile, found: Written) -> Template:
    root = found.root
    faults: list[Unreadable] = []
    resources = _section(file, root, "Resources", faults)
    entries: tuple[Entry, ...] = ()
    if resources is not None:
        entries = (*resources.entries.values(), *resources.again)
    declared = _table(resources)
    if "Globals" in root.entries:
        entries = tuple(with_globals(root, entry) for entry in entries)
        declared = {key.text: (key, node) for key, node in reversed(entries)}
    return Template(
        file,
        root,
        _table(_section(file, root, "Parameters", faults)),
        _table(_section(file, root, "Mappings", faults)),
        _table(_section(file, root, "Conditions", faults)),
        entries,
        _table(_section(file, root, "Outputs", faults)),
        declared,
        tuple(faults),
        found.beyond,
        found.includes,
    )


def _table(section: Mapping | None) -> Mapped[str, Entry]:
    return section.entries if section is not None else {}


def _section(
    file: SourceFile, root: Mapping, name: str, faults: list[Unreadable]
) -> Mapping | None:
    """A section that is a mapping; what is written in its place otherwise is a fault."""
    entry = root.entries.get(name)
    if entry is None:
        return None
    key, value = entry
    if isinstance(value, Mapping):
        return value
    if name == "Resources" or not _is_empty(value):
        faults.append(malformed(file, name, key if _is_empty(value) else value))
    return None


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text


def malformed(file: SourceFile, name: str, node: Node) -> Unreadable:
    """A section that has not the shape that it must have; the rest of the file is read."""
    span = file.span(node.start, node.end)
    return Unreadable(file.path, f"malformed section `{name}`", span, partial=True)


def _is_elsewhere(node: Node) -> bool:
    """Whether all of a resource is written in another file, or made by a macro or a module."""
    if isinstance(node, Scalar):
        return bool(node.tag or included(node))
    only = (
        isinstance(node, Mapping) and "Type" not in node.entries and "Fn::Transform" in node.entries
    )
    return only or module_of(node) is not None


def module_of(node: Node) -> Node | None:
    """The module that a tool writes a resource out of, named where a type stands.

    https://aws-cloudformation.github.io/rain/#modules
    """
    kind = node.get("Type") if isinstance(node, Mapping) else None
    return kind if isinstance(kind, Mapping) or (kind is not None and kind.tag) else None


def badly_shaped(template: Template) -> Iterator[Unreadable]:
    """The resources that are no mapping, have no `Type`, or have `Properties` that are none."""
    for key, value in template.resources:
        typed = isinstance(value, Mapping) and isinstance(value.get("Type"), Scalar)
        if not typed and not is_loop(key.text) and not _is_elsewhere(value):
            yield malformed(template.file, f"Resources.{key.text}", key)
        elif isinstance(value, Mapping) and isinstance(found := value.get("Properties"), Sequence):
            yield malformed(template.file, f"Resources.{key.text}.Properties", found)
