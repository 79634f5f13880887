"""Whether a resource, an output or a nested stack exists, and what says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.nodes import Mapping, Scalar
from rootlint.cloudformation.scope import NOWHERE, Scope, scenario
from rootlint.cloudformation.switch import switch
from rootlint.model.resource import Label
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator


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
        hidden = Unknown(Why.BROKEN, "a condition is a name", evaluator.span(written))
        return Presence(Truth.UNKNOWN, hidden, scope=scope)
    name = scope.filled(written.text)
    truth, because = evaluator.conditions.decide(name, scope.assumed)
    if truth is Truth.NO:
        return Presence(truth, switch=switch(evaluator, name), scope=scope)
    if truth is Truth.YES:
        return Presence(scope=scope)
    assumed = scope.assuming(name, holds=True)
    detail = scenario(evaluator.setting.prefix + name, holds=True)
    undeclared = because is not None and because.why is Why.UNDECLARED
    why = Why.UNDECLARED if undeclared else Why.CONDITION
    hidden = Unknown(why, detail, evaluator.span(written))
    return Presence(truth, hidden, scope=assumed)
