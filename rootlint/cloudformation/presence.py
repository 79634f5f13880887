"""Whether a resource, an output or a nested stack exists, and what says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.cloudformation.scope import NOWHERE, Scope, scenario
from rootlint.model.read import text
from rootlint.model.resource import Label
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Unknown, Why

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator

_MOST_STEPS = 1_000


class Presence(NamedTuple):
    """`because` says why it is not known, `switch` what turns it off. `scope` holds what it assumes."""

    exists: Truth = Truth.YES
    because: Unknown | None = None
    switch: Label | None = None
    scope: Scope = NOWHERE

    def inside(self, outer: Presence) -> Presence:
        """The presence of something in a nested stack: what is off outside is off inside."""
        if outer.exists is Truth.YES:
            return self
        if outer.exists is Truth.NO:
            return outer._replace(scope=self.scope)
        if self.exists is Truth.YES:
            return self._replace(exists=outer.exists, because=outer.because)
        return self


HERE = Presence()


def presence(evaluator: Evaluator, node: Mapping, scope: Scope = NOWHERE) -> Presence:
    """What the `Condition` of a resource or an output says under the values in force."""
    written = node.get("Condition")
    if written is None:
        return HERE if scope is NOWHERE else Presence(scope=scope)
    if not isinstance(written, Scalar):
        hidden = Unknown(Why.SYNTAX, "a condition is a name", evaluator.span(written))
        return Presence(Truth.UNKNOWN, hidden, scope=scope)
    name = written.text
    truth, because = evaluator.conditions.decide(name, scope.assumed)
    if truth is Truth.NO:
        return Presence(truth, switch=_switch(evaluator, name), scope=scope)
    if truth is Truth.YES:
        return Presence(scope=scope)
    assumed = scope.assuming(name, holds=True)
    detail = scenario(name, holds=True)
    undeclared = because is not None and because.why is Why.UNDECLARED
    why = Why.UNDECLARED if undeclared else Why.CONDITION
    hidden = Unknown(why, detail, evaluator.span(written))
    return Presence(truth, hidden, scope=assumed)


def _switch(evaluator: Evaluator, name: str) -> Label:
    """The value of a parameter that turns something off, or else the condition that does."""
    switches = evaluator.conditions.switches
    if name not in switches:
        switches[name] = _found_switch(evaluator, name)
    return switches[name]


def _found_switch(evaluator: Evaluator, name: str) -> Label:
    waiting: list[Node] = [node] if (node := evaluator.condition(name)) is not None else []
    for _ in range(_MOST_STEPS):
        if not waiting:
            break
        node = waiting.pop()
        found = _parameter(evaluator, node)
        if found is not None:
            return found
        waiting.extend(reversed(_below(evaluator, node)))
    return Label(evaluator.condition_span(name), f"`{name}` is false")


def _parameter(evaluator: Evaluator, node: Node) -> Label | None:
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


def _below(evaluator: Evaluator, node: Node) -> tuple[Node, ...]:
    """The nodes that a part of a condition is made of; another condition's formula for its name."""
    called = intrinsic(node)
    if called is None:
        return node.items if isinstance(node, Sequence) else ()
    name, argument = called
    if name == "Condition" and isinstance(argument, Scalar):
        found = evaluator.condition(argument.text)
        return (found,) if found is not None else ()
    return (argument,) if not isinstance(argument, Scalar) else ()
