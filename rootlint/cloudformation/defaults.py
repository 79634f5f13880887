"""The defaults of parameters, which a template keeps in the clear, masked or not."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.cloudformation.nodes import Mapping, Scalar
from rootlint.cloudformation.resources import where_of
from rootlint.cloudformation.stacks import Stack
from rootlint.model.credentials import ClearText, Keeper
from rootlint.model.resource import Resource
from rootlint.model.value import Known, Map
from rootlint.source import Span

KIND = "Parameter"


def defaults(stack: Stack) -> Iterator[ClearText]:
    """What the code of a stack itself gives its parameters, whatever value is in force.

    What masks a parameter (`NoEcho`) hides its value in AWS, not in the template.
    """
    template = stack.template
    setting = stack.evaluator.setting
    path = template.file.path
    for name, (key, node) in template.parameters.items():
        default = node.get("Default") if isinstance(node, Mapping) else None
        if not isinstance(default, Scalar) or not default.text:
            continue
        value = Known(default.text, Span(path, default.start, default.end))
        span = Span(path, key.start, key.end)
        body = Map({"Default": value}, span)
        whole = Span(path, key.start, max(node.end, key.end))
        scope = where_of(stack.evaluator, span)
        resource = Resource(
            setting.unit, setting.prefix + name, KIND, body, span, whole, scope=scope
        )
        yield ClearText(resource, Keeper.PARAMETER, Known(name, span), value)
