"""Security Hub's controls that look at the root user, and whether code keeps them quiet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from rootlint.embedded import parse_json
from rootlint.model.account import ControlSwitch, FindingRule, Standard
from rootlint.model.estate import Estate
from rootlint.model.read import elements, text
from rootlint.model.same import spells, unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Known, List, Map, Text, Unknown, Value, Why
from rootlint.source import Span

# https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html
ROOT_CONTROLS: Mapping[str, str] = MappingProxyType({
    "IAM.4": "the root user has no access key",
    "IAM.6": "the root user has hardware MFA",
    "IAM.9": "the root user has MFA",
    "CloudWatch.1": "somebody is alarmed when root is used",
    "CloudTrail.1": "a trail records all Regions",
    "CloudTrail.5": "the trail is sent to CloudWatch Logs",
})  # fmt: skip
# The numbers that single standards give them, by what stands behind `control/` in an ARN.
_NUMBERS: Mapping[str, str] = MappingProxyType({
    "cis-aws-foundations-benchmark/v/1.2.0/1.1": "CloudWatch.1",
    "cis-aws-foundations-benchmark/v/1.2.0/1.12": "IAM.4",
    "cis-aws-foundations-benchmark/v/1.2.0/1.13": "IAM.9",
    "cis-aws-foundations-benchmark/v/1.2.0/1.14": "IAM.6",
    "cis-aws-foundations-benchmark/v/1.2.0/3.3": "CloudWatch.1",
    "cis-aws-foundations-benchmark/v/1.4.0/1.4": "IAM.4",
    "cis-aws-foundations-benchmark/v/1.4.0/1.5": "IAM.9",
    "cis-aws-foundations-benchmark/v/1.4.0/1.6": "IAM.6",
    "cis-aws-foundations-benchmark/v/1.4.0/4.3": "CloudWatch.1",
    "pci-dss/v/3.2.1/PCI.CW.1": "CloudWatch.1",
    "pci-dss/v/3.2.1/PCI.IAM.1": "IAM.4",
})  # fmt: skip
# The controls on a global resource: AWS recommends to leave them on in one Region only.
# https://docs.aws.amazon.com/securityhub/latest/userguide/controls-to-disable.html
GLOBAL = frozenset({"IAM.4", "IAM.6", "IAM.9"})
_POSITIVE: Mapping[str, Callable[[str, str], bool]] = MappingProxyType({
    "EQUALS": lambda fact, wanted: fact == wanted,
    "PREFIX": lambda fact, wanted: fact.startswith(wanted),
    "CONTAINS": lambda fact, wanted: wanted in fact,
})  # fmt: skip
_NEGATIVE: Mapping[str, str] = MappingProxyType({
    "NOT_EQUALS": "EQUALS",
    "PREFIX_NOT_EQUALS": "PREFIX",
    "NOT_CONTAINS": "CONTAINS",
})  # fmt: skip


class Quiet(NamedTuple):
    """A control of which a rule suppresses the findings; `narrowed` are fields that limit it."""

    truth: Truth
    control: str = ""
    narrowed: tuple[str, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def control_of(value: Value | None) -> str | None:
    """The id of the root control that an id or a control's ARN names; "" for another, None if unknown.

    Account and Region in the ARN need not be known.
    """
    end = value.parts[-1] if isinstance(value, Text) else text(value)
    if not isinstance(end, str):
        return None
    head, found, name = end.rpartition(":control/")
    if not found and (isinstance(value, Text) or head):
        return None
    number = name if name in _NUMBERS else name.rpartition("/")[2]
    return _NUMBERS.get(number, number if number in ROOT_CONTROLS else "")


def suppressed(rule: FindingRule) -> Quiet:
    """The first root control of which an automation rule suppresses a failed finding.

    https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
    """
    active = spells(rule.status, "ENABLED") & spells(rule.workflow, "SUPPRESSED")
    if active is Truth.NO or rule.criteria is None:
        return Quiet(Truth.NO)
    found = [_taken(rule.criteria, control) for control in ROOT_CONTROLS]
    best = max(found, key=lambda quiet: quiet.truth.value)
    truth = best.truth & active
    if truth is not Truth.UNKNOWN:
        return best._replace(truth=truth)
    holes = (*unknowns(rule.status), *unknowns(rule.workflow), *best.unknowns)
    return best._replace(truth=truth, unknowns=holes)


def suppresses(control: str) -> Callable[[str], bool]:
    """Whether criteria, as JSON, take a failed finding of the control; for replays."""

    def holds(criteria: str) -> bool:
        found = parse_json(Known(criteria, Span("", 0, 0)))
        return _taken(found, control).truth is Truth.YES

    return holds


def switches_off(control: str) -> Callable[[str], bool]:
    """Whether a text is the control's id, or JSON of the only ones left on without it; for replays."""

    def holds(text: str) -> bool:
        found = parse_json(Known(text, Span("", 0, 0)))
        return control in left_out(found) if isinstance(found, List) else text == control

    return holds


def _facts(control: str) -> Mapping[str, str]:
    """What holds of each failed finding of a control.

    https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html
    """
    facts = {
        "ComplianceSecurityControlId": control,
        "ComplianceStatus": "FAILED",
        "GeneratorId": f"security-control/{control}",
        "ProductName": "Security Hub",
        "RecordState": "ACTIVE",
        "WorkflowStatus": "NEW",
    }
    return facts | {"ResourceType": "AwsAccount"} if control in GLOBAL else facts


