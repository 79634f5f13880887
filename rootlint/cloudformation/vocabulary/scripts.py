"""Text that is run somewhere: user data, cfn-init, builds, documents, inline code, state machines.

Properties as on the pages of the resources below; cfn-init:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rootlint.cloudformation.choices import each as changed
from rootlint.cloudformation.nodes import Mapping as MappingNode
from rootlint.cloudformation.nodes import Node
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary import documents, serverless
from rootlint.cloudformation.vocabulary.credentials import variables
from rootlint.cloudformation.vocabulary.documents import joined
from rootlint.cloudformation.vocabulary.written import Reader, field
from rootlint.model.identity import Language, RunsAs, Script
from rootlint.model.unit import Declared
from rootlint.model.value import Known, List, Map, Value


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
    return joined(command, " ") if isinstance(command, List) else command


def _code(written: Written) -> Iterator[Declared]:
    code = field(field(written.resource.body, "Code"), "ZipFile")
    if code is not None:
        yield Script(written.resource, code, RunsAs.ROLE, Language.CODE)
    yield from variables(written)


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


READERS: Mapping[str, Reader] = {
    "AWS::AutoScaling::LaunchConfiguration": _user_data("UserData"),
    "AWS::EC2::Instance": _user_data("UserData"),
    "AWS::EC2::LaunchTemplate": _user_data("LaunchTemplateData", "UserData"),
    "AWS::Lambda::Function": _code,
    "AWS::StepFunctions::StateMachine": _states,
    "Custom::AWS": _calls,
    **documents.READERS,
    **serverless.READERS,
}
