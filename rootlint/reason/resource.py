"""Resource and NotResource entries: ARN patterns, and how far their wildcards reach.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

from rootlint.model.truth import Truth
from rootlint.reason.arn import PARTS, split
from rootlint.reason.match import Match, Written, unsaid
from rootlint.reason.operators import written_text
from rootlint.reason.policy_strings import Language, Pattern, Variables, pattern
from rootlint.reason.wildcard import Units, Wild, folded, reaches

_REGION = 3
# Bucket names are no resource types: `arn:aws:s3:::logs-*` is an everyday pattern.
_WITHOUT_TYPES = frozenset({"s3"})


def resource_matches(value: Written, resource: str, variables: Variables | None) -> Match:
    """Whether an entry of `Resource` covers a resource: `*`, or an ARN pattern.

    Wildcards stay within the parts of an ARN; a `*` at the end reaches over the parts that are not
    written. AWS documents for identity policies alone that an ARN cut short is completed without
    a `*`, forbids wildcards within a resource's type, and does not say whether case matters in a
    Region: all that is unknown.
    """
    meant = pattern(value, Language(wildcards=True, variables=variables))
    if meant.missing:
        return Match(Truth.NO, (), f"`${{{meant.missing}}}` has no value in this request")
    if not _conceivable(meant.units, resource):
        return Match(Truth.NO)
    if meant.holes:
        return Match(Truth.UNKNOWN, meant.holes)
    if meant.units in {(Wild.ANY,), (resource,)}:
        return Match(Truth.YES)
    return _by_parts(value, meant, resource)


def _conceivable(units: Units, resource: str) -> bool:
    """Whether a pattern could cover a resource under any reading of what AWS does not document."""
    text = resource.lower()
    loose = folded(units)
    return reaches(loose, text) or reaches((*loose, ":", Wild.ANY), text)


def _by_parts(value: Written, meant: Pattern, resource: str) -> Match:
    parts = split(meant.units) or []
    found = resource.split(":", PARTS - 1)
    if len(parts) < PARTS and meant.units[-1:] == (Wild.ANY,):
        parts += [(Wild.ANY,)] * (PARTS - len(parts))
    if len(parts) < PARTS or len(found) < PARTS:
        return unsaid(value, f"what `{written_text(value)}` covers, which is cut short")
    if not all(map(reaches, parts, found)):
        return _beyond(value, parts, found)
    if _within_type(parts[-1], found):
        return unsaid(value, f"a wildcard within the resource type of `{written_text(value)}`")
    return Match(Truth.YES)


def _beyond(value: Written, parts: list[Units], found: list[str]) -> Match:
    """What a pattern comes to that does not match part by part."""
    others = [at for at in range(PARTS) if at != _REGION]
    if all(reaches(parts[at], found[at]) for at in others) and reaches(
        folded(parts[_REGION]), found[_REGION].lower()
    ):
        return unsaid(value, f"whether case matters in the Region of `{written_text(value)}`")
    if any(Wild.ANY in units for units in parts[:-1]):
        return unsaid(value, f"how far `{written_text(value)}` reaches across `:`")
    return Match(Truth.NO)


def _within_type(units: Units, found: list[str]) -> bool:
    """Whether a wildcard stands before the `/` or `:` that ends the type of a resource."""
    if units == (Wild.ANY,) or found[2] in _WITHOUT_TYPES or not set(":/") & set(found[-1]):
        return False
    first = units[0]
    return not isinstance(first, str) or not set(":/") & set(first)
