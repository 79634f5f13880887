"""Which value turns a condition off: the place that a report points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootlint.cloudformation.formula import Fixed, Joined, Named, Part, World
from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.model.read import text
from rootlint.model.resource import Label
from rootlint.model.truth import Truth
from rootlint.model.value import Known

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator

_MOST_STEPS = 1_000


def switch(evaluator: Evaluator, name: str) -> Label:
    """The value of a parameter that makes a condition false, or else the condition itself."""
    switches = evaluator.conditions.switches
    if name not in switches:
        compared = _compared(evaluator, name)
        label = _parameter(evaluator, compared) if compared is not None else None
        switches[name] = label or Label(evaluator.condition_span(name), f"`{name}` is false")
    return switches[name]


def _compared(evaluator: Evaluator, name: str) -> Node | None:
    """The comparison that makes a condition what it is."""
    conditions = evaluator.conditions
    world = World(conditions.reached({name}), {})
    part: Part = Named(name)
    for _ in range(_MOST_STEPS):
        match part:
            case Named():
                part = conditions.formula(part.name).top
            case Joined():
                part = _decisive(part, world)
            case Fixed():
                return part.node
            case _:
                return None
    return None


def _decisive(joined: Joined, world: World) -> Part:
    """The part that decides: of an `And` that is false a false one, of an `Or` that is true a true one."""
    decides = Truth.YES if joined.operator == "Fn::Or" else Truth.NO
    return next((part for part in joined.parts if world.part(part) is decides), joined.parts[0])


def _parameter(evaluator: Evaluator, node: Node) -> Label | None:
    """The first parameter in a comparison of which the value is known, and that value."""
    waiting = [node]
    for _ in range(_MOST_STEPS):
        if not waiting:
            break
        current = waiting.pop()
        found = _value(evaluator, current)
        if found is not None:
            return found
        waiting.extend(reversed(_below(current)))
    return None


def _value(evaluator: Evaluator, node: Node) -> Label | None:
    called = intrinsic(node)
    if called is None or called[0] != "Ref" or not isinstance(called[1], Scalar):
        return None
    if called[1].text not in evaluator.parameters:
        return None
    value = evaluator.parameters.value(called[1].text)
    if not isinstance(value, Known):
        return None
    said = f"`{text(value) or ''}`"
    return Label(value.span, f"{said} {value.note}" if value.note else said)


def _below(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    return tuple(value for _, value in node.entries.values()) if isinstance(node, Mapping) else ()
