"""Values that are handed over in the clear, and MFA Delete, which only root can change.

Arguments as on the provider's pages of the resources below, of the provider itself and of the
backend `s3` (https://developer.hashicorp.com/terraform/language/backend/s3). By default a variable
of a build is PLAINTEXT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rootlint.embedded import parse_json
from rootlint.model.credentials import ClearText, Keeper, Versioning
from rootlint.model.read import each, text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Choice, Encoded, Known, Map, Option, Text, Value
from rootlint.terraform.vocabulary.kinds import KEYS
from rootlint.terraform.vocabulary.written import Reader, field, first_block


def _arguments(keeper: Keeper, block: str = "") -> Reader:
    def read(resource: Resource) -> Iterator[Declared]:
        body = first_block(resource.body, block) if block else resource.body
        for name in KEYS:
            value = field(body, name)
            if value is not None:
                yield ClearText(resource, keeper, Known(name, value.span), value)

    return read


def _function(resource: Resource) -> Iterator[Declared]:
    for environment in each(field(resource.body, "environment")):
        variables = field(environment, "variables")
        if not isinstance(variables, Map):
            continue
        for name, value in variables.entries.items():
            yield _variable(resource, Known(name, variables.keys.get(name, value.span)), value)


def _containers(resource: Resource) -> Iterator[Declared]:
    yield from _listed(resource, _decoded(field(resource.body, "container_definitions")))


def _job(resource: Resource) -> Iterator[Declared]:
    yield from _listed(resource, _decoded(field(resource.body, "container_properties")))


def _listed(resource: Resource, containers: Value | None) -> Iterator[Declared]:
    """The variables of containers, each a map with `name` and `value`."""
    for container in each(containers):
        for variable in each(field(container, "environment")):
            value = field(variable, "value")
            if value is not None:
                yield _variable(resource, field(variable, "name"), value)


def built(resource: Resource) -> Iterator[Declared]:
    """The variables of a build; those that are looked up elsewhere hold a name only."""
    for variable in each(field(first_block(resource.body, "environment"), "environment_variable")):
        value = field(variable, "value")
        if value is not None and text(field(variable, "type")) in {None, "PLAINTEXT"}:
            yield _variable(resource, field(variable, "name"), value)


def _variable(resource: Resource, name: Value | None, value: Value) -> ClearText:
    return ClearText(resource, Keeper.ENVIRONMENT, name, value)


def _parameter(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    for argument in ("value", "insecure_value"):
        value = field(body, argument)
        if value is not None:
            yield ClearText(resource, Keeper.PARAMETER, field(body, "name"), value)


def _decoded(written: Value | None) -> Value | None:
    if isinstance(written, Encoded):
        return written.value
    return parse_json(written) if isinstance(written, Known | Text) else written


def _versioning(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    switched = field(first_block(body, "versioning_configuration"), "mfa_delete")
    yield Versioning(resource, field(body, "bucket"), switched, field(body, "mfa"))


def versioned(resource: Resource) -> Iterator[Declared]:
    """Versioning that is written inside the bucket, as before version 4 of the provider."""
    switched = field(first_block(resource.body, "versioning"), "mfa_delete")
    if switched is not None:
        yield Versioning(resource, field(resource.body, "bucket"), _spelt(switched))


def _spelt(switched: Value) -> Value:
    """A flag as the API spells it."""
    if isinstance(switched, Choice):
        options = (Option(when, option and _spelt(option)) for when, option in switched.options)
        return replace(switched, options=tuple(options))
    known = {"true": "Enabled", "false": "Disabled"}.get(text(switched) or "")
    return replace(switched, value=known) if known and isinstance(switched, Known) else switched


READERS: Mapping[str, Reader] = {
    "aws_batch_job_definition": _job,
    "aws_ecs_task_definition": _containers,
    "aws_lambda_function": _function,
    "aws_s3_bucket_versioning": _versioning,
    "aws_ssm_parameter": _parameter,
    "backend.s3": _arguments(Keeper.BACKEND),
    "data.terraform_remote_state": _arguments(Keeper.BACKEND, "config"),
    "provider.aws": _arguments(Keeper.PROVIDER),
}
