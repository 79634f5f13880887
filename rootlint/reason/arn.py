"""ARNs: the six parts, and patterns of which each part is matched by itself."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.truth import Truth, all_of
from rootlint.model.value import Unknown, Why
from rootlint.reason.policy_strings import Pattern
from rootlint.reason.wildcard import HOLES, Units, Wild, reaches
from rootlint.source import Span

PARTS = 6


class ArnMatch(NamedTuple):
    """Whether an ARN pattern matches; `problem` is said where the pattern is no ARN."""

    truth: Truth
    unknowns: tuple[Unknown, ...] = ()
    problem: str = ""


def arn_meets(pattern: Pattern, text: str, span: Span) -> ArnMatch:
    """Whether `ArnLike` matches a text: each of the six parts is matched by itself.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
    """
    if pattern.missing:
        return ArnMatch(Truth.NO)
    if pattern.units == (Wild.ANY,):
        unsaid = Unknown(Why.UNSPECIFIED, "`*` alone where an ARN should be", span)
        return ArnMatch(Truth.UNKNOWN, (unsaid,))
    written = split(pattern.units)
    if written is None:
        # A hole before the last part may hold colons: where even that cannot match, nothing can.
        truth = Truth.UNKNOWN if reaches(pattern.units, text) else Truth.NO
        return ArnMatch(truth, pattern.holes)
    found = text.split(":", PARTS - 1)
    if len(written) < PARTS:
        return ArnMatch(Truth.NO, problem="is no ARN: it has fewer than six parts")
    if len(found) < PARTS:
        return ArnMatch(Truth.NO)
    truth = all_of(_part_meets(units, part) for units, part in zip(written, found, strict=True))
    return ArnMatch(truth, pattern.holes if truth is Truth.UNKNOWN else ())


def _part_meets(units: Units, text: str) -> Truth:
    if not reaches(units, text):
        return Truth.NO
    return Truth.UNKNOWN if any(unit in HOLES for unit in units) else Truth.YES


def split(units: Units) -> list[Units] | None:
    """The up to six parts of an ARN pattern; None where a hole may hold the colons between them."""
    parts: list[list[str | Wild]] = [[]]
    for unit in units:
        if unit is Wild.HOLE and len(parts) < PARTS:
            return None
        if not isinstance(unit, str):
            parts[-1].append(unit)
            continue
        first, *more = unit.split(":", PARTS - len(parts))
        parts[-1] += [first] if first else []
        parts += [[text] if text else [] for text in more]
    return [tuple(part) for part in parts]


def account_of(arn: str) -> str:
    """The account of an ARN; empty where it names none."""
    parts = arn.split(":", PARTS - 1)
    return parts[4] if len(parts) == PARTS else ""


def partition_of(arn: str) -> str:
    """The partition of an ARN; empty where it is none."""
    parts = arn.split(":", PARTS - 1)
    return parts[1] if len(parts) == PARTS else ""
