"""Text that is run somewhere: provisioners, external programs, user data, builds, state machines.

Arguments as on the provider's pages of the resources below.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rootlint.model.identity import Language, RunsAs, Script
from rootlint.model.read import each, elements, text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Choice, Known, Option, Value
from rootlint.terraform.convert import spelt
from rootlint.terraform.vocabulary.credentials import built
from rootlint.terraform.vocabulary.written import Reader, field

_SHELLS = ("sh", "bash", "zsh", "dash", "ksh", "cmd", "cmd.exe", "powershell", "pwsh")


def provisioned(resource: Resource) -> Iterator[Declared]:
    """The commands that Terraform itself runs, with the credentials of who runs it."""
    for provisioner in each(field(resource.body, "provisioner")):
        for local in each(field(provisioner, "local-exec")):
            command = field(local, "command")
            if command is not None:
                language = _language(field(local, "interpreter"))
                yield Script(resource, command, RunsAs.OPERATOR, language)


def _language(interpreter: Value | None) -> Language:
    items, _ = elements(interpreter)
    name = text(items[0]) if items else None
    return Language.CODE if name and name.rpartition("/")[2] not in _SHELLS else Language.SHELL


def _external(resource: Resource) -> Iterator[Declared]:
    """`data "external"`: a program and its arguments; a shell's `-c` argument is the script."""
    items, rest = elements(field(resource.body, "program"))
    if rest is not None or not items:
        return
    shell = (text(items[0]) or "").rpartition("/")[2] in _SHELLS
    if shell and len(items) > 2 and text(items[1]) in {"-c", "-lc", "-ec"}:
        yield Script(resource, items[2], RunsAs.OPERATOR)
        return
    words: list[str | Value] = []
    for item in items:
        words.extend((item, " "))
    yield Script(resource, spelt(words[:-1], resource.span), RunsAs.OPERATOR)


def _user_data(resource: Resource) -> Iterator[Declared]:
    plain = field(resource.body, "user_data")
    encoded = field(resource.body, "user_data_base64")
    if plain is not None:
        yield Script(resource, plain, RunsAs.ROLE)
    if encoded is not None:
        yield Script(resource, _decoded(encoded), RunsAs.ROLE)


def _launch_template(resource: Resource) -> Iterator[Declared]:
    written = field(resource.body, "user_data")
    if written is not None:
        yield Script(resource, _decoded(written), RunsAs.ROLE)


def _decoded(value: Value) -> Value:
    """Base64 as the text that it is; anything else stays."""
    if isinstance(value, Choice):
        options = tuple(Option(when, option and _decoded(option)) for when, option in value.options)
        return replace(value, options=options)
    written = text(value)
    if written is None:
        return value
    try:
        return Known(base64.b64decode(written, validate=True).decode(), value.span)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return value


def _argument(name: str, language: Language = Language.SHELL) -> Reader:
    def read(resource: Resource) -> Iterator[Declared]:
        written = field(resource.body, name)
        if written is not None:
            yield Script(resource, written, RunsAs.ROLE, language)

    return read


def _build(resource: Resource) -> Iterator[Declared]:
    for kind in ("source", "secondary_sources"):
        for source in each(field(resource.body, kind)):
            written = field(source, "buildspec")
            if written is not None:
                yield Script(resource, written, RunsAs.ROLE)
    yield from built(resource)


READERS: Mapping[str, Reader] = {
    "aws_codebuild_project": _build,
    "aws_imagebuilder_component": _argument("data"),
    "aws_instance": _user_data,
    "aws_launch_configuration": _user_data,
    "aws_launch_template": _launch_template,
    "aws_sfn_state_machine": _argument("definition", Language.STATES),
    "aws_ssm_document": _argument("content"),
    "data.external": _external,
}
