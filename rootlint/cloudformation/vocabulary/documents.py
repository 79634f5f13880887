"""Documents with steps that are run: SSM documents, build specifications, image components.

https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.inline import document_within
from rootlint.cloudformation.nodes import Mapping, Node, Sequence
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.credentials import built
from rootlint.cloudformation.vocabulary.written import Reader, field
from rootlint.embedded import parse_json
from rootlint.model.identity import Language, RunsAs, Script
from rootlint.model.read import each, text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, List, Map, Value

_RUN = frozenset({"runCommand", "commands", "RunCommand", "finally"})


def _property(name: str) -> Reader:
    """A document in a property: its steps; a text that is none is searched as it is."""

    def read(written: Written) -> Iterator[Declared]:
        inner = written.node.get("Properties")
        node = inner.get(name) if isinstance(inner, Mapping) else None
        yield from _read(written, field(written.resource.body, name), node)

    return read


def _build(written: Written) -> Iterator[Declared]:
    """The build specification of each source."""
    inner = written.node.get("Properties")
    body = written.resource.body
    first = inner.get("Source") if isinstance(inner, Mapping) else None
    yield from _specification(written, field(body, "Source"), first)
    more = inner.get("SecondarySources") if isinstance(inner, Mapping) else None
    nodes = more.items if isinstance(more, Sequence) else ()
    for number, source in enumerate(each(field(body, "SecondarySources"))):
        node = nodes[number] if number < len(nodes) else None
        yield from _specification(written, source, node)
    yield from built(written)


def _specification(written: Written, source: Value | None, node: Node | None) -> Iterator[Declared]:
    within = node.get("BuildSpec") if isinstance(node, Mapping) else None
    yield from _read(written, field(source, "BuildSpec"), within)


def _read(written: Written, value: Value | None, node: Node | None) -> Iterator[Declared]:
    found = structure(written, value, node)
    if found is not None:
        yield from _steps(written.resource, found)
    elif value is not None:
        yield Script(written.resource, value, RunsAs.ROLE)


def structure(written: Written, value: Value | None, node: Node | None) -> Map | None:
    """What a property holds as an object, JSON or YAML in a text; None where it is neither."""
    parsed = parse_json(value) if value is not None and not isinstance(value, Map) else value
    if value is not None and not isinstance(parsed, Map) and node is not None:
        parsed = _yaml(written, node)
    return parsed if isinstance(parsed, Map) else None


def _yaml(written: Written, node: Node) -> Value | None:
    """A text that is YAML, in its place; what is filled into it is filled into each of its scalars."""
    evaluator = written.evaluator
    found = document_within(evaluator.template.file, node)
    value = evaluator.evaluate(found, written.scope) if found is not None else None
    return value if isinstance(value, Map) else None


def _steps(resource: Resource, document: Map) -> Iterator[Declared]:
    waiting: list[Value] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, List):
            waiting.extend(reversed(value.items))
        elif isinstance(value, Map):
            yield from _step(resource, value)
            waiting.extend(reversed(tuple(value.entries.values())))


def _step(resource: Resource, inputs: Map) -> Iterator[Declared]:
    """The script of a step: shell lines, a program of `aws:executeScript`, or a call of the API."""
    for name, value in inputs.entries.items():
        if name in _RUN and isinstance(value, List):
            yield Script(resource, joined(value, "\n"), RunsAs.ROLE)
        elif name in _RUN and not isinstance(value, Map):
            yield Script(resource, value, RunsAs.ROLE)
        elif name == "Script":
            yield Script(resource, value, RunsAs.ROLE, Language.CODE)
    if (text(inputs.get("Service")) or "").lower() == "iam" and inputs.get("Api") is not None:
        yield Script(resource, _api_call(inputs), RunsAs.ROLE, Language.CALL)


def _api_call(inputs: Map) -> Map:
    """`aws:executeAwsApi` with the names that a call has elsewhere.

    https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
    """
    given = {
        name: value for name, value in inputs.entries.items() if name not in {"Service", "Api"}
    }
    parameters = Map(given, inputs.span, inputs.rest, inputs.keys)
    entries = {
        "service": inputs.entries["Service"],
        "action": inputs.entries["Api"],
        "parameters": parameters,
    }
    return Map(entries, inputs.span)


def joined(lines: List, separator: str) -> Value:
    """The elements of a list as one text."""
    made = Assembly(lines.span)
    for number, line in enumerate(lines.items):
        if number:
            made.add(Known(separator, line.span))
        made.add(line)
    if lines.rest is not None:
        made.hole(lines.rest, lines.rest.span)
    return made.value()


READERS: Mapped[str, Reader] = {
    "AWS::CodeBuild::Project": _build,
    "AWS::ImageBuilder::Component": _property("Data"),
    "AWS::SSM::Document": _property("Content"),
}
