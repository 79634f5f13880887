"""What holds in some scenarios of a unit only, what holds in all of them, and what in none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from rootlint.asking import ask
from rootlint.check import AnyCheck
from rootlint.finding import Broken, Finding, Open, Undecided
from rootlint.model.estate import Estate
from rootlint.model.unit import Scenario, Scenarios, Unit
from rootlint.model.value import Unknown

# Questions that are asked again times things of the whole estate: beyond it they stay as they are.
MOST_ASKED_AGAIN = 100_000
# The fewest conditions that tell of a fault are named, if they are so few.
_FEW = 2

_Fault = tuple[object, ...]
# A fault, by the number of the scenario in which it is.
_Where = dict[int, Finding]
# The scenarios of a unit, read when they are asked for.
Again = Callable[[Unit], Scenarios | None]
Precise = Callable[[list[Finding], Estate], Iterable[Finding]]


class Said(NamedTuple):
    """What checks have said of units, before it is merged over them."""

    findings: list[Finding]
    undecided: list[Open]
    broken: list[Broken]

    @staticmethod
    def nothing() -> Said:
        return Said([], [], [])

    def add(self, outcome: Finding | Open | Broken) -> None:
        match outcome:
            case Finding():
                self.findings.append(outcome)
            case Open():
                self.undecided.append(outcome)
            case Broken():
                self.broken.append(outcome)


def under_scenarios(
    checks: Sequence[AnyCheck], estate: Estate, said: Said, precise: Precise, again: Again
) -> Said:
    """What was said, with the answers that only the scenarios of each unit give.

    A fault in every scenario is a finding; one in some of them is undecided and names them; a
    question that no scenario leaves open, and of which none has the fault, is answered. In a large
    estate only checks that left a question open are asked again, and a unit is read only for them.
    """
    size = sum(len(unit.declares) for unit in estate.units)
    hanging = [unit for unit in estate.units if unit.hangs]
    all_names = {check.name for check in checks}
    is_small = size * len(all_names) * len(hanging) < MOST_ASKED_AGAIN
    asked = 0
    for unit in hanging:
        open_names = {found.check.name for found in said.undecided if unit.name in found.units}
        names = all_names if is_small else open_names
        scenarios = again(unit) if names and asked < MOST_ASKED_AGAIN else None
        if scenarios is None:
            continue
        asked += size * len(names) * len(scenarios.every)
        if asked < MOST_ASKED_AGAIN:
            asking = _Asking([check for check in checks if check.name in names], said, precise)
            inside = [asking.asked(estate, scenario) for scenario in scenarios.every]
            said = _refined(said, unit.name, scenarios, inside)
    return said


class _Asking(NamedTuple):
    """Which checks are asked again, and what all have said."""

    checks: Sequence[AnyCheck]
    said: Said
    precise: Precise

    def asked(self, estate: Estate, scenario: Scenario) -> Said:
        """What they say of a unit in a scenario, the rest of the estate being as it is."""
        unit = scenario.unit
        inside = estate.instead(unit)
        said = Said.nothing()
        for check in self.checks:
            for subject in inside.every(check.subject):
                if subject.resource.unit == unit.name:
                    for outcome in ask(check, subject, inside):
                        said.add(outcome)
        return said._replace(findings=self._precise(said.findings, inside))

    def _precise(self, findings: list[Finding], inside: Estate) -> list[Finding]:
        """Without what another fault explains, be it of a check that is not asked again."""
        again = {check.name for check in self.checks}
        others = [found for found in self.said.findings if found.check.name not in again]
        kept = {id(found) for found in self.precise([*others, *findings], inside)}
        return [found for found in findings if id(found) in kept]


def _refined(said: Said, name: str, scenarios: Scenarios, inside: Sequence[Said]) -> Said:
    faults = _faults(said, inside)
    told = Said([*said.findings], [], [*said.broken])
    for where in _everywhere(faults, scenarios):
        told.add(_told(scenarios, where))
    settled = {_about(found) for where in faults.values() for found in where.values()}
    still = {_about(found) for one in inside for found in one.undecided}
    for question in said.undecided:
        about = _about(question)
        answered = about in settled or (scenarios.complete and about not in still)
        if name not in question.units or not answered:
            told.add(question)
    bugs = (bug for one in inside for bug in one.broken)
    told.broken.extend(dict.fromkeys(bug for bug in bugs if bug not in said.broken))
    return told


def _faults(said: Said, inside: Sequence[Said]) -> dict[_Fault, _Where]:
    """Each fault that shows in scenarios only, by the number of the scenario."""
    known: dict[_Fault, set[_Fault]] = {}
    for found in said.findings:
        known.setdefault(_alike(found), set()).add(_fault(found))
    faults: dict[_Fault, _Where] = {}
    for number, one in enumerate(inside):
        here = {_fault(found) for found in one.findings}
        for found in one.findings:
            # A fault that is known for sure may show at another place in a scenario.
            same = known.get(_alike(found), set())
            if _fault(found) not in same and same <= here:
                faults.setdefault(_fault(found), {})[number] = found
    return faults


def _everywhere(faults: Mapping[_Fault, _Where], scenarios: Scenarios) -> Iterator[_Where]:
    """The faults, those that are one in every scenario, though at different places, as one."""
    alike: dict[_Fault, list[_Where]] = {}
    for where in faults.values():
        alike.setdefault(_alike(next(iter(where.values()))), []).append(where)
    for group in alike.values():
        whole = {number: found for where in group for number, found in where.items()}
        one_is_everywhere = any(_in_all(where, scenarios) for where in group)
        yield from [whole] if _in_all(whole, scenarios) and not one_is_everywhere else group


def _in_all(where: _Where, scenarios: Scenarios) -> bool:
    return scenarios.complete and len(where) == len(scenarios.every)


def _told(scenarios: Scenarios, where: _Where) -> Finding | Open:
    """A fault of some scenarios: undecided, unless it is one of all that there may be."""
    first = next(iter(where.values()))
    if _in_all(where, scenarios):
        return first
    violation = first.violation
    because = _fewest(scenarios.every, where)
    question = Undecided(violation.at, f"is it so? {violation.message}", because)
    return Open(first.check, first.resource, question, first.units)


def _fewest(every: Sequence[Scenario], where: _Where) -> tuple[Unknown, ...]:
    """The fewest words that hold only in scenarios with the fault; all of one where few do not do."""
    when = every[next(iter(where))].when
    for count in range(1, _FEW + 1):
        for words in combinations(when, count):
            if all(number in where for number in _holding(every, words)):
                return words
    return when


def _holding(every: Sequence[Scenario], words: tuple[Unknown, ...]) -> Iterator[int]:
    return (number for number, one in enumerate(every) if {*words} <= {*one.when})


def _fault(found: Finding) -> _Fault:
    return (found.check.name, found.violation.at, found.violation.message)


def _alike(found: Finding) -> _Fault:
    """What stays the same where a fault shows at another place."""
    return (*_about(found), found.violation.message)


def _about(found: Finding | Open) -> _Fault:
    return (found.check.name, found.resource.unit, found.resource.address)
