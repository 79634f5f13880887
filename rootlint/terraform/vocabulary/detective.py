"""GuardDuty, and what switches detective controls off.

Arguments and defaults as on the provider's pages of `aws_guardduty_*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.account import Detector, FindingFilter
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.terraform.vocabulary.written import (
    Reader,
    blocks,
    default,
    field,
    first_block,
    renamed,
)

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
        blocks(criteria, lambda one: renamed(one, _CRITERION)),
    )


READERS: Mapping[str, Reader] = {
    "aws_guardduty_detector": _detector,
    "aws_guardduty_filter": _filter,
}
