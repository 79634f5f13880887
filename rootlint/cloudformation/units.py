"""A stack → the unit that it makes: its resources, what they declare, what is hidden, what leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rootlint.cloudformation.blind import beyond, hidden_resources, leads_out, macros, opaque, pack
from rootlint.cloudformation.defaults import defaults
from rootlint.cloudformation.nodes import Mapping
from rootlint.cloudformation.presence import presence
from rootlint.cloudformation.properties import settle
from rootlint.cloudformation.resources import Written, made
from rootlint.cloudformation.scenarios import scenarios
from rootlint.cloudformation.stacks import Stack
from rootlint.cloudformation.template import Template, badly_shaped
from rootlint.cloudformation.vocabulary.declare import declared, is_known
from rootlint.cloudformation.vocabulary.kinds import BUCKET
from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.same import choices
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Scenario, Scenarios, Unit
from rootlint.model.value import Unknown, Why
from rootlint.model.watch import Trail
from rootlint.source import Span, Unreadable

# How many resources all scenarios of a template may read again together.
MOST_READ_AGAIN = 5_000


class _Part(NamedTuple):
    """A resource of the template, and what it declares."""

    resource: Resource
    things: tuple[Declared, ...]


def unit_of(stack: Stack, notes: tuple[Unreadable, ...] = (), files: tuple[str, ...] = ()) -> Unit:
    """The unit of a stack with those that it nests. `files` are those that gave it values."""
    return _with(*_read(stack, notes, files))


def scenarios_of(stack: Stack) -> Scenarios | None:
    """The unit of a stack, under each way in which its open conditions may turn out.

    Only what hangs on them is read again. None where nothing does, or more than can be read.
    """
    unit, parts = _read(stack, (), ())
    hanging = {part.resource.address for part in parts if _hangs(part.resource)}
    told, complete = scenarios(tuple(stack.all())) if hanging else ((), True)
    if not told or len(told) * len(hanging) > MOST_READ_AGAIN:
        return None
    found = []
    for assumed, when in told:
        again = stack.again(stack.evaluator.setting._replace(assumed=assumed))
        read = {
            written.resource.address: _part(written)
            for inner in again.all()
            for written in made(inner, lambda _, address: address in hanging)
        }
        changed = (read.get(part.resource.address, part) for part in parts)
        found.append(Scenario(when, _with(unit, changed)))
        again.release()
    return Scenarios(tuple(found), complete)


def _read(
    stack: Stack, notes: tuple[Unreadable, ...], files: tuple[str, ...]
) -> tuple[Unit, list[_Part]]:
    parts: list[_Part] = []
    blind: list[BlindSpot] = []
    doors: list[Door] = []
    faults: list[Unreadable] = [*notes]
    for inner in stack.all():
        found = tuple(_faults(inner.template))
        faults += found
        blind += (BlindSpot(_behind(fault), anything=True) for fault in found)
        blind += _hidden(inner)
        parts += (_Part(found.resource, (found,)) for found in defaults(inner))
        for written in made(inner, _is_wanted):
            parts.append(_part(written))
            if leads_out(written.resource.kind):
                blind += opaque(inner, written.resource, written.name)
        doors += _doors(inner, only_exports=inner is not stack)
    unit = Unit(
        stack.evaluator.setting.unit,
        blind_spots=tuple(blind),
        doors=tuple(doors),
        unreadable=tuple(faults),
        hangs=any(inner.evaluator.hangs for inner in stack.all()),
        values_from=files,
        concealed=tuple(place for inner in stack.all() for place in _concealed(inner)),
    )
    return unit, parts


def _part(written: Written) -> _Part:
    known = is_known(written.resource.kind)
    return _Part(written.resource, tuple(declared(written)) if known else ())


def _with(unit: Unit, parts: Iterable[_Part]) -> Unit:
    """The unit with what its parts declare. Nothing more is worked out of them."""
    kept = tuple(parts)
    things = tuple(thing for part in kept for thing in part.things)
    by_name = any(isinstance(thing, Trail) for thing in things)
    resources: dict[int, Resource] = {}
    for own, inside in kept:
        if by_name and own.kind == BUCKET:
            own.body.get("BucketName")  # trails deliver to it
        settle(own.body)
        if is_known(own.kind):
            resources[id(own)] = own
            for thing in inside:
                resources[id(thing.resource)] = thing.resource
    return replace(unit, declares=things, resources=tuple(resources.values()))


def _hidden(stack: Stack) -> Iterator[BlindSpot]:
    yield from macros(stack)
    yield from beyond(stack)
    yield from pack(stack.template)
    yield from hidden_resources(stack)


def _hangs(resource: Resource) -> bool:
    """Whether anything of a resource is different in another scenario."""
    return resource.exists is Truth.UNKNOWN or any(
        True for value in resource.body.entries.values() for _ in choices(value)
    )


def _concealed(stack: Stack) -> Iterator[Span]:
    """Where masked values are written: the default, and what is given."""
    parameters = stack.evaluator.parameters
    return (place for name in parameters.masked for place in parameters.places(name))


def _is_wanted(kind: str, address: str) -> bool:  # noqa: ARG001 - wherever it stands
    return is_known(kind) or leads_out(kind)


def _faults(template: Template) -> Iterator[Unreadable]:
    yield from template.faults
    yield from badly_shaped(template)


def _behind(fault: Unreadable) -> Unknown:
    span = fault.span or Span(fault.path, 0, 0)
    return Unknown(Why.BROKEN, fault.reason, span)


def _doors(stack: Stack, *, only_exports: bool) -> Iterator[Door]:
    """The outputs of a stack; those of a nested one stay inside, unless they are exported."""
    evaluator = stack.evaluator
    for name, copy in evaluator.outputs.items():
        node = copy.node
        if copy.hidden is not None:
            hidden = copy.evaluator.evaluate(node, copy.scope)
            if hidden is not None and not only_exports:
                yield Door(name, hidden)
        elif (
            isinstance(node, Mapping)
            and presence(copy.evaluator, node, copy.scope).exists is not Truth.NO
        ):
            export = node.get("Export")
            named = export.get("Name") if isinstance(export, Mapping) else None
            value = None if only_exports and named is None else stack.own_output(name)
            if value is not None:
                exported = copy.evaluator.evaluate(named, copy.scope) if named is not None else None
                yield Door(name, value, exported)
