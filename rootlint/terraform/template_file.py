"""`data "template_file"`: a template in a string, filled in with variables.

https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file
"""

from __future__ import annotations

from dataclasses import replace

from rootlint.model.resource import Resource
from rootlint.model.value import Choice, Known, Map, Text, Unknown, Value, Why
from rootlint.source import SourceFile, Span
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.parse import parse_template


def template_file(source: Resource) -> Map:
    """The arguments of the data source, and `rendered`."""
    entries: dict[str, Value] = dict(source.body.entries)
    template = entries.get("template")
    if template is not None:
        entries["rendered"] = _rendered(template, entries.get("vars"))
    rest = Unknown(Why.DATA_SOURCE, f"`{source.address}` is looked up", source.span)
    return Map(entries, source.span, rest, source.body.keys)


def _rendered(template: Value, variables: Value | None) -> Value:
    if not isinstance(template, Known) or not isinstance(template.value, str):
        hole = template.because if isinstance(template, Choice) else template
        unknown = hole if isinstance(hole, Unknown) else None
        return unknown or Unknown(Why.FUNCTION, "this template is not rendered", template.span)
    file = SourceFile(template.span.path, template.value)
    rendered = evaluate(parse_template(file), _Variables(variables))
    if _is_whole_file(template) or not isinstance(rendered, Known | Text):
        return rendered
    # The places are those of the text by itself: only the whole of it can be pointed at.
    return replace(rendered, span=template.span, pieces=())


def _is_whole_file(template: Known) -> bool:
    return all(piece.exact and piece.at == piece.span.start for piece in template.pieces)


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
