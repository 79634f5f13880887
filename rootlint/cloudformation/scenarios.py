"""The scenarios of a unit: the ways in which the conditions that are not known may turn out.

A template whose conditions hang on a parameter without a value is read once more for each of them,
so that what holds in one only can be told with its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Mapped
from itertools import product
from math import prod
from typing import NamedTuple

from rootlint.cloudformation.assumed import Assumed
from rootlint.cloudformation.conditions import OTHER, domains_of
from rootlint.cloudformation.formula import World, atoms, subject_of
from rootlint.cloudformation.scope import scenario
from rootlint.cloudformation.stacks import Stack
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why

MOST_SCENARIOS = 32
# More conditions than these are not taken one by one either.
MOST_ALONE = 16
# Twelve comparisons, as for a single condition.
_MOST_TRIED = 4_096


class Told(NamedTuple):
    """What is taken for true, and the same in words, each with its place."""

    assumed: Assumed
    when: tuple[Unknown, ...]


def scenarios(stacks: Sequence[Stack]) -> tuple[tuple[Told, ...], bool]:
    """The scenarios of a unit, and whether one of them must hold; none where all is decided.

    Where they are too many, each condition is taken alone, to hold and not to hold.
    """
    found = _combined(stacks)
    if found is not None:
        return found, True
    alone = [told for stack in stacks for told in _alone(stack)]
    return tuple(alone[: 2 * MOST_ALONE]), False


def _combined(stacks: Sequence[Stack]) -> tuple[Told, ...] | None:
    """Every combination that differs in words; None where they are too many."""
    domains = _domains(stacks)
    if prod(len(domain) for domain in domains.values()) > _MOST_TRIED:
        return None
    found: dict[tuple[Unknown, ...], Told] = {}
    for values in product(*domains.values()):
        told = _told(stacks, dict(zip(domains, values, strict=True)))
        if told.when:
            found[told.when] = _both(found.get(told.when), told)
        if len(found) > MOST_SCENARIOS:
            return None
    return tuple(found.values())


def _domains(stacks: Sequence[Stack]) -> dict[str, tuple[str, ...]]:
    """What each unknown may be, over all stacks of the unit."""
    found: dict[str, tuple[str, ...]] = {}
    for stack in stacks:
        evaluator = stack.evaluator
        for choice in evaluator.parameters.open:
            found[subject_of(choice.because)] = evaluator.allowed(choice.because) or (OTHER,)
        conditions = evaluator.conditions
        for subject, domain in domains_of(conditions.reached({*conditions.undecided})).items():
            found[subject] = tuple(dict.fromkeys((*found.get(subject, ()), *domain)))
    return found


def _both(first: Told | None, second: Told) -> Told:
    """One scenario for two that differ in a value of which the words do not tell."""
    if first is None:
        return second
    ours, theirs = first.assumed.values, second.assumed.values
    agreed = {name: value for name, value in ours.items() if theirs.get(name) == value}
    return first._replace(assumed=first.assumed._replace(values=agreed))


def _told(stacks: Sequence[Stack], values: Mapped[str, str]) -> Told:
    truths: dict[str, bool] = {}
    given: dict[str, str] = {}
    when: list[Unknown] = []
    for stack in stacks:
        for name, truth in _truths(stack, values):
            truths[stack.evaluator.setting.prefix + name] = truth
            when.append(_condition(stack, name, holds=truth))
        given.update(_given(stack, values))
        when.extend(_chosen(stack, values))
    return Told(Assumed(truths, given), tuple(when))


def _truths(stack: Stack, values: Mapped[str, str]) -> Iterator[tuple[str, bool]]:
    conditions = stack.evaluator.conditions
    world = World(conditions.reached({*conditions.undecided}), values)
    for name in conditions.undecided:
        truth = world.holds(name)
        if truth is not Truth.UNKNOWN:
            yield name, truth is Truth.YES


def _condition(stack: Stack, name: str, *, holds: bool) -> Unknown:
    evaluator = stack.evaluator
    words = scenario(evaluator.setting.prefix + name, holds=holds)
    return Unknown(Why.CONDITION, words, evaluator.condition_span(name))


def _given(stack: Stack, values: Mapped[str, str]) -> Iterator[tuple[str, str]]:
    """The values of parameters that a scenario settles, by what is said of the missing one."""
    conditions = stack.evaluator.conditions
    for formula in conditions.reached({*conditions.undecided}).values():
        for atom in atoms(formula):
            value = values.get(atom.subject, OTHER)
            if value != OTHER and atom.subject == subject_of(atom.because):
                yield atom.because.detail, value
    for choice in stack.evaluator.parameters.open:
        yield choice.because.detail, values[subject_of(choice.because)]


def _chosen(stack: Stack, values: Mapped[str, str]) -> Iterator[Unknown]:
    """In words, the values of parameters that stand for themselves somewhere."""
    for choice in stack.evaluator.parameters.open:
        value = values[subject_of(choice.because)]
        for when, option in choice.options:
            if text(option) == value:
                yield Unknown(Why.PARAMETER, when, choice.span)


def _alone(stack: Stack) -> Iterator[Told]:
    for name in stack.evaluator.conditions.undecided:
        for holds in (True, False):
            assumed = Assumed({stack.evaluator.setting.prefix + name: holds})
            yield Told(assumed, (_condition(stack, name, holds=holds),))
