from typing import Any

import pytest

from rootlint.model.account import FindingRule
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth
from rootlint.model.value import Map, Text, Unknown, Value, Why
from rootlint.reason.security_hub import control_of, left_out, suppressed, switches_off
from tests.reason.making import SPAN, value

HIDDEN = Unknown(Why.VARIABLE, "var.x has no value", SPAN)
ACCOUNT = Unknown(Why.PSEUDO, "the account", SPAN, shape="account")
RULE = Resource("u", "r", "k", Map({}, SPAN), SPAN, SPAN)
CIS = ":control/cis-aws-foundations-benchmark/v/1.2.0/"


@pytest.mark.parametrize(
    ("written", "control"),
    [
        (value("IAM.4"), "IAM.4"),
        (value("IAM.40"), ""),
        (value("EC2.10"), ""),
        (value(f"arn:aws:securityhub:us-east-1:111122223333{CIS}1.12"), "IAM.4"),
        (value(f"arn:aws:securityhub:us-east-1:111122223333{CIS}1.2"), ""),
        (Text(("arn:aws:securityhub:us-east-1:", ACCOUNT, f"{CIS}1.14"), SPAN), "IAM.6"),
        (Text(("arn:aws:securityhub:us-east-1:", ACCOUNT), SPAN), None),
        (Text((HIDDEN, ".4"), SPAN), None),
        (value("arn:aws:securityhub:us-east-1:1:control/pci-dss/v/3.2.1/PCI.IAM.1"), "IAM.4"),
        (value("arn:aws:securityhub:eu-west-1:1:control/a/v/1.0.0/CloudTrail.5"), "CloudTrail.5"),
        (HIDDEN, None),
    ],
)
def test_the_control_that_a_value_names(written: Value, control: str | None) -> None:
    assert control_of(written) == control


@pytest.mark.parametrize(
    ("filters", "answer"),
    [
        ([("EQUALS", "IAM.4")], Truth.YES),
        ([("EQUALS", "EC2.1")], Truth.NO),
        ([("EQUALS", "EC2.1"), ("EQUALS", "IAM.6")], Truth.YES),
        ([("PREFIX", "IAM.")], Truth.YES),
        ([("CONTAINS", "Trail")], Truth.YES),
        ([("NOT_EQUALS", "EC2.1")], Truth.YES),
        ([("PREFIX_NOT_EQUALS", "IAM."), ("PREFIX_NOT_EQUALS", "Cloud")], Truth.NO),
        ([("PREFIX", "IAM."), ("NOT_CONTAINS", "IAM")], Truth.NO),
        ([("EQUALS", HIDDEN)], Truth.UNKNOWN),
        ([("EQUALS", "IAM.4"), ("EQUALS", HIDDEN)], Truth.YES),
        ([("SOUNDS_LIKE", "IAM.4")], Truth.UNKNOWN),
        (HIDDEN, Truth.UNKNOWN),
    ],
)
def test_string_filters_on_a_field(filters: Any, answer: Truth) -> None:
    found = (
        [{"Comparison": comparison, "Value": wanted} for comparison, wanted in filters]
        if isinstance(filters, list)
        else filters
    )
    criteria = value({"ComplianceSecurityControlId": found})
    quiet = suppressed(FindingRule(RULE, value("ENABLED"), criteria, value("SUPPRESSED")))
    assert quiet.truth is answer
    assert bool(quiet.unknowns) is (answer is Truth.UNKNOWN)


@pytest.mark.parametrize(
    ("status", "workflow", "answer"),
    [
        ("DISABLED", "SUPPRESSED", Truth.NO),
        ("ENABLED", "NOTIFIED", Truth.NO),
        ("ENABLED", HIDDEN, Truth.UNKNOWN),
        (HIDDEN, "SUPPRESSED", Truth.UNKNOWN),
    ],
)
def test_a_rule_that_does_nothing_suppresses_nothing(
    status: Any, workflow: Any, answer: Truth
) -> None:
    criteria = value({"ProductName": [{"Comparison": "EQUALS", "Value": "Security Hub"}]})
    rule = FindingRule(RULE, value(status), criteria, value(workflow))
    assert suppressed(rule).truth is answer


def test_what_a_list_of_the_only_controls_leaves_out() -> None:
    listed = ["IAM.6", "IAM.9", "CloudWatch.1", "CloudTrail.1", "CloudTrail.5", "EC2.1"]
    assert left_out(value(listed)) == ("IAM.4",)
    assert left_out(value([*listed, HIDDEN])) == ()
    assert left_out(None) == ()


def test_replays_read_the_text() -> None:
    assert switches_off("IAM.4")("IAM.4")
    assert switches_off("IAM.4")('["IAM.6"]')
    assert not switches_off("IAM.4")('["IAM.4"]')
    assert not switches_off("IAM.4")("IAM.40")
