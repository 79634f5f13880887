"""GuardDuty, and what switches detective controls off.

Arguments and defaults as on the provider's pages of `aws_guardduty_*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.account import Detector, FindingFilter
from rootlint.model.read import default
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Known, List, Map, Value
from rootlint.terraform.vocabulary.written import Reader, blocks, field, first_block, renamed

_CRITERION = {
    "field": "Field",
    "equals": "Equals",
    "not_equals": "NotEquals",
    "greater_than": "GreaterThan",
    "greater_than_or_equal": "GreaterThanOrEqual",
    "less_than": "LessThan",
    "less_than_or_equal": "LessThanOrEqual",
    "matches": "Matches",
    "not_matches": "NotMatches",
}


def _detector(resource: Resource) -> Iterator[Declared]:
    enabled = default(field(resource.body, "enable"), True, resource.span)  # noqa: FBT003 - a value as code gives it
    yield Detector(resource, enabled)


def _filter(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    criteria = field(first_block(body, "finding_criteria"), "criterion")
    yield FindingFilter(
        resource,
        field(body, "action"),
        blocks(criteria, _criterion),
    )


def _criterion(block: Map) -> Map:
    """The conditions that are written: a plan has an empty text or list for each other."""
    found = renamed(block, _CRITERION)
    kept = {name: value for name, value in found.entries.items() if not _is_empty(value)}
    return Map(kept, found.span, found.rest, found.keys)


def _is_empty(value: Value) -> bool:
    if isinstance(value, List):
        return not value.items and value.rest is None
    return isinstance(value, Known) and value.value == ""


READERS: Mapping[str, Reader] = {
    "aws_guardduty_detector": _detector,
    "aws_guardduty_filter": _filter,
}
