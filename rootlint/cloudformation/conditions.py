"""Conditions: what is decided by the values in force, and in which scenarios the rest holds.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.formula import (
    MOST_SCENARIOS,
    World,
    atoms,
    named_in,
    read_formula,
)
from rootlint.model.resource import Label
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator
    from rootlint.cloudformation.formula import Formula

MOST_STEPS = 400_000


class Decision(NamedTuple):
    """Whether a condition holds; `because` is what hides it."""

    truth: Truth
    because: Unknown | None = None


class Conditions:
    """The conditions of one template, each worked out once for each set of assumptions.

    `switches` keeps what was found to turn a condition off.
    """

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._formulas: dict[str, Formula] = {}
        self._decided: dict[tuple[str, frozenset[tuple[str, bool]]], Truth] = {}
        self._hidden: dict[str, Unknown] = {}
        self.switches: dict[str, Label] = {}
        self._steps = 0

    def decide(self, name: str, assumed: frozenset[tuple[str, bool]]) -> Decision:
        """Whether the condition holds where others are assumed to hold or not to hold."""
        taken = self._taken(name, assumed)
        if taken is not None:
            return Decision(Truth.of(taken))
        key = (name, assumed)
        if key not in self._decided:
            self._decided[key] = self._work_out(name, assumed)
        truth = self._decided[key]
        if truth is not Truth.UNKNOWN:
            return Decision(truth)
        if name not in self._hidden:
            self._hidden[name] = self._because(name)
        return Decision(truth, self._hidden[name])

    def _taken(self, name: str, assumed: frozenset[tuple[str, bool]]) -> bool | None:
        """What a condition is taken for, by those that led here or by the scenario."""
        if (name, True) in assumed or (name, False) in assumed:
            return (name, True) in assumed
        setting = self._evaluator.setting
        return setting.assumed.truths.get(setting.prefix + name)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The conditions that were asked for and are not known."""
        return tuple(self._hidden)

    def formula(self, name: str) -> Formula:
        """The formula of a condition; what is not declared is unknown."""
        if name not in self._formulas:
            self._formulas[name] = read_formula(self._evaluator, name)
        return self._formulas[name]

    def _work_out(self, name: str, assumed: frozenset[tuple[str, bool]]) -> Truth:
        """The answer that all scenarios that fit the assumptions give; UNKNOWN where they differ."""
        if self._steps > MOST_STEPS:
            return Truth.UNKNOWN
        formulas = self.reached({name, *(other for other, _ in assumed)})
        domains = domains_of(formulas)
        scenarios = _scenarios(domains)
        size = sum(len(formula.parts) for formula in formulas.values())
        if scenarios > MOST_SCENARIOS:
            self._steps += size
            return World(formulas, {}).holds(name)
        self._steps += scenarios * size
        answers = set(_answers(name, assumed, formulas, domains))
        return answers.pop() if len(answers) == 1 else Truth.UNKNOWN

    def reached(self, names: set[str]) -> dict[str, Formula]:
        """The formulas of some conditions and of those that they are made of."""
        found: dict[str, Formula] = {}
        waiting = sorted(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self.formula(name)
                waiting.extend(named_in(found[name]))
        return found

    def _because(self, name: str) -> Unknown:
        span = self._evaluator.condition_span(name)
        if self._steps > MOST_STEPS:
            return Unknown(Why.LIMIT, "the conditions are too many to work out", span)
        formulas = self.reached({name})
        if _scenarios(domains_of(formulas)) > MOST_SCENARIOS:
            detail = f"`{name}` hangs on too many unknown comparisons"
            return Unknown(Why.LIMIT, detail, span)
        hidden = next(iter(_hidden(formulas[name], formulas)), None)
        if hidden is None or hidden.why is Why.CONDITION:
            return hidden or Unknown(Why.CONDITION, f"`{name}` is not known", span)
        return Unknown(Why.CONDITION, f"`{name}` is not known: {hidden.detail}", span)


# No text that a template can hold: what a value is that equals nothing that is written.
OTHER = "\0other"


def domains_of(formulas: Mapped[str, Formula]) -> dict[str, tuple[str, ...]]:
    """What each unknown may be, as far as the formulas tell it apart."""
    mentioned: dict[str, dict[str, None]] = {}
    limits: dict[str, tuple[str, ...] | None] = {}
    for formula in formulas.values():
        for atom in atoms(formula):
            mentioned.setdefault(atom.subject, {})[atom.literal] = None
            limits[atom.subject] = atom.allowed
    return {
        subject: limits[subject] or (*literals, OTHER) for subject, literals in mentioned.items()
    }


def _scenarios(domains: Mapped[str, tuple[str, ...]]) -> int:
    return prod(len(domain) for domain in domains.values())


def _answers(
    name: str,
    assumed: frozenset[tuple[str, bool]],
    formulas: Mapped[str, Formula],
    domains: Mapped[str, tuple[str, ...]],
) -> Iterator[Truth]:
    """The answer in each scenario in which the assumptions may hold."""
    for values in product(*domains.values()):
        world = World(formulas, dict(zip(domains, values, strict=True)))
        if all(world.holds(other) is not Truth.of(not expected) for other, expected in assumed):
            yield world.holds(name)


def _hidden(formula: Formula, formulas: Mapped[str, Formula]) -> Iterator[Unknown]:
    """What is not known in a formula and in those that it names."""
    seen: set[str] = set()
    waiting: list[Formula] = [formula]
    while waiting:
        current = waiting.pop()
        yield from (atom.because for atom in atoms(current))
        yield from current.hidden()
        for name in named_in(current):
            if name not in seen:
                seen.add(name)
                waiting.append(formulas[name])
