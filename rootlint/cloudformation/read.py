"""A template → its units: the stack with those that it nests, and one for each stack set."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rootlint.cloudformation.evaluate import Setting
from rootlint.cloudformation.load import load
from rootlint.cloudformation.parameter_files import ParameterFile, in_force
from rootlint.cloudformation.stack_sets import stack_sets
from rootlint.cloudformation.stacks import STACK_SET, Library, Stack, nested_paths
from rootlint.cloudformation.template import template_of
from rootlint.cloudformation.units import unit_of
from rootlint.collector import resting
from rootlint.model.resource import BlindSpot
from rootlint.model.unit import Unit
from rootlint.model.value import Unknown, Why
from rootlint.source import SourceFile, Sources, Span, Unreadable

_NESTING_WORDS = (
    "AWS::CloudFormation::Stack",
    STACK_SET,
    "AWS::Serverless::Application",
    "${file(",
)


def read(
    path: str,
    sources: Sources,
    *,
    region: str | None = None,
    partition: str = "aws",
    files: Iterable[ParameterFile] = (),
    templates: Collection[str] = (),
) -> tuple[Unit, ...]:
    """The unit of a template with the nested stacks that it reaches, and those of its stack sets.

    None where it is no template. `files` are those that may give it values, `templates` the files
    that it may nest, paths as in `sources`.
    """
    with resting():
        file = sources.read(path)
        document = load(file) if isinstance(file, SourceFile) else file
        if isinstance(document, Unreadable):
            return (_unread(path, document),)
        template = template_of(document)
        if template is None:
            return ()
        given = in_force(template, files)
        setting = Setting(path, "", region or given.region, partition)
        stack = Stack(Library(sources, templates), template, setting, given.values)
        sets = [inner for outer in stack.all() for inner in stack_sets(outer)]
        units = (
            unit_of(stack, document.notes, given.files),
            *(unit_of(inner) for inner in sets),
        )
        for done in (*sets, stack):
            done.release()
        return units


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
    because = Unknown(Why.SYNTAX, f"`{path}`: {problem.reason}", span)
    return Unit(path, blind_spots=(BlindSpot(because, anything=True),), unreadable=(problem,))
