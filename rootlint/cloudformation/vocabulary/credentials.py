"""Values that are handed over in the clear: variables of functions, containers and builds, parameters.

Properties as on the pages of the resources below. By default a variable of a build is PLAINTEXT:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-environmentvariable.html
A template cannot make an `AWS::SSM::Parameter` that is encrypted:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, text
from rootlint.model.credentials import ClearText, Keeper
from rootlint.model.read import each
from rootlint.model.read import text as known_text
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Map, Value


def variables(written: Written) -> Iterator[Declared]:
    """The environment of a function."""
    resource = written.resource
    for environment in each(field(resource.body, "Environment")):
        found = field(environment, "Variables")
        if isinstance(found, Map):
            for name, value in found.entries.items():
                named = Known(name, found.keys.get(name, value.span))
                yield ClearText(resource, Keeper.ENVIRONMENT, named, value)


def built(written: Written) -> Iterator[Declared]:
    """The variables of a build; those that are looked up elsewhere hold a name only."""
    environment = field(written.resource.body, "Environment")
    for variable in each(field(environment, "EnvironmentVariables")):
        if known_text(field(variable, "Type")) in {None, "PLAINTEXT"}:
            yield from _variable(written.resource, variable)


def _containers(written: Written) -> Iterator[Declared]:
    for container in each(field(written.resource.body, "ContainerDefinitions")):
        yield from _listed(written.resource, container)


def _job(written: Written) -> Iterator[Declared]:
    yield from _listed(written.resource, field(written.resource.body, "ContainerProperties"))


def _listed(resource: Resource, container: Value | None) -> Iterator[Declared]:
    for variable in each(field(container, "Environment")):
        yield from _variable(resource, variable)


def _variable(resource: Resource, variable: Value) -> Iterator[Declared]:
    value = text(variable, "Value")
    if value is not None:
        yield ClearText(resource, Keeper.ENVIRONMENT, text(variable, "Name"), value)


def _parameter(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    value = text(body, "Value")
    if value is not None:
        yield ClearText(written.resource, Keeper.PARAMETER, text(body, "Name"), value)


READERS: Mapping[str, Reader] = {
    "AWS::Batch::JobDefinition": _job,
    "AWS::ECS::TaskDefinition": _containers,
    "AWS::SSM::Parameter": _parameter,
}
