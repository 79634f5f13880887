"""SARIF as its schema and GitHub's rules want it; what both judges miss is asserted here."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rootlint.check import Control
from rootlint.finding import Broken, Report, Severity
from rootlint.registry import BAD_IGNORE
from rootlint.report import sarif
from rootlint.report.line_hash import LineHashes
from rootlint.report.sarif_rules import sentence
from rootlint.source import Unreadable
from tests.making import Shown, Text, a_check
from tests.report.test_screen import KEY_ID

SCHEMA = json.loads(Path(__file__).with_name("schema").joinpath("sarif-2.1.0.json").read_text())
SCP = 'a = 1\ncondition {\n  test = "StringEquals"\n}\n'


def run(report: Report) -> dict[str, Any]:
    out = io.StringIO()
    sarif.write(report, out)
    log: dict[str, Any] = json.loads(out.getvalue())
    Draft202012Validator(SCHEMA).validate(log)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    found: dict[str, Any] = log["runs"][0]
    return found


def example(**fields: Any) -> Report:
    text = Text(org__scp_tf=SCP, main_tf='module "org" {}\n')
    found = text.finding(
        "org/scp.tf",
        '"StringEquals"',
        seen="compares literally",
        because=("so it is",),
        related=(text.label("main.tf", 'module "org"', 'called "here" [x]'),),
    )
    checks = (BAD_IGNORE, a_check())
    return text.report(found, **{"checks": checks, **fields})


def test_nothing_found_is_a_run_with_results() -> None:
    found = run(Text().report())
    assert found["results"] == []
    assert found["automationDetails"] == {"id": "rootlint/"}
    assert found["columnKind"] == "unicodeCodePoints"
    assert found["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_result_is_in_one_line_at_code_points() -> None:
    (result,) = run(example())["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {
        "artifactLocation": {"uri": "org/scp.tf", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 24},
    }


def test_a_region_over_several_lines_ends_with_the_first() -> None:
    text = Text(a_tf="block {  \n  x\n}")
    (result,) = run(text.report(text.finding("a.tf", "block {  \n  x\n}")))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 8}


def test_the_message_begins_with_the_verdict() -> None:
    (result,) = run(example())["results"]
    assert result["message"]["text"] == (
        "This is wrong. Request: iam:CreateAccessKey; by root → allowed. So it is. "
        'See [called "here" (x)](1). Fix: mend it.'
    )


def test_related_places_are_numbered_and_told() -> None:
    (result,) = run(example())["results"]
    (place,) = result["relatedLocations"]
    assert (place["id"], place["message"]["text"]) == (1, 'Called "here" [x].')
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "main.tf"


def test_the_proof_is_a_path_to_the_fault() -> None:
    (result,) = run(example())["results"]
    (flow,) = result["codeFlows"]
    told = [step["location"]["message"]["text"] for step in flow["threadFlows"][0]["locations"]]
    assert told == [
        'Called "here" [x].',
        "Compares literally.",
        "iam:CreateAccessKey.",
        "By root → allowed.",
    ]


def test_carets_below_a_quoted_pattern_are_left_out() -> None:
    text = Text(a_tf="x")
    proof = Shown("event", ("→ no match", "  { $.a = b }", "    ^^^^^^^", "→ nobody hears of it"))
    (result,) = run(text.report(text.finding("a.tf", "x", proof=proof)))["results"]
    assert "→ no match; { $.a = b }; → nobody hears of it" in result["message"]["text"]
    assert "^" not in json.dumps(result)


def test_places_and_steps_are_no_more_than_github_shows() -> None:
    text = Text(a_tf="x")
    labels = tuple(text.label("a.tf", "x", str(number)) for number in range(300))
    proof = Shown(said=tuple(str(number) for number in range(1500)))
    log = sarif.log(text.report(text.finding("a.tf", "x", related=labels, proof=proof)))
    (result,) = log["runs"][0]["results"]
    assert len(result["relatedLocations"]) == 100
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 1000


def test_fingerprints_are_the_line_and_our_own() -> None:
    (result,) = run(example())["results"]
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": LineHashes(SCP).of(3),
        "rootlint/v1": "f" * 32,
    }


def test_only_the_checks_that_ran_are_rules_and_results_point_at_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rootlint.report.sarif_rules._OURS", {"rootlint", "tests"})
    found = run(example())
    rules = found["tool"]["driver"]["rules"]
    (result,) = found["results"]
    assert [rule["id"] for rule in rules] == ["bad-ignore", "a-fault"]
    assert (result["ruleId"], result["ruleIndex"]) == ("a-fault", 1)
    assert "extensions" not in found["tool"]


def test_checks_of_others_are_an_extension() -> None:
    found = run(example())
    (extension,) = found["tool"]["extensions"]
    (result,) = found["results"]
    assert extension["name"] == "tests"
    assert [rule["id"] for rule in extension["rules"]] == ["a-fault"]
    component = {"name": "tests", "index": 0}
    assert result["rule"] == {"id": "a-fault", "index": 0, "toolComponent": component}


def rule(**fields: Any) -> dict[str, Any]:
    report = Text().report(checks=(a_check(**fields),))
    found: dict[str, Any] = run(report)["tool"]["extensions"][0]["rules"][0]
    return found


def test_a_rule_says_what_github_shows() -> None:
    assert rule() == {
        "id": "a-fault",
        "name": "AFault",
        "shortDescription": {"text": "Something is wrong."},
        "fullDescription": {"text": "It is wrong because."},
        "help": {
            "text": "It is wrong because.\n\nFix: Mend it.",
            "markdown": "Something is wrong.\n\nIt is wrong because.\n\n## Fix\n\nMend it.",
        },
        "helpUri": "https://docs.aws.amazon.com/",
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["security", "aws", "alarms"],
            "precision": "very-high",
            "security-severity": "8.0",
        },
    }


def test_texts_and_tags_stay_within_githubs_limits() -> None:
    controls = tuple(Control("CIS", str(number)) for number in range(40))
    found = rule(doc="T.\n\n" + "x" * 5000 + "\n\n## Fix\n\nF.", controls=controls)
    assert len(found["fullDescription"]["text"]) == 1024
    assert len(found["properties"]["tags"]) == 20


@pytest.mark.parametrize(
    ("severity", "score", "level"),
    [
        (Severity.CRITICAL, "9.5", "error"),
        (Severity.HIGH, "8.0", "error"),
        (Severity.MEDIUM, "5.5", "warning"),
        (Severity.LOW, "3.0", "note"),
        (Severity.NOTE, "1.0", "note"),
    ],
)
def test_severities_are_scores_and_levels(severity: Severity, score: str, level: str) -> None:
    found = rule(severity=severity)
    assert found["properties"]["security-severity"] == score
    assert found["defaultConfiguration"]["level"] == level


def test_what_could_not_be_read_is_a_notification() -> None:
    text = Text(a_tf="x {")
    place = Unreadable("a.tf", "unclosed brace", text.at("a.tf", "{"))
    found = run(text.report(unreadable=(place,)))["invocations"][0]
    (said,) = found["toolExecutionNotifications"]
    assert found["executionSuccessful"] is False
    assert (said["level"], said["message"]["text"]) == ("error", "Unclosed brace.")
    assert said["locations"][0]["physicalLocation"]["region"]["startColumn"] == 3


def test_a_file_that_is_no_configuration_does_not_fail_the_run() -> None:
    place = Unreadable("a.yaml", "a template of a template", configuration=False)
    found = run(Text().report(unreadable=(place,)))["invocations"][0]
    assert found["executionSuccessful"] is True
    assert found["toolExecutionNotifications"][0]["level"] == "note"


def test_our_own_bugs_are_errors() -> None:
    found = run(Text().report(broken=(Broken("a-fault", "aws_x.y", "crashed"),)))["invocations"][0]
    assert found["executionSuccessful"] is False
    assert found["toolExecutionNotifications"][0]["message"]["text"] == (
        "This is a bug of rootlint. a-fault, about `aws_x.y`: crashed."
    )


def test_paths_are_relative_to_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "org").mkdir()
    monkeypatch.chdir(tmp_path / "org")
    text = Text(a_tf="x")
    text.sources.add(type(text.sources.read("a.tf"))("../b ä.tf", "x"))  # type: ignore[arg-type]
    report = text.report(text.finding("a.tf", "x"), text.finding("../b ä.tf", "x"))
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run(report)["results"]
    ]
    assert uris == ["org/a.tf", "b%20%C3%A4.tf"]


def test_links_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real.tf").write_text("x")
    (tmp_path / "a.tf").symlink_to("real.tf")
    text = Text(a_tf="x")
    (result,) = run(text.report(text.finding("a.tf", "x")))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "real.tf"


def test_credentials_are_masked() -> None:
    text = Text(a_tf=f"x = {KEY_ID}")
    out = io.StringIO()
    sarif.write(text.report(text.finding("a.tf", "x", message=KEY_ID, seen=KEY_ID)), out)
    assert KEY_ID not in out.getvalue()


def test_messages_become_sentences() -> None:
    assert sentence("this is it") == "This is it."
    assert sentence("is it?") == "Is it?"
