"""Parameters: the values in force, given or by default.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from rootlint.cloudformation.assertions import asserted
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.scalars import literal, scalar
from rootlint.cloudformation.splitting import split
from rootlint.cloudformation.template import Template
from rootlint.model.same import text_of
from rootlint.model.value import Choice, Known, List, Option, Text, Unknown, Value, Why
from rootlint.source import Span

MOST_OPTIONS = 12


class Parameters:
    """The parameters of one template. `given` are values that beat the defaults.

    `assumed` are values of a scenario, by what is said of the missing one.
    """

    def __init__(
        self,
        template: Template,
        prefix: str,
        given: Mapped[str, Value],
        assumed: Mapped[str, str] = MappingProxyType({}),
    ) -> None:
        self._template = template
        self._prefix = prefix
        self._given = given
        self._assumed = assumed
        self._found: dict[str, Value] = {}
        self._valueless: dict[str, str] = {}

    @property
    def open(self) -> tuple[Choice, ...]:
        """The parameters that were asked for and may have one of several values."""
        return tuple(found for found in self._found.values() if isinstance(found, Choice))

    def __contains__(self, name: str) -> bool:
        return name in self._template.parameters

    @property
    def masked(self) -> Iterator[str]:
        """The parameters of which the value is never shown."""
        return (name for name in self._template.parameters if _is_masked(self._declared(name)))

    def places(self, name: str) -> Iterator[Span]:
        """Where the value of a parameter is written."""
        declared = self._declared(name)
        default = declared.get("Default") if declared else None
        if default is not None:
            yield Span(self._template.file.path, default.start, default.end)
        given = self._given.get(name)
        if given is not None:
            yield given.span

    def compared(self, name: str) -> Value:
        """The value of a parameter for a comparison alone: a masked one counts there too."""
        declared = self._declared(name)
        if not _is_masked(declared):
            return self.value(name)
        shown = f"parameter `{self._prefix}{name}`"
        return self._in_force(name, declared, shown, self._span(name))

    def value(self, name: str) -> Value:
        """The value of a declared parameter. A masked one (`NoEcho`) is never told."""
        if name not in self._found:
            self._found[name] = self._value(name)
        return self._found[name]

    def allowed(self, unknown: Unknown) -> tuple[str, ...] | None:
        """The values that a parameter without a value may be given; None where it may be any."""
        name = self._valueless.get(unknown.detail) if unknown.why is Why.PARAMETER else None
        declared = self._declared(name) if name is not None else None
        written = self._may_be(name, declared) if name is not None else ()
        return tuple(text_of(_plain(item)) for item in written) or None

    @cached_property
    def _asserted(self) -> Mapped[str, tuple[Scalar, ...]]:
        return asserted(self._template.root)

    def _may_be(self, name: str, declared: Mapping | None) -> tuple[Scalar, ...]:
        """All values that a parameter may have, by its own list and by assertions; none if it may have any."""
        own = _allowed(declared) if declared is not None else ()
        left = self._asserted.get(name, ())
        if not own or not left:
            return own or (() if _is_list(_text(declared, "Type") or "") else left)
        kept = {value.text for value in left}
        return tuple(value for value in own if value.text in kept) or own

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
        if _is_masked(declared):
            return Unknown(Why.PARAMETER, f"{shown} is masked", span)
        value = self._in_force(name, declared, shown, span)
        if _is_list(kind):
            return _listed(value)
        return value

    def _in_force(self, name: str, declared: Mapping | None, shown: str, span: Span) -> Value:
        given = self._given.get(name)
        if given is not None:
            return given
        default = declared.get("Default") if declared else None
        if not isinstance(default, Scalar):
            return self._open(name, declared, f"{shown} has no value", span)
        value = scalar(self._template.file, default)
        if not isinstance(value, Known):
            return value
        number = _text(declared, "Type") == "Number"
        plain = literal(default._replace(style="")) if number else text_of(_plain(default))
        return replace(value, value=plain, note=f"by default of {shown}")

    def _open(self, name: str, declared: Mapping | None, detail: str, span: Span) -> Value:
        """A parameter without a value: one of those that it may have, if they are few."""
        self._valueless[detail] = name
        if detail in self._assumed:
            return Known(self._assumed[detail], span)
        unknown = Unknown(Why.PARAMETER, detail, span)
        written = self._may_be(name, declared)
        if not 0 < len(written) <= MOST_OPTIONS:
            return unknown
        path = self._template.file.path
        options = [
            Option(
                f"when `{self._prefix}{name}` is `{item.text}`",
                Known(text_of(_plain(item)), Span(path, item.start, item.end)),
            )
            for item in written
        ]
        return Choice(tuple(options), unknown, span)

    def _span(self, name: str) -> Span:
        key, _ = self._template.parameters[name]
        return Span(self._template.file.path, key.start, key.end)


def _allowed(declared: Mapping) -> tuple[Scalar, ...]:
    """The `AllowedValues` of a parameter that is one text; none where they are not all plain.

    Those of a list hold for each of its elements.
    """
    written = declared.get("AllowedValues")
    if not isinstance(written, Sequence) or _is_list(_text(declared, "Type") or ""):
        return ()
    plain = [item for item in written.items if isinstance(item, Scalar) and not item.tag]
    return tuple(plain) if len(plain) == len(written.items) else ()


def _is_masked(declared: Mapping | None) -> bool:
    return (_text(declared, "NoEcho") or "").lower() == "true"


def _is_list(kind: str) -> bool:
    return kind == "CommaDelimitedList" or kind.startswith("List<")


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