def _taken(criteria: Value, control: str) -> Quiet:
    """Fields are ANDed."""
    if not isinstance(criteria, Map):
        return Quiet(Truth.UNKNOWN, control, unknowns=tuple(unknowns(criteria)))
    facts = _facts(control)
    known = {name: x for name, x in criteria.entries.items() if name in facts}
    truth = all_of(_field(x, facts[name]) for name, x in known.items())
    if criteria.rest is not None:
        truth &= Truth.UNKNOWN
    narrowed = tuple(name for name in criteria.entries if name not in facts)
    holes = _holes(criteria) if truth is Truth.UNKNOWN else ()
    return Quiet(truth, control, narrowed, holes)


def _holes(criteria: Value) -> tuple[Unknown, ...]:
    unread = Unknown(Why.LIMIT, "a comparison that is not evaluated", criteria.span)
    return tuple(unknowns(criteria)) or (unread,)


def _field(filters: Value, fact: str) -> Truth:
    """Of one field the positive filters are ORed, the negative ones ANDed.

    https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
    """
    items, hidden = elements(filters)
    answers = [_compared(item, fact) for item in items]
    positive = [answer for answer, negative in answers if not negative]
    met = all_of(answer for answer, negative in answers if negative)
    if hidden is not None:
        return met & Truth.UNKNOWN
    return met & any_of(positive) if positive else met


def _compared(item: Value, fact: str) -> tuple[Truth, bool]:
    """Whether a filter is met, and whether it is a negative one."""
    name = text(item.get("Comparison")) if isinstance(item, Map) else None
    wanted = text(item.get("Value")) if isinstance(item, Map) else None
    negative = name in _NEGATIVE
    compare = _POSITIVE.get(_NEGATIVE.get(name or "", name or ""))
    if compare is None or wanted is None:
        return Truth.UNKNOWN, negative
    met = Truth.of(compare(fact, wanted))
    return (~met if negative else met), negative


def left_out(listed: Value | None) -> tuple[str, ...]:
    """The root controls that a list of the only ones left on does not name, whatever its unknowns are."""
    items, hidden = elements(listed)
    if listed is None or hidden is not None or any(control_of(item) is None for item in items):
        return ()
    named = {control_of(item) for item in items}
    return tuple(control for control in ROOT_CONTROLS if control not in named)


class Elsewhere(NamedTuple):
    """Whether Security Hub still has an eye on something, in another standard or another Region."""

    truth: Truth
    unknowns: tuple[Unknown, ...] = ()


def elsewhere(switch: ControlSwitch, control: str, estate: Estate) -> Elsewhere:
    """Whether Security Hub still looks, in another standard or (at global resources) another Region.

    A standard that is switched on brings all its controls. Whether this one is among them is not
    looked up.
    """
    switches = estate.every(ControlSwitch)
    others = [x for x in switches if control_of(x.control) == control]
    if any(spells(x.status, "ENABLED") is Truth.YES for x in others):
        return Elsewhere(Truth.YES)
    hidden = [hole for x in others for hole in unknowns(x.status)]
    unread = (x for x in switches if control_of(x.control) is None)
    on = (x for x in unread if spells(x.status, "DISABLED") is not Truth.YES)
    hidden += (hole for x in on for hole in unknowns(x.control))
    there = (x for x in estate.every(Standard) if not _off_in(x, others))
    hidden += (_may_have(x, control) for x in there if _beside(switch, x, control))
    return Elsewhere(Truth.UNKNOWN if hidden else Truth.NO, tuple(hidden))


def _may_have(standard: Standard, control: str) -> Unknown:
    said = f"whether `{standard.resource.address}` has {control}"
    return Unknown(Why.LIMIT, said, standard.resource.span)


def _off_in(standard: Standard, switches: list[ControlSwitch]) -> bool:
    """Whether a switch may be about this standard: its ARN begins alike, or is not known."""
    return any(
        _standard_of(x) in {None, _name(standard.arn)} and _same_scope(x, standard)
        for x in switches
    )


def _standard_of(switch: ControlSwitch) -> str | None:
    """The standard that a switch is about: `cis-aws-foundations-benchmark/v/1.2.0`."""
    if switch.standard is not None:
        return _name(switch.standard)
    value = switch.control
    end = value.parts[-1] if isinstance(value, Text) else text(value)
    return end.rpartition(":control/")[2].rpartition("/")[0] if isinstance(end, str) else None


def _name(arn: Value | None) -> str | None:
    """`…:standards/pci-dss/v/3.2.1` and `…:::ruleset/cis-…/v/1.2.0` without what stands before."""
    end = arn.parts[-1] if isinstance(arn, Text) else text(arn)
    return end.rpartition(":")[2].partition("/")[2] if isinstance(end, str) else None


def _beside(switch: ControlSwitch, standard: Standard, control: str) -> bool:
    return _same_scope(switch, standard) or control in GLOBAL


def _same_scope(switch: ControlSwitch, standard: Standard) -> bool:
    one, other = switch.resource, standard.resource
    return (one.unit, one.scope.provider, text(one.scope.region)) == (
        other.unit,
        other.scope.provider,
        text(other.scope.region),
    )
