"""A template → its units: the stack with those that it nests, and one for each stack set."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from rootlint.cloudformation.evaluate import Setting
from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document
from rootlint.cloudformation.parameter_files import ParameterFile, in_force
from rootlint.cloudformation.stack_sets import stack_sets
from rootlint.cloudformation.stacks import STACK_SET, Library, Stack, nested_paths
from rootlint.cloudformation.template import Template, template_of
from rootlint.cloudformation.units import scenarios_of, unit_of
from rootlint.collector import resting
from rootlint.model.resource import BlindSpot
from rootlint.model.unit import Scenarios, Unit
from rootlint.model.value import Unknown, Why
from rootlint.source import SourceFile, Sources, Span, Unreadable

_NESTING_WORDS = (
    "AWS::CloudFormation::Stack",
    STACK_SET,
    "AWS::Serverless::Application",
    "${file(",
    "AWS::Include",
)


class Reading(NamedTuple):
    """How templates are read. `files` may give them values, `templates` are files that they may nest."""

    sources: Sources
    region: str | None = None
    partition: str = "aws"
    files: Iterable[ParameterFile] = ()
    templates: Collection[str] = ()


def read(path: str, reading: Reading) -> tuple[Unit, ...]:
    """The unit of a template with the nested stacks that it reaches, and those of its stack sets.

    None where it is no template.
    """
    with resting():
        document = _document(path, reading.sources)
        if isinstance(document, Unreadable):
            return (_unread(path, document),)
        template = template_of(document)
        if template is None:
            return ()
        stack, files = _stack(template, reading)
        sets = tuple(stack_sets(stack))
        units = (
            unit_of(stack, document.notes, files),
            *(unit_of(inner) for inner in sets),
        )
        for done in (*sets, stack):
            done.release()
        return units


def scenarios(path: str, name: str, reading: Reading) -> Scenarios | None:
    """The scenarios of the unit of that name, which a template makes."""
    with resting():
        document = _document(path, reading.sources)
        template = None if isinstance(document, Unreadable) else template_of(document)
        if template is None:
            return None
        stack, _ = _stack(template, reading)
        every = [stack, *stack_sets(stack)]
        wanted = next((found for found in every if found.evaluator.setting.unit == name), None)
        told = scenarios_of(wanted) if wanted is not None else None
        for done in reversed(every):
            done.release()
        return told


def _document(path: str, sources: Sources) -> Document | Unreadable:
    file = sources.read(path)
    return load(file) if isinstance(file, SourceFile) else file


def _stack(template: Template, reading: Reading) -> tuple[Stack, tuple[str, ...]]:
    """The stack of a template, and the files that gave it values."""
    given = in_force(template, reading.files)
    region = reading.region or given.region
    setting = Setting(
        template.file.path, region=region, partition=reading.partition, stack=given.stack
    )
    library = Library(reading.sources, reading.templates)
    return Stack(library, template, setting, given.values), given.files


def nested(path: str, sources: Sources, paths: Collection[str]) -> tuple[str, ...]:
    """The paths of the templates that a template nests: of `paths`, or written as paths of files that are not there."""
    file = sources.read(path)
    if not isinstance(file, SourceFile) or not any(word in file.text for word in _NESTING_WORDS):
        return ()
    document = load(file)
    template = None if isinstance(document, Unreadable) else template_of(document)
    return tuple(nested_paths(template, paths)) if template is not None else ()


def _unread(path: str, problem: Unreadable) -> Unit:
    span = problem.span or Span(path, 0, 0)
    because = Unknown(Why.BROKEN, f"`{path}`: {problem.reason}", span)
    return Unit(path, blind_spots=(BlindSpot(because, anything=True),), unreadable=(problem,))
