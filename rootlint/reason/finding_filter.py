"""Whether a GuardDuty filter takes the finding that says that root's credentials were used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rootlint.embedded import parse_json
from rootlint.model.read import elements, number, text
from rootlint.model.same import same, unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Known, Map, Unknown, Value, Why
from rootlint.reason.starred import fits
from rootlint.source import Span

ROOT_FINDING = "Policy:IAMUser/RootCredentialUsage"
# What holds of each such finding. Its severity is Low, which stands for the numbers 1 to 3:
# https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-guardduty-filter-findingcriteria.html
_FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "type": (ROOT_FINDING,),
    "severity": ("1", "2", "3"),
    "resource.resourceType": ("AccessKey",),
    "resource.accessKeyDetails.userType": ("Root",),
    "service.archived": ("false",),
})  # fmt: skip
# What is there and differs from one such finding to the next; other findings have other parts, and a
# criterion on a part that is not there takes nothing:
# https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-summary.html
_DIFFERS = (
    "accountId",
    "confidence",
    "createdAt",
    "id",
    "region",
    "resource.accessKeyDetails.",
    "service.action.actionType",
    "service.action.awsApiCallAction.",
    "service.count",
    "service.detectorId",
    "updatedAt",
)
_NUMBERS: Mapping[str, Callable[[float, float], bool]] = MappingProxyType({
    "GreaterThan": lambda fact, wanted: fact > wanted,
    "GreaterThanOrEqual": lambda fact, wanted: fact >= wanted,
    "LessThan": lambda fact, wanted: fact < wanted,
    "LessThanOrEqual": lambda fact, wanted: fact <= wanted,
})  # fmt: skip


class Taken(NamedTuple):
    """Whether a filter takes the finding.

    `narrowed` are the criteria on what differs from one such finding to the next (an account, an
    address): where there are some, only the findings that meet them are taken.
    """

    truth: Truth
    narrowed: tuple[Value, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def takes(criteria: Value | None) -> Taken:
    """What a filter makes of the finding. Criteria are ANDed; so are the conditions of one.

    https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_filter-findings.html
    """
    items, hidden = elements(criteria)
    decided = [(item, _criterion(item)) for item in items]
    truth = all_of(answer for _, answer in decided if answer is not None)
    if hidden is not None:
        truth &= Truth.UNKNOWN
    narrowed = tuple(item for item, answer in decided if answer is None)
    return Taken(truth, narrowed, _open(truth, decided, hidden))


def takes_all(criteria: str) -> bool:
    """Whether criteria, as JSON, take every finding of the kind or some of them; for replays."""
    return takes(parse_json(Known(criteria, Span("", 0, 0)))).truth is Truth.YES


def _open(
    truth: Truth, decided: list[tuple[Value, Truth | None]], hidden: Unknown | None
) -> tuple[Unknown, ...]:
    if truth is not Truth.UNKNOWN:
        return ()
    holes = [hole for item, answer in decided if answer is Truth.UNKNOWN for hole in _why(item)]
    return (*holes, hidden) if hidden is not None else tuple(holes)


def _why(criterion: Value) -> Iterator[Unknown]:
    holes = tuple(unknowns(criterion))
    yield from holes
    if not holes:
        detail = "what the finding of root's credentials has in this field"
        yield Unknown(Why.UNSPECIFIED, detail, criterion.span)


def _criterion(criterion: Value) -> Truth | None:
    """Whether a criterion is met; None where that differs from one finding to the next."""
    field = text(criterion.get("Field")) if isinstance(criterion, Map) else None
    if not isinstance(criterion, Map) or field is None:
        return Truth.UNKNOWN
    facts = _FACTS.get(field)
    if facts is None and field.startswith(_DIFFERS):
        return None
    if facts is None:
        return Truth.UNKNOWN if _only_excludes(criterion) else Truth.NO
    answers = {_meets(criterion, fact) for fact in facts}
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


def _only_excludes(criterion: Map) -> bool:
    """Whether a part that is not there may meet a criterion all the same: GuardDuty does not say."""
    names = criterion.entries.keys() - {"Field"}
    return criterion.rest is not None or all(name.startswith("Not") for name in names)


def _meets(criterion: Map, fact: str) -> Truth:
    conditions = ((name, x) for name, x in criterion.entries.items() if name != "Field")
    truth = all_of(_condition(name, wanted, fact) for name, wanted in conditions)
    return truth if criterion.rest is None else truth & Truth.UNKNOWN


def _condition(name: str, wanted: Value, fact: str) -> Truth:
    if name in _NUMBERS:
        value, limit = number(Known(fact, wanted.span)), number(wanted)
        if value is None or limit is None:
            return Truth.UNKNOWN
        return Truth.of(_NUMBERS[name](value, limit))
    items, hidden = elements(wanted)
    if name in {"Equals", "NotEquals"}:
        found = any_of(same(item, Known(fact, item.span)) for item in items)
    elif name in {"Matches", "NotMatches"}:
        found = any_of(_fits(item, fact) for item in items)
    else:
        return Truth.UNKNOWN
    if hidden is not None:
        found |= Truth.UNKNOWN
    return ~found if name.startswith("Not") else found


def _fits(pattern: Value, fact: str) -> Truth:
    written = text(pattern)
    return Truth.UNKNOWN if written is None else Truth.of(fits(written, fact))
