"""From an EventBridge rule to a person."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.estate import Estate
from rootlint.model.remember import remembered
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.watch import EventRule, EventTarget, Listener
from rootlint.reason.alarm_links import triggered
from rootlint.reason.forwarding import forwarded, goes_to_bus
from rootlint.reason.people import reaches_person
from rootlint.reason.reach import THROUGH, Link, Reach, best, if_holds, unless_hidden, unsure


@remembered
def rule_reaches(estate: Estate, rule: EventRule) -> Reach:
    """Whether a person hears of an event that the rule matches."""
    nobody = Reach(Truth.NO, Link.TARGET, rule, "the rule has no target")
    paths = (*targets(estate, rule), *triggered(estate, rule), *_listened(estate, rule))
    return unless_hidden(best(paths, nobody), estate.hidden(rule.resource))


def targets(estate: Estate, rule: EventRule) -> Iterator[Reach]:
    """The rule's targets. What is not a topic of ours, a function or a queue, is somebody who hears."""
    for link in estate.linked(EventTarget, "rule", rule):
        target = link.thing
        if goes_to_bus(estate, target):
            path = forwarded(estate, rule, target)
        else:
            path = reaches_person(estate, target.target, rule, target.resource)
        yield if_holds(link.holds, path, unsure(target.resource, *unknowns(target.rule)))


def _listened(estate: Estate, rule: EventRule) -> Iterator[Reach]:
    for link in estate.linked(Listener, "source", rule):
        listener = link.thing
        hides = unsure(listener.resource, *unknowns(listener.source))
        yield if_holds(link.holds, THROUGH, hides)
