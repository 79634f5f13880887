"""Where a template stands in a file: at its root, or where a tool that makes one of it has it written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rootlint.cloudformation.nodes import Entry, Mapping, Node, Scalar, Sequence

_LOOPS = ("Fn::ForEach", "Fn::Transform")
# https://www.serverless.com/framework/docs/providers/aws/guide/resources
_INCLUDE = re.compile(r"\$\{file\(([^(){}]+)\)\}")
# What the framework and its plugins make resources of: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml
_MORE = ("functions", "plugins", "stepFunctions", "constructs")
# https://github.com/org-formation/org-formation-cli/blob/master/docs/organization-resources.md
_ORG_FORMATION = "2010-09-09-OC"


class Written(NamedTuple):
    """A template as a tool reads it.

    `root` holds its sections. `beyond` are places of which the tool makes more resources, unseen;
    `includes` are files, each with sections of the same template.
    """

    root: Mapping
    beyond: tuple[Scalar, ...] = ()
    includes: tuple[Scalar, ...] = ()


def written(node: Node) -> Written | None:
    """The template that a document is or holds; None where it is something else."""
    if not isinstance(node, Mapping):
        return None
    if _version(node) == _ORG_FORMATION:
        return _org_formation(node)
    return Written(node) if _is_template(node) else _serverless(node)


def included(node: Scalar) -> str | None:
    """The path that a variable `${file(PATH)}` names; None where it is another one."""
    found = _INCLUDE.fullmatch(node.text.strip())
    return found.group(1).strip() if found else None


def is_loop(name: str) -> bool:
    """Whether an entry of `Resources` stands for others, so that it has no type of its own."""
    return name.startswith(_LOOPS)


def _version(root: Mapping) -> str:
    version = root.get("AWSTemplateFormatVersion")
    return version.text if isinstance(version, Scalar) else ""


def _is_template(root: Mapping) -> bool:
    resources = root.get("Resources")
    if resources is None:
        return False
    if "AWSTemplateFormatVersion" in root.entries:
        return True
    if not isinstance(resources, Mapping):
        return False
    return any(_is_resource(key, value) for key, value in resources.entries.values())


def _is_resource(key: Scalar, value: Node) -> bool:
    if is_loop(key.text):
        return True
    if not isinstance(value, Mapping):
        return False
    kind = value.get("Type")
    return "Fn::Transform" in value.entries or (isinstance(kind, Scalar) and "::" in kind.text)


def _org_formation(root: Mapping) -> Written | None:
    """The organization is written beside the resources, in the same form."""
    sections = [
        root.entries[name] for name in ("Resources", "Organization") if name in root.entries
    ]
    tables = [(key, node) for key, node in sections if isinstance(node, Mapping)]
    if not tables:
        return Written(root) if _is_template(root) else None
    together = _together([node for _, node in tables])
    entries = {**root.entries, "Resources": (tables[0][0], together)}
    return Written(root._replace(entries=entries))


def _serverless(root: Mapping) -> Written | None:
    """The Serverless Framework: a template below `resources`, or several that are put together."""
    node = root.get("resources")
    parts = node.items if isinstance(node, Sequence) else (node,)
    maps = [part for part in parts if isinstance(part, Mapping)]
    variables = [part for part in parts if isinstance(part, Scalar) and part.text]
    includes = tuple(part for part in variables if included(part))
    if not any(map(_is_template, maps)) and not includes:
        return None
    unseen = [part for part in variables if not included(part)]
    sections = _sections(maps, unseen)
    more = (root.entries[name] for name in _MORE if name in root.entries)
    beyond = (*unseen, *(key for key, made in more if _holds(made)))
    return Written(root._replace(entries=sections, again=()), beyond, includes)


def _holds(node: Node) -> bool:
    """Whether anything is written there at all."""
    if isinstance(node, Scalar):
        return bool(node.text)
    return bool(node.items if isinstance(node, Sequence) else node.entries)


def _sections(maps: Iterable[Mapping], unseen: list[Scalar]) -> dict[str, Entry]:
    """The sections of several templates; a resource that is only a variable is unseen."""
    found: dict[str, Entry] = {}
    for part in maps:
        for name, (key, node) in part.entries.items():
            section = node
            if name == "Resources" and isinstance(node, Mapping):
                unseen += _variables(node)
                section = node._replace(entries=dict(_without_variables(node)))
            before = found.get(name)
            if before and isinstance(before[1], Mapping) and isinstance(section, Mapping):
                section = _together((before[1], section))
            found[name] = (key, section)
    return found


def _variables(resources: Mapping) -> Iterator[Scalar]:
    values = (value for _, value in resources.entries.values())
    return (value for value in values if isinstance(value, Scalar) and _is_variable(value))


def _without_variables(resources: Mapping) -> Iterator[tuple[str, Entry]]:
    """The resources that are written here, or each in a file."""
    for name, (key, value) in resources.entries.items():
        if not _is_variable(value):
            yield name, (key, value)


def _is_variable(value: Node) -> bool:
    return isinstance(value, Scalar) and "${" in value.text and included(value) is None


def _together(tables: Iterable[Mapping]) -> Mapping:
    """Tables as one; of a name that comes again the last one counts."""
    first, *others = tables
    entries, again = dict(first.entries), [*first.again]
    for other in others:
        entries.update(other.entries)
        again += other.again
    return first._replace(entries=entries, again=tuple(again))
