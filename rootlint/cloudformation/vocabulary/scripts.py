"""Text that is run somewhere: user data, cfn-init, builds, documents, inline code, state machines.

Properties as on the pages of the resources below; cfn-init:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.choices import each as changed
from rootlint.cloudformation.nodes import Mapping as MappingNode
from rootlint.cloudformation.nodes import Node
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary import serverless
from rootlint.cloudformation.vocabulary.written import Reader, each, field
from rootlint.embedded import parse_json
from rootlint.model.identity import Language, RunsAs, Script
from rootlint.model.read import text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, List, Map, Value

_RUN = frozenset({"runCommand", "commands", "RunCommand"})


def _user_data(*path: str) -> Reader:
    """User data behind some properties: the text that is given in Base64."""

    def read(written: Written) -> Iterator[Declared]:
        node = _under(written.node, ("Properties", *path))
        if node is None:
            return
        value = written.evaluator.evaluate(node, written.scope._replace(decoded=True))
        decoded = changed(value, _decoded)
        if decoded is not None:
            yield Script(written.resource, decoded, RunsAs.ROLE)

    return read


def _under(node: Node | None, path: tuple[str, ...]) -> Node | None:
    for name in path:
        node = node.get(name) if isinstance(node, MappingNode) else None
    return node


def _decoded(value: Value) -> Value:
    """Base64 that is written as such; anything else stays."""
    written = value.value if isinstance(value, Known) else None
    if not isinstance(written, str) or not isinstance(value, Known):
        return value
    try:
        plain = base64.b64decode("".join(written.split()), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return value
    return replace(value, value=plain, pieces=()) if plain else value


def initialized(written: Written) -> Iterator[Declared]:
    """The commands that cfn-init runs on the instance."""
    node = _under(written.node, ("Metadata", "AWS::CloudFormation::Init"))
    value = written.evaluator.evaluate(node, written.scope) if node is not None else None
    if not isinstance(value, Map):
        return
    for config in value.entries.values():
        commands = field(config, "commands")
        for one in commands.entries.values() if isinstance(commands, Map) else ():
            command = field(one, "command")
            if command is not None:
                yield Script(written.resource, _line(command), RunsAs.ROLE)


def _line(command: Value) -> Value:
    """A command as one line: a list is a program and its arguments."""
    return _joined(command, " ") if isinstance(command, List) else command


def _joined(lines: List, separator: str) -> Value:
    made = Assembly(lines.span)
    for number, line in enumerate(lines.items):
        if number:
            made.add(Known(separator, line.span))
        made.add(line)
    if lines.rest is not None:
        made.hole(lines.rest, lines.rest.span)
    return made.value()


def _document(written: Written) -> Iterator[Declared]:
    """The commands of an SSM document; a text that is no JSON is searched as it is."""
    content = field(written.resource.body, "Content")
    if content is None:
        return
    parsed = content if isinstance(content, Map) else parse_json(content)
    if not isinstance(parsed, Map):
        yield Script(written.resource, content, RunsAs.ROLE)
        return
    yield from _steps(written.resource, parsed)


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
            yield Script(resource, _joined(value, "\n"), RunsAs.ROLE)
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


def _build(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    for source in (field(body, "Source"), *each(field(body, "SecondarySources"))):
        spec = field(source, "BuildSpec")
        if spec is not None:
            yield Script(written.resource, spec, RunsAs.ROLE)


def _code(written: Written) -> Iterator[Declared]:
    code = field(field(written.resource.body, "Code"), "ZipFile")
    if code is not None:
        yield Script(written.resource, code, RunsAs.ROLE, Language.CODE)


def _states(written: Written) -> Iterator[Declared]:
    for name in ("DefinitionString", "Definition"):
        definition = field(written.resource.body, name)
        if definition is not None:
            yield Script(written.resource, definition, RunsAs.ROLE, Language.STATES)


def _calls(written: Written) -> Iterator[Declared]:
    """CDK's custom resource: a call when it is made, changed and removed."""
    for name in ("Create", "Update", "Delete"):
        call = field(written.resource.body, name)
        if call is not None:
            yield Script(written.resource, call, RunsAs.ROLE, Language.CALL)


def _component(written: Written) -> Iterator[Declared]:
    data = field(written.resource.body, "Data")
    if data is not None:
        yield Script(written.resource, data, RunsAs.ROLE)


READERS: Mapping[str, Reader] = {
    "AWS::AutoScaling::LaunchConfiguration": _user_data("UserData"),
    "AWS::CodeBuild::Project": _build,
    "AWS::EC2::Instance": _user_data("UserData"),
    "AWS::EC2::LaunchTemplate": _user_data("LaunchTemplateData", "UserData"),
    "AWS::ImageBuilder::Component": _component,
    "AWS::Lambda::Function": _code,
    "AWS::SSM::Document": _document,
    "AWS::StepFunctions::StateMachine": _states,
    "Custom::AWS": _calls,
    **serverless.READERS,
}
