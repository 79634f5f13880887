"""Files of parameter values: which values are in force for a template.

A file holds for the templates that declare every name in it: CloudFormation refuses a stack that is
given a parameter which its template lacks. What `samconfig.toml` overrides holds for the template
that it names, as far as that declares it.
https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html
https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Mapped
from dataclasses import replace
from typing import NamedTuple

from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.scalars import scalar
from rootlint.cloudformation.template import Template
from rootlint.model.value import Known, List, Unknown, Value, Why
from rootlint.source import SourceFile, Unreadable

# Values that the AWS Deployment Framework looks up when it deploys.
_LOOKED_UP = re.compile(r"(?:resolve|import|upload):")


class ParameterFile(NamedTuple):
    """Values by parameter. `templates` are the only paths it holds for, if it names them.

    `region` is where, and `stack` as what stack, the template is deployed.
    """

    path: str
    values: Mapped[str, Value]
    region: str | None = None
    templates: tuple[str, ...] | None = None
    stack: str | None = None


class InForce(NamedTuple):
    """The values for one template, the Region and the stack that come with them, and the files."""

    values: Mapped[str, Value]
    region: str | None
    stack: str | None
    files: tuple[str, ...]


def parameter_file(file: SourceFile) -> ParameterFile | Unreadable:
    """The values of a file in any of the forms that AWS's own tools read."""
    if file.path.endswith(".toml"):
        from rootlint.cloudformation.samconfig import samconfig

        return samconfig(file)
    document = load(file)
    if isinstance(document, Unreadable):
        return document
    root = document.roots[0] if document.roots else None
    entries = _entries(root) if root is not None else None
    if entries is None:
        return Unreadable(file.path, "no file of parameters: write a list, or `Parameters`")
    values = {name: _value(file, node) for name, node in entries.items()}
    return ParameterFile(file.path, values)


def in_force(template: Template, files: Iterable[ParameterFile]) -> InForce:
    """What the files give a template: of two that give a value the later one counts."""
    values: dict[str, Value] = {}
    region: str | None = None
    stack: str | None = None
    used = []
    for file in files:
        if _holds_for(file, template):
            values |= {
                name: value for name, value in file.values.items() if name in template.parameters
            }
            region = file.region or region
            stack = file.stack or stack
            used.append(file.path)
    return InForce(values, region, stack, tuple(used))


def _holds_for(file: ParameterFile, template: Template) -> bool:
    if file.templates is not None:
        return template.file.path in file.templates
    return bool(file.values) and all(name in template.parameters for name in file.values)


def _entries(root: Node) -> dict[str, Node] | None:
    """The values by name; None where the file has another shape."""
    if isinstance(root, Sequence):
        pairs = [_pair(item) for item in root.items]
        return {pair[0]: pair[1] for pair in pairs if pair} if all(pairs) else None
    if not isinstance(root, Mapping) or "Resources" in root.entries:
        return None
    inner = root.get("Parameters")
    if isinstance(inner, Sequence):
        return _entries(inner)
    if isinstance(inner, Mapping):
        return {name: node for name, (_, node) in inner.entries.items()}
    plain = {name: node for name, (_, node) in root.entries.items()}
    return (
        plain if plain and not any(isinstance(node, Mapping) for node in plain.values()) else None
    )


def _pair(item: Node) -> tuple[str, Node] | None:
    """`{ParameterKey: …, ParameterValue: …}`, or `Key=Value`."""
    if isinstance(item, Scalar):
        name, found, _ = item.text.partition("=")
        return (name, _behind(item, len(name) + 1)) if found else None
    name_node = item.get("ParameterKey") if isinstance(item, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(name_node, Scalar):
        return None
    # Without a value, `UsePreviousValue` keeps what the stack has.
    return name_node.text, item.get("ParameterValue") or item


def _behind(item: Scalar, count: int) -> Scalar:
    """The rest of a scalar behind some characters."""
    inset = 1 if item.style else 0
    start = item.start + inset + count
    text = item.text[count:]
    whole = item.end - inset - start == len(text)
    return Scalar(text, start if whole else item.start, item.end - inset, "", "")


def _value(file: SourceFile, node: Node) -> Value:
    span = file.span(node.start, node.end)
    if isinstance(node, Sequence):
        return List(tuple(_value(file, item) for item in node.items), span)
    if not isinstance(node, Scalar):
        return Unknown(Why.DYNAMIC, "a value that is looked up at deployment", span)
    if _LOOKED_UP.match(node.text):
        return Unknown(Why.DYNAMIC, f"`{node.text}`", span)
    found = scalar(file, node)
    return (
        replace(found, value=node.text, note=given_in(file)) if isinstance(found, Known) else found
    )


def given_in(file: SourceFile) -> str:
    return f"given in `{file.path}`"
