from typing import Any

import pytest

from rootlint.model.account import ConfigRule
from rootlint.model.estate import Estate
from rootlint.model.organization import Control
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Known, Map, Unknown, Value, Why
from rootlint.model.watch import EventRule, EventTarget
from rootlint.reason.compliance import compliance_heard, watches_root
from tests.reason.making import SPAN, value

HIDDEN = Unknown(Why.VARIABLE, "var.x has no value", SPAN)
FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:tell"


def made(address: str) -> Resource:
    return Resource("u", address, "k", Map({}, SPAN), SPAN, SPAN)


def rule(name: Any = "root-key") -> ConfigRule:
    return ConfigRule(made("config"), value(name), value("IAM_ROOT_ACCESS_KEY_CHECK"))


def heard(pattern: Any, found: ConfigRule | None = None) -> Truth:
    watcher = EventRule(made("rule"), name=value("watch"), pattern=value(pattern))
    target = EventTarget(made("target"), rule=value("watch"), target=value(FUNCTION))
    asked = found or rule()
    return compliance_heard(Estate([Unit("u", (asked, watcher, target))]), asked).truth


@pytest.mark.parametrize(
    ("identifier", "answer"),
    [
        (value("IAM_ROOT_ACCESS_KEY_CHECK"), Truth.YES),
        (value("ROOT_ACCOUNT_MFA_ENABLED"), Truth.YES),
        (value("IAM_USER_MFA_ENABLED"), Truth.NO),
        (HIDDEN, Truth.UNKNOWN),
        (None, Truth.NO),
    ],
)
def test_which_rules_look_at_root(identifier: Value | None, answer: Truth) -> None:
    assert watches_root(ConfigRule(made("c"), identifier=identifier)) is answer


def test_control_tower_has_such_a_rule_under_two_names() -> None:
    for name in ("AWS-GR_ROOT_ACCOUNT_MFA_ENABLED", "24izmu4k16gv9tvd7sexnyrfy"):
        arn = Known(f"arn:aws:controltower:eu-west-1::control/{name}", SPAN)
        assert watches_root(Control(made("c"), arn)) is Truth.YES


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ({"source": ["aws.config"]}, Truth.YES),
        ({"source": ["aws.ec2"]}, Truth.NO),
        ({"detail-type": [{"prefix": "Config Rules"}]}, Truth.YES),
        ({"source": ["aws.config"], "detail": {"configRuleName": ["root-key"]}}, Truth.YES),
        ({"source": ["aws.config"], "detail": {"configRuleName": ["other"]}}, Truth.NO),
        ({"source": ["aws.config"], "region": ["eu-west-1"]}, Truth.UNKNOWN),
        ({"source": ["aws.config"], "account": ["444455556666"]}, Truth.UNKNOWN),
        ({"source": ["aws.securityhub"]}, Truth.UNKNOWN),
        ({"source": [HIDDEN]}, Truth.UNKNOWN),
    ],
)
def test_which_patterns_take_the_message(pattern: Any, answer: Truth) -> None:
    assert heard(pattern) is answer


def test_a_rule_without_a_known_name_may_be_the_one_that_is_asked_for() -> None:
    pattern = {"detail": {"configRuleName": ["other"]}}
    assert heard(pattern, rule(HIDDEN)) is Truth.UNKNOWN
