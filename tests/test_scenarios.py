from pathlib import Path

import pytest

from rootlint.finding import Report
from rootlint.pipeline import run
from rootlint.settings import Settings

KEY = "  {name}: {{Type: AWS::IAM::AccessKey, Properties: {{UserName: {user}}}{more}}}\n"


def judged(folder: Path, sections: str, *keys: str) -> Report:
    (folder / "t.yaml").write_text(f"{sections}Resources:\n{''.join(keys)}")
    return run(["."], Settings(select=("root-access-key",), isolated=True))


def key(user: str, name: str = "Key", more: str = "") -> str:
    return KEY.format(name=name, user=user, more=more)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


ENV = "Parameters:\n  Env: {Type: String}\nConditions:\n  IsProd: !Equals [!Ref Env, prod]\n"
TWO = f"{ENV}  IsDev: !Equals [!Ref Env, dev]\n"


def said(report: Report) -> list[str]:
    assert not report.broken
    assert not report.findings
    return [why.detail for found in report.undecided for why in found.undecided.because]


def test_a_fault_of_one_scenario_is_undecided_and_names_it(here: Path) -> None:
    assert said(judged(here, ENV, key("!If [IsProd, bob, root]"))) == ["when `IsProd` is false"]
    assert said(judged(here, ENV, key("!If [IsProd, root, bob]"))) == ["when `IsProd` is true"]


def test_a_fault_of_every_scenario_is_a_finding(here: Path) -> None:
    report = judged(here, ENV, key("!If [IsProd, root, !Sub '${AWS::NoValue}root']"))
    assert len(report.findings) == 1
    assert not report.undecided


def test_no_scenario_with_the_fault_is_no_question(here: Path) -> None:
    report = judged(here, ENV, key("!If [IsProd, bob, eve]"))
    assert not report.findings
    assert not report.undecided


def test_a_resource_under_a_condition(here: Path) -> None:
    assert said(judged(here, ENV, key("root", more=", Condition: IsProd"))) == [
        "when `IsProd` is true"
    ]


def test_scenarios_that_exclude_each_other_are_not_tried(here: Path) -> None:
    report = judged(here, TWO, key("!If [IsProd, !If [IsDev, root, bob], eve]"))
    assert not report.undecided


def test_two_conditions_together(here: Path) -> None:
    sections = f"{ENV.replace('Conditions', '  Other: {Type: String}' + chr(10) + 'Conditions')}"
    sections += "  IsBig: !Equals [!Ref Other, big]\n"
    report = judged(here, sections, key("!If [IsProd, !If [IsBig, root, bob], eve]"))
    assert said(report) == ["when `IsProd` is true", "when `IsBig` is true"]


def test_an_allowed_value_names_itself(here: Path) -> None:
    sections = "Parameters:\n  User: {Type: String, AllowedValues: [bob, root]}\n"
    assert said(judged(here, sections, key("!Ref User"))) == ["when `User` is `root`"]


def test_allowed_values_that_are_all_right_are_no_question(here: Path) -> None:
    sections = "Parameters:\n  User: {Type: String, AllowedValues: [bob, eve]}\n"
    report = judged(here, sections, key("!Ref User"))
    assert not report.undecided


def test_where_the_scenarios_are_too_many_each_condition_is_taken_alone(here: Path) -> None:
    parameters = "".join(f"  P{n}: {{Type: String}}\n" for n in range(8))
    conditions = "".join(f"  C{n}: !Equals [!Ref P{n}, a]\n" for n in range(8))
    keys = [key(f"!If [C{n}, root, bob]", f"K{n}") for n in range(8)]
    report = judged(here, f"Parameters:\n{parameters}Conditions:\n{conditions}", *keys)
    assert said(report) == [f"when `C{n}` is true" for n in range(8)]


def test_what_is_known_stays_a_finding_in_any_scenario(here: Path) -> None:
    report = judged(here, ENV, key("root"), key("!If [IsProd, root, bob]", "Other"))
    assert [found.resource.address for found in report.findings] == ["Key"]
    assert [found.resource.address for found in report.undecided] == ["Other"]


def test_scenarios_reach_nested_stacks(here: Path) -> None:
    (here / "child.yaml").write_text(
        "Parameters: {Who: {Type: String}}\nConditions: {IsRoot: !Equals [!Ref Who, root]}\n"
        f"Resources:\n{key('!If [IsRoot, root, bob]')}"
    )
    stack = "  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Who: !Ref Env}}}\n"
    assert said(judged(here, ENV, stack)) == ["when `N.IsRoot` is true"]


def test_what_a_check_does_not_even_ask_about_is_found_in_its_scenario(here: Path) -> None:
    statement = (
        "{Effect: Deny, Action: '*', Resource: '*', Condition: !If [IsProd,"
        " {ArnLike: {aws:PrincipalArn: 'arn:aws:iam::*:root'}},"
        " {StringEquals: {aws:PrincipalArn: 'arn:aws:iam::*:root'}}]}"
    )
    (here / "t.yaml").write_text(
        f"{ENV}Resources:\n  Scp:\n    Type: AWS::Organizations::Policy\n    Properties:\n"
        "      {Name: root, Type: SERVICE_CONTROL_POLICY, TargetIds: [r-abcd],"
        f" Content: {{Version: '2012-10-17', Statement: [{statement}]}}}}\n"
    )
    report = run(["."], Settings(select=("root-deny-never-matches",), isolated=True))
    assert said(report) == ["when `IsProd` is false"]
