"""A stack → the unit that it makes: its resources, what they declare, what is hidden, what leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.cloudformation.blind import beyond, hidden_resources, leads_out, macros, opaque, pack
from rootlint.cloudformation.nodes import Mapping
from rootlint.cloudformation.presence import presence
from rootlint.cloudformation.resources import made
from rootlint.cloudformation.scenarios import scenarios
from rootlint.cloudformation.stacks import Stack
from rootlint.cloudformation.template import Template, badly_shaped
from rootlint.cloudformation.vocabulary.declare import declared, is_known
from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Scenario, Scenarios, Unit
from rootlint.model.value import Unknown, Why
from rootlint.source import Span, Unreadable

# What all scenarios of a template may declare together.
MOST_READ_AGAIN = 20_000


def unit_of(stack: Stack, notes: tuple[Unreadable, ...] = (), files: tuple[str, ...] = ()) -> Unit:
    """The unit of a stack with those that it nests. `files` are those that gave it values."""
    unit = _unit(stack, notes)
    return replace(
        unit,
        scenarios=_scenarios(unit, stack),
        values_from=files,
        concealed=tuple(place for found in stack.all() for place in _concealed(found)),
    )


def _scenarios(unit: Unit, stack: Stack) -> Scenarios | None:
    """The unit once more, under each way in which its open conditions may turn out."""
    told, complete = scenarios(tuple(stack.all()))
    if not told or len(told) * len(unit.declares) > MOST_READ_AGAIN:
        return None
    setting = stack.evaluator.setting
    found = []
    for assumed, when in told:
        inside = setting._replace(assumed=assumed)
        again = stack.again(inside)
        found.append(Scenario(when, _unit(again, ())))
        again.release()
    return Scenarios(tuple(found), complete)


def _concealed(stack: Stack) -> Iterator[Span]:
    """Where masked values are written: the default, and what is given."""
    parameters = stack.evaluator.parameters
    return (place for name in parameters.masked for place in parameters.places(name))


def _unit(top: Stack, notes: tuple[Unreadable, ...]) -> Unit:
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
        top.evaluator.setting.unit,
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
