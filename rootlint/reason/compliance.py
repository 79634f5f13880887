"""Whether anybody hears that an AWS Config rule about the root user is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rootlint.model.account import ConfigDelivery, ConfigRule, Remediation
from rootlint.model.estate import Estate
from rootlint.model.organization import Control
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.resource import Resource
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Value, Why
from rootlint.model.watch import EventRule
from rootlint.reason.event_pattern import hears
from rootlint.reason.people import reaches_person
from rootlint.reason.reach import THROUGH, Link, Reach, best, if_holds, unless_hidden
from rootlint.reason.rule_links import rule_reaches

# https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
ROOT_RULES = frozenset({
    "IAM_ROOT_ACCESS_KEY_CHECK",
    "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED",
    "ROOT_ACCOUNT_MFA_ENABLED",
})  # fmt: skip
# https://docs.aws.amazon.com/controltower/latest/controlreference/strongly-recommended-detective-controls.html
_ROOT_CONTROLS = frozenset({"24izmu4k16gv9tvd7sexnyrfy", "AWS-GR_ROOT_ACCOUNT_MFA_ENABLED"})
# https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
_OF_PACKS = frozenset({"AWS::Config::ConfigRule", "AWS::Config::RemediationConfiguration"})
# What every message about every account and rule has in common; another answer of a pattern is no answer.
_FIXED = frozenset({
    "source",
    "detail-type",
    "detail.messageType",
    "detail.newEvaluationResult.complianceType",
    "detail.resourceType",
})  # fmt: skip


def watches_root(rule: ConfigRule | Control) -> Truth:
    """Whether a rule of AWS Config, or Control Tower's, looks at the root user."""
    if rule.identifier is None:
        return Truth.NO
    name = text(rule.identifier)
    return Truth.UNKNOWN if name is None else Truth.of(names_root_rule(name))


def packed_with(estate: Estate, rule: ConfigRule | Control) -> tuple[ConfigRule, ...]:
    """The rules of the same pack that look at the root user, or may, in the order in which they stand.

    A pack is a text within a resource, or a template of rules and remediations alone.
    """
    if not isinstance(rule, ConfigRule):
        return ()
    own = rule.resource
    among = _by_unit(estate).get(own.unit, ())
    if not _is_pack(estate, own.unit):
        among = tuple(x for x in among if x.resource.address == own.address)
    return tuple(x for x in among if watches_root(x) is not Truth.NO)


@remembered
def _by_unit(estate: Estate) -> Mapping[str, tuple[ConfigRule, ...]]:
    found: dict[str, list[ConfigRule]] = {}
    for rule in estate.every(ConfigRule):
        found.setdefault(rule.resource.unit, []).append(rule)
    return {unit: tuple(rules) for unit, rules in found.items()}


def _is_pack(estate: Estate, unit: str) -> bool:
    return {x.kind for x in estate.resources(unit)} <= _OF_PACKS


def names_root_rule(identifier: str) -> bool:
    """Whether an identifier is that of a rule that looks at the root user."""
    return identifier in ROOT_RULES or identifier.rpartition("/")[2] in _ROOT_CONTROLS


def _message(name: str | None) -> Mapping[str, Any]:
    """What AWS Config puts on the bus when the account breaks the rule of that name.

    https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
    """
    return {
        "source": "aws.config",
        "detail-type": "Config Rules Compliance Change",
        "account": "111122223333",
        "region": "us-east-1",
        "resources": [],
        "detail": {
            "resourceId": "111122223333",
            "resourceType": "AWS::::Account",
            "awsRegion": "us-east-1",
            "awsAccountId": "111122223333",
            "configRuleName": name or "a rule of which the name is not known",
            "messageType": "ComplianceChangeNotification",
            "newEvaluationResult": {"complianceType": "NON_COMPLIANT"},
        },
    }


def compliance_heard(estate: Estate, rule: ConfigRule | Control) -> Reach:
    """Whether a person hears of the change: by a rule, the delivery channel, or a remediation."""
    nobody = Reach(Truth.NO, Link.TARGET, rule, "nothing takes the message")
    paths = (*_rules(estate, rule), *_delivered(estate), *_remedied(estate, rule))
    return unless_hidden(best(paths, nobody), _hidden(estate, rule.resource))


def _hidden(estate: Estate, around: Resource) -> tuple[Unknown, ...]:
    return tuple(dict.fromkeys((*estate.opaque(around.unit), *estate.hidden(around))))


def _rules(estate: Estate, rule: ConfigRule | Control) -> Iterator[Reach]:
    for watcher, holds in _takers(estate, _name(rule)):
        yield if_holds(holds, rule_reaches(estate, watcher), _why(watcher))


@remembered
def _takers(estate: Estate, name: str | None) -> tuple[tuple[EventRule, Truth], ...]:
    """The event rules that take the message about a rule of that name, or may."""
    sent = _message(name)
    fixed = _FIXED if name is None else _FIXED | {"detail.configRuleName"}
    every = ((found, found.pattern) for found in estate.every(EventRule))
    said = (
        (found, _takes(pattern, sent, fixed) | _by_security_hub(pattern))
        for found, pattern in every
        if pattern is not None
    )
    return tuple((found, holds) for found, holds in said if holds is not Truth.NO)


def _why(watcher: EventRule) -> tuple[Unknown, ...]:
    """What keeps it open whether a rule takes the message."""
    said = f"which findings `{watcher.resource.address}` takes"
    found = Unknown(Why.LIMIT, said, watcher.resource.span)
    return tuple(unknowns(watcher.pattern)) or (found,)


def _takes(pattern: Value, sent: Mapping[str, Any], fixed: frozenset[str]) -> Truth:
    """Whether a pattern takes a message, whatever the fields hold that are not fixed."""
    sight = hears(pattern, sent)
    if sight.truth is not Truth.NO:
        return sight.truth
    return Truth.NO if sight.term and sight.term.field in fixed else Truth.UNKNOWN


def _name(rule: ConfigRule | Control) -> str | None:
    return text(rule.name) if isinstance(rule, ConfigRule) else None


def _by_security_hub(pattern: Value) -> Truth:
    """Whether the rule may take findings of Security Hub, which tells of broken rules as well.

    https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-providers.html
    """
    sent = {"source": "aws.securityhub", "detail-type": "Security Hub Findings - Imported"}
    return _takes(pattern, sent, _FIXED) & Truth.UNKNOWN


def _delivered(estate: Estate) -> Iterator[Reach]:
    for channel in estate.every(ConfigDelivery):
        if channel.topic is not None:
            path = reaches_person(estate, channel.topic, None, channel.resource)
            yield if_holds(channel.resource.exists, path, _maybe(channel.resource))


def _remedied(estate: Estate, rule: ConfigRule | Control) -> Iterator[Reach]:
    for found in estate.every(Remediation):
        if isinstance(rule, ConfigRule):
            holds = estate.denotes(found.rule, rule, by=found.resource)
            if holds is not Truth.NO:
                yield if_holds(holds, THROUGH, tuple(unknowns(found.rule)))


def _maybe(resource: Resource) -> tuple[Unknown, ...]:
    return () if resource.because is None else (resource.because,)
