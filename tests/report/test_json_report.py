"""Version 1 of the JSON contract: these keys, in this order, with these kinds of values."""

import io
import json
from typing import Any

from rootlint import __version__
from rootlint.finding import Broken, Report
from rootlint.report.json_report import write
from rootlint.source import Unreadable
from tests.making import Text
from tests.report.test_screen import KEY_ID


def document(report: Report) -> dict[str, Any]:
    out = io.StringIO()
    write(report, out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def example() -> Report:
    text = Text(org__scp_tf="a = 1\nb = [\n  日 = 2 ]", m__x_tf="module {")
    why = text.unknown("m/x.tf", "{")
    found = text.finding(
        "org/scp.tf",
        "日",
        because=("so",),
        related=(text.label("m/x.tf", "module", "called here"),),
    )
    return text.report(
        found,
        undecided=(text.open("org/scp.tf", "a", None, why),),
        unreadable=(
            Unreadable("m/x.tf", "unclosed brace", text.at("m/x.tf", "{")),
            Unreadable("gone.tf", "no such file"),
        ),
        files=214,
        units=6,
        resources=61,
        ignored=2,
        baseline=1,
    )


def test_a_document_is_what_the_contract_says() -> None:
    assert document(example()) == {
        "version": 1,
        "rootlint": __version__,
        "findings": [
            {
                "check": "a-fault",
                "group": "alarms",
                "severity": "high",
                "message": "this is wrong",
                "path": "org/scp.tf",
                "start": {"line": 3, "column": 3},
                "end": {"line": 3, "column": 4},
                "resource": "aws_cloudtrail.main",
                "units": ["org"],
                "proof": {
                    "kind": "request",
                    "action": "iam:CreateAccessKey",
                    "lines": ["iam:CreateAccessKey", "by root → allowed"],
                },
                "because": ["so"],
                "fix": "mend it",
                "related": [
                    {
                        "path": "m/x.tf",
                        "start": {"line": 1, "column": 1},
                        "end": {"line": 1, "column": 7},
                        "message": "called here",
                    }
                ],
                "fingerprint": "f" * 32,
            }
        ],
        "undecided": [
            {
                "check": "a-fault",
                "group": "alarms",
                "question": "is this wrong?",
                "path": "org/scp.tf",
                "start": {"line": 1, "column": 1},
                "end": {"line": 1, "column": 2},
                "because": [
                    {
                        "why": "variable without a value",
                        "detail": "var.targets",
                        "path": "m/x.tf",
                        "start": {"line": 1, "column": 8},
                    }
                ],
            }
        ],
        "unreadable": [
            {"path": "m/x.tf", "start": {"line": 1, "column": 8}, "reason": "unclosed brace"},
            {"path": "gone.tf", "start": None, "reason": "no such file"},
        ],
        "summary": {
            "files": 214,
            "units": 6,
            "resources": 61,
            "checks": 1,
            "hidden": {"ignored": 2, "baseline": 1},
        },
    }


def test_keys_come_in_the_order_of_the_contract() -> None:
    assert list(document(example())) == [
        "version",
        "rootlint",
        "findings",
        "undecided",
        "unreadable",
        "summary",
    ]


def test_our_own_bugs_and_notes_are_there_where_there_are_some() -> None:
    report = Text().report(broken=(Broken("a-fault", "aws_x.y", "crashed"),), notes=("left out",))
    found = document(report)
    assert found["broken"] == [{"check": "a-fault", "resource": "aws_x.y", "problem": "crashed"}]
    assert found["summary"]["notes"] == ["left out"]


def test_a_finding_about_no_resource_has_none() -> None:
    text = Text(a_tf="x")
    found = text.finding("a.tf", "x", about=text.resource("a.tf", "x", address=""))
    assert document(text.report(found))["findings"][0]["resource"] is None


def test_credentials_are_masked_wherever_they_are() -> None:
    text = Text(a_tf=f"x = {KEY_ID}")
    found = text.finding(
        "a.tf", "x", message=KEY_ID, because=(KEY_ID,), proof=_Secret(), fix="rotate it"
    )
    out = io.StringIO()
    write(text.report(found), out)
    assert KEY_ID not in out.getvalue()
    assert "AKIA\\u2026WXYZ" in out.getvalue()


class _Secret:
    """A proof that is careless."""

    kind = "declared"

    def replay(self) -> Any:
        raise AssertionError

    def lines(self) -> tuple[str, ...]:
        return (KEY_ID,)

    def fields(self) -> dict[str, object]:
        return {"value": {"deep": [KEY_ID]}}


def test_the_same_report_gives_the_same_bytes() -> None:
    first, second = io.StringIO(), io.StringIO()
    write(example(), first)
    write(example(), second)
    assert first.getvalue() == second.getvalue()
    assert first.getvalue().endswith("}\n")
    assert first.getvalue().isascii()
