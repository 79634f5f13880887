"""GuardDuty, and what switches detective controls off.

Properties as on the pages of `AWS::GuardDuty::*`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_GuardDuty.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.choices import each as changed
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, flag, text
from rootlint.model.account import Detector, FindingFilter
from rootlint.model.unit import Declared
from rootlint.model.value import Known, List, Map, Value

# The older names of conditions.
_SHORT = {
    "Eq": "Equals",
    "Neq": "NotEquals",
    "Gt": "GreaterThan",
    "Gte": "GreaterThanOrEqual",
    "Lt": "LessThan",
    "Lte": "LessThanOrEqual",
}


def _detector(written: Written) -> Iterator[Declared]:
    yield Detector(written.resource, flag(written.resource.body, "Enable"))


def _filter(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    criteria = field(field(body, "FindingCriteria"), "Criterion")
    yield FindingFilter(written.resource, text(body, "Action"), changed(criteria, _listed))


def _listed(criteria: Value) -> Value:
    """A map of fields as a list of criteria, each with its field."""
    if not isinstance(criteria, Map):
        return criteria
    items = (
        _criterion(Known(name, criteria.keys[name]), x) for name, x in criteria.entries.items()
    )
    return List(tuple(items), criteria.span, criteria.rest)


def _criterion(name: Known, conditions: Value) -> Value:
    if not isinstance(conditions, Map):
        return conditions
    entries = {_SHORT.get(key, key): value for key, value in conditions.entries.items()}
    return Map({"Field": name, **entries}, conditions.span, conditions.rest)


READERS: Mapping[str, Reader] = {
    "AWS::GuardDuty::Detector": _detector,
    "AWS::GuardDuty::Filter": _filter,
}
