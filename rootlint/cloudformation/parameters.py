"""Parameters: the values in force, given or by default.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import replace

from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.scalars import literal, scalar
from rootlint.cloudformation.splitting import split
from rootlint.cloudformation.template import Template
from rootlint.model.same import text_of
from rootlint.model.value import Known, List, Text, Unknown, Value, Why
from rootlint.source import Span


class Parameters:
    """The parameters of one template. `given` are values that beat the defaults."""

    def __init__(self, template: Template, prefix: str, given: Mapped[str, Value]) -> None:
        self._template = template
        self._prefix = prefix
        self._given = given
        self._found: dict[str, Value] = {}
        self._valueless: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._template.parameters

    def value(self, name: str) -> Value:
        """The value of a declared parameter. A masked one (`NoEcho`) is never told."""
        if name not in self._found:
            self._found[name] = self._value(name)
        return self._found[name]

    def allowed(self, unknown: Unknown) -> tuple[str, ...] | None:
        """The values that a parameter without a value may be given; None where it may be any."""
        name = self._valueless.get(unknown.detail) if unknown.why is Why.PARAMETER else None
        declared = self._declared(name) if name is not None else None
        written = declared.get("AllowedValues") if declared else None
        if not isinstance(written, Sequence):
            return None
        scalars = [item for item in written.items if isinstance(item, Scalar) and not item.tag]
        values = tuple(text_of(_plain(item)) for item in scalars)
        return values if values and len(values) == len(written.items) else None

    def _declared(self, name: str) -> Mapping | None:
        _, node = self._template.parameters[name]
        return node if isinstance(node, Mapping) else None

    def _value(self, name: str) -> Value:
        declared = self._declared(name)
        kind = _text(declared, "Type") or "String"
        shown = f"parameter `{self._prefix}{name}`"
        span = self._span(name)
        if kind.startswith("AWS::SSM::Parameter::Value"):
            return Unknown(Why.DYNAMIC, f"{shown} is looked up in SSM at deployment", span)
        if (_text(declared, "NoEcho") or "").lower() == "true":
            return Unknown(Why.PARAMETER, f"{shown} is masked", span)
        value = self._in_force(name, declared, shown, span)
        if kind == "CommaDelimitedList" or kind.startswith("List<"):
            return _listed(value)
        return value

    def _in_force(self, name: str, declared: Mapping | None, shown: str, span: Span) -> Value:
        given = self._given.get(name)
        if given is not None:
            return given
        default = declared.get("Default") if declared else None
        if not isinstance(default, Scalar):
            detail = f"{shown} has no value"
            self._valueless[detail] = name
            return Unknown(Why.PARAMETER, detail, span)
        value = scalar(self._template.file, default)
        if not isinstance(value, Known):
            return value
        number = _text(declared, "Type") == "Number"
        plain = literal(default._replace(style="")) if number else text_of(_plain(default))
        return replace(value, value=plain, note=f"by default of {shown}")

    def _span(self, name: str) -> Span:
        key, _ = self._template.parameters[name]
        return Span(self._template.file.path, key.start, key.end)


def _plain(node: Scalar) -> str | bool:
    """The text of a parameter's value: written as it is, but for a flag."""
    found = literal(node)
    return found if isinstance(found, bool) else node.text


def _text(declared: Mapping | None, name: str) -> str | None:
    found: Node | None = declared.get(name) if declared else None
    return found.text if isinstance(found, Scalar) else None


def _listed(value: Value) -> Value:
    """The list that a comma-delimited text is; one that is given as a list stays one."""
    if isinstance(value, Known) and not text_of(value.value):
        return List((), value.span)
    found = split(value, ",") if isinstance(value, Known | Text) else value
    if not isinstance(found, List):
        return found
    return replace(found, items=tuple(_trimmed(item) for item in found.items))


def _trimmed(value: Value) -> Value:
    if (
        isinstance(value, Known)
        and isinstance(value.value, str)
        and value.value != value.value.strip()
    ):
        return replace(value, value=value.value.strip(), pieces=())
    return value
