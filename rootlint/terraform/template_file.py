"""`data "template_file"`: a template in a string, filled in with variables.

https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file
"""

from __future__ import annotations

from functools import partial

from rootlint.model.resource import Resource
from rootlint.model.value import Map, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.syntax import Expression
from rootlint.terraform.template_text import rendered


def template_file(source: Resource) -> Map:
    """The arguments of the data source, and `rendered`."""
    entries: dict[str, Value] = dict(source.body.entries)
    template = entries.get("template")
    if template is not None:
        entries["rendered"] = rendered(template, partial(_filled, entries.get("vars")))
    rest = Unknown(Why.DATA_SOURCE, f"`{source.address}` is looked up", source.span)
    return Map(entries, source.span, rest, source.body.keys)


def _filled(variables: Value | None, template: Expression) -> Value:
    return evaluate(template, _Variables(variables))


class _Variables:
    """The scope of a template: its variables and nothing else."""

    def __init__(self, variables: Value | None) -> None:
        self._variables = variables

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:  # noqa: ARG002 - what every scope is asked
        known = self._variables
        if isinstance(known, Unknown):
            return known, len(path)
        found = known.entries.get(root, known.rest) if isinstance(known, Map) else None
        return None if found is None else (found, 0)

    def read_file(self, path: str, span: Span) -> Unknown:
        return Unknown(Why.FILE, f"`{path}` is read by a template", span)

    def files(self, folder: str, pattern: str) -> None:  # noqa: ARG002 - what every scope is asked
        return None
