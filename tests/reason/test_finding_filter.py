from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Why
from rootlint.reason.finding_filter import ROOT_FINDING, takes, takes_all
from tests.reason.making import SPAN, value

HIDDEN = Unknown(Why.VARIABLE, "var.x has no value", SPAN)


@pytest.mark.parametrize(
    ("criterion", "answer"),
    [
        ({"Field": "type", "Equals": [ROOT_FINDING]}, Truth.YES),
        ({"Field": "type", "Equals": ["Recon:EC2/Portscan", ROOT_FINDING]}, Truth.YES),
        ({"Field": "type", "Equals": ["Recon:EC2/Portscan"]}, Truth.NO),
        ({"Field": "type", "Equals": [ROOT_FINDING.lower()]}, Truth.NO),
        ({"Field": "type", "NotEquals": [ROOT_FINDING]}, Truth.NO),
        ({"Field": "type", "NotEquals": ["Recon:EC2/Portscan"]}, Truth.YES),
        ({"Field": "type", "Matches": ["Policy:*"]}, Truth.YES),
        ({"Field": "type", "NotMatches": ["Policy:*"]}, Truth.NO),
        ({"Field": "type", "Matches": ["Recon:*"]}, Truth.NO),
        ({"Field": "type", "Equals": [HIDDEN]}, Truth.UNKNOWN),
        ({"Field": "type", "Equals": HIDDEN}, Truth.UNKNOWN),
        ({"Field": "type", "Equals": [ROOT_FINDING, HIDDEN]}, Truth.YES),
        ({"Field": HIDDEN, "Equals": [ROOT_FINDING]}, Truth.UNKNOWN),
        ({"Field": "severity", "LessThan": "4"}, Truth.YES),
        ({"Field": "severity", "LessThanOrEqual": 3}, Truth.YES),
        ({"Field": "severity", "LessThan": 3}, Truth.UNKNOWN),
        ({"Field": "severity", "GreaterThanOrEqual": "4"}, Truth.NO),
        ({"Field": "severity", "GreaterThanOrEqual": "1"}, Truth.YES),
        ({"Field": "severity", "GreaterThan": "0", "LessThan": "7"}, Truth.YES),
        ({"Field": "severity", "Equals": ["1", "2", "3"]}, Truth.YES),
        ({"Field": "severity", "Equals": ["2"]}, Truth.UNKNOWN),
        ({"Field": "severity", "LessThan": HIDDEN}, Truth.UNKNOWN),
        ({"Field": "type", "LessThan": "4"}, Truth.UNKNOWN),
        ({"Field": "service.archived", "Equals": ["false"]}, Truth.YES),
        ({"Field": "resource.kubernetesDetails.namespace", "Equals": ["trivy"]}, Truth.NO),
        ({"Field": "resource.kubernetesDetails.namespace", "NotEquals": ["x"]}, Truth.UNKNOWN),
        ({"Field": "type", "Newer": [ROOT_FINDING]}, Truth.UNKNOWN),
    ],
)
def test_one_criterion(criterion: Any, answer: Truth) -> None:
    taken = takes(value([criterion]))
    assert taken.truth is answer
    assert bool(taken.unknowns) is (answer is Truth.UNKNOWN)


def test_criteria_are_anded() -> None:
    both = [
        {"Field": "type", "Equals": [ROOT_FINDING]},
        {"Field": "severity", "GreaterThan": "6"},
    ]
    assert takes(value(both)).truth is Truth.NO


def test_what_differs_between_findings_only_narrows() -> None:
    account = {"Field": "accountId", "Equals": ["111122223333"]}
    taken = takes(value([{"Field": "type", "Equals": [ROOT_FINDING]}, account]))
    assert taken.truth is Truth.YES
    assert taken.narrowed == (value(account),)


def test_a_filter_without_criteria_takes_everything() -> None:
    assert takes(value([])).truth is Truth.YES


@pytest.mark.parametrize("text", ["", "[", "3", '{"Field":"type"}', "[3]", '[{"Field":3}]'])
def test_a_replay_of_what_is_no_criteria_never_crashes(text: str) -> None:
    assert takes_all(text) in {True, False}


CRITERIA = st.lists(
    st.fixed_dictionaries({
        "Field": st.sampled_from(["type", "severity", "service.archived"]),
        "Equals": st.lists(st.sampled_from([ROOT_FINDING, "1", "2", "3", "false"]), min_size=1),
    }),
    max_size=3,
)  # fmt: skip


@given(CRITERIA, st.integers(0, 8))
def test_an_answer_holds_whatever_a_hidden_value_turns_out_to_be(criteria: Any, at: int) -> None:
    hidden = [dict(x, Equals=list(x["Equals"])) for x in criteria]
    for index, criterion in enumerate(hidden):
        if index == at % 3:
            criterion["Equals"][0] = HIDDEN
    before, after = takes(value(hidden)).truth, takes(value(criteria)).truth
    assert before in {Truth.UNKNOWN, after}
