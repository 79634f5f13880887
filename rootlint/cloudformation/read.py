"""A template → the unit that it makes: its resources, what they declare, and what is hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Mapped
from dataclasses import replace

from rootlint.cloudformation.blind import beyond, hidden_resources, leads_out, macros, opaque, pack
from rootlint.cloudformation.evaluate import Setting
from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Mapping
from rootlint.cloudformation.parameter_files import ParameterFile, in_force
from rootlint.cloudformation.presence import presence
from rootlint.cloudformation.resources import made
from rootlint.cloudformation.scenarios import scenarios
from rootlint.cloudformation.stacks import Library, Stack, nested_paths
from rootlint.cloudformation.template import Template, badly_shaped, template_of
from rootlint.cloudformation.vocabulary.declare import declared, is_known
from rootlint.collector import resting
from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Scenario, Scenarios, Unit
from rootlint.model.value import Unknown, Value, Why
from rootlint.source import SourceFile, Sources, Span, Unreadable

# What all scenarios of a template may declare together.
MOST_READ_AGAIN = 20_000
_NESTING_WORDS = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application", "${file(")


def read(
    path: str,
    sources: Sources,
    *,
    region: str | None = None,
    partition: str = "aws",
    files: Iterable[ParameterFile] = (),
    templates: Collection[str] = (),
) -> Unit | None:
    """The unit of a template with the nested stacks that it reaches; None where it is no template.

    `files` are those that may give it values, `templates` the files that it may nest, paths as in `sources`.
    """
    with resting():
        file = sources.read(path)
        document = load(file) if isinstance(file, SourceFile) else file
        if isinstance(document, Unreadable):
            return _unread(path, document)
        template = template_of(document)
        if template is None:
            return None
        library = Library(sources, templates)
        given = in_force(template, files)
        setting = Setting(path, "", region or given.region, partition)
        stack = Stack(library, template, setting, given.values)
        unit = _unit(path, stack, document.notes)
        whole = replace(
            unit,
            scenarios=_scenarios(unit, stack, library, given.values),
            values_from=given.files,
            concealed=tuple(place for found in stack.all() for place in _concealed(found)),
        )
        stack.release()
        return whole


def _scenarios(
    unit: Unit, stack: Stack, library: Library, parameters: Mapped[str, Value]
) -> Scenarios | None:
    """The unit once more, under each way in which its open conditions may turn out."""
    told, complete = scenarios(tuple(stack.all()))
    if not told or len(told) * len(unit.declares) > MOST_READ_AGAIN:
        return None
    setting = stack.evaluator.setting
    found = []
    for assumed, when in told:
        inside = setting._replace(assumed=assumed)
        again = Stack(library.afresh(), stack.template, inside, parameters)
        found.append(Scenario(when, _unit(unit.name, again, ())))
        again.release()
    return Scenarios(tuple(found), complete)


def _concealed(stack: Stack) -> Iterator[Span]:
    """Where masked values are written: the default, and what is given."""
    parameters = stack.evaluator.parameters
    return (place for name in parameters.masked for place in parameters.places(name))


def nested(path: str, sources: Sources) -> tuple[str, ...]:
    """The paths of the templates that a template nests, whether or not there are such files."""
    file = sources.read(path)
    if not isinstance(file, SourceFile) or not any(word in file.text for word in _NESTING_WORDS):
        return ()
    document = load(file)
    template = None if isinstance(document, Unreadable) else template_of(document)
    return tuple(nested_paths(template)) if template is not None else ()


def _unread(path: str, problem: Unreadable) -> Unit:
    span = problem.span or Span(path, 0, 0)
    because = Unknown(Why.SYNTAX, f"`{path}`: {problem.reason}", span)
    return Unit(path, blind_spots=(BlindSpot(because, anything=True),), unreadable=(problem,))


def _unit(path: str, top: Stack, notes: tuple[Unreadable, ...]) -> Unit:
    declares: list[Declared] = []
    resources: dict[int, Resource] = {}
    blind: list[BlindSpot] = []
    doors: list[Door] = []
    faults: list[Unreadable] = [*notes]
    for stack in top.all():
        found = tuple(_faults(stack.template))
        faults += found
        blind += (BlindSpot(_behind(fault), anything=True) for fault in found)
        blind += macros(stack.template)
        blind += beyond(stack)
        blind += pack(stack.template)
        blind += hidden_resources(stack)
        for written in made(stack, _is_wanted):
            resource = written.resource
            if is_known(resource.kind):
                resources[id(resource)] = resource
                for thing in declared(written):
                    declares.append(thing)
                    resources[id(thing.resource)] = thing.resource
            if leads_out(resource.kind):
                blind += opaque(stack, resource, written.name)
        doors += _doors(stack, only_exports=stack is not top)
    return Unit(
        path,
        tuple(declares),
        tuple(resources.values()),
        tuple(blind),
        tuple(doors),
        tuple(faults),
    )


def _is_wanted(kind: str) -> bool:
    return is_known(kind) or leads_out(kind)


def _faults(template: Template) -> Iterator[Unreadable]:
    yield from template.faults
    yield from badly_shaped(template)


def _behind(fault: Unreadable) -> Unknown:
    span = fault.span or Span(fault.path, 0, 0)
    return Unknown(Why.SYNTAX, fault.reason, span)


def _doors(stack: Stack, *, only_exports: bool) -> Iterator[Door]:
    """The outputs of a stack; those of a nested one stay inside, unless they are exported."""
    evaluator = stack.evaluator
    for name, copy in evaluator.outputs.items():
        node = copy.node
        if copy.hidden is not None:
            hidden = evaluator.evaluate(node, copy.scope)
            if hidden is not None and not only_exports:
                yield Door(name, hidden)
        elif (
            isinstance(node, Mapping)
            and presence(evaluator, node, copy.scope).exists is not Truth.NO
        ):
            export = node.get("Export")
            named = export.get("Name") if isinstance(export, Mapping) else None
            value = None if only_exports and named is None else stack.own_output(name)
            if value is not None:
                exported = evaluator.evaluate(named, copy.scope) if named is not None else None
                yield Door(name, value, exported)
