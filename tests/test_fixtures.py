"""Every fixture case is judged with its own check only, and its report is compared."""

import io
import os
from pathlib import Path

import pytest

from rootlint.finding import Report
from rootlint.pipeline import run
from rootlint.registry import load
from rootlint.report.text import write
from rootlint.settings import Settings

FIXTURES = Path(__file__).parents[1] / "fixtures"
# Whether there are findings and undecided questions.
SAYS = {
    "bad": {(True, False), (True, True)},
    "good": {(False, False)},
    "unknown": {(False, True)},
}
VERDICTS = tuple(SAYS)
CASES = sorted(
    case
    for check in FIXTURES.iterdir()
    if not check.name.startswith("_")
    for verdict in VERDICTS
    for case in (check / verdict).glob("*")
    if case.is_dir()
)


def judged(case: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(case)
    return run(["."], Settings(select=(case.parts[-3],), isolated=True))


def text(report: Report) -> str:
    out = io.StringIO()
    write(report, out, io.StringIO(), undecided=True)
    return out.getvalue()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(FIXTURES).as_posix())
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = judged(case, monkeypatch)
    assert not report.broken
    golden = case / "expected.txt"
    if os.environ.get("BLESS"):
        golden.write_text(text(report), encoding="utf-8")
    assert text(report) == golden.read_text(encoding="utf-8")
    said = (bool(report.findings), bool(report.undecided))
    assert said in SAYS[case.parent.name]


def test_every_check_has_a_case_of_each_verdict() -> None:
    missing = [
        f"add a case to fixtures/{check.name}/{verdict}/"
        for check in load()
        for verdict in VERDICTS
        if check.name != "bad-ignore" and not any((FIXTURES / check.name / verdict).glob("*/"))
    ]
    assert not missing


def test_every_fixture_folder_belongs_to_a_check() -> None:
    names = {check.name for check in load()}
    strays = {path.name for path in FIXTURES.iterdir() if not path.name.startswith("_")} - names
    assert not strays
