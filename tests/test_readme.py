"""What the README shows is what the program prints."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOTLINT = str(Path(sys.executable).with_name("rootlint"))


def test_the_output_is_real() -> None:
    done = subprocess.run(
        [ROOTLINT, "fixtures/_landing-zone"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("$ rootlint fixtures/_landing-zone\n")[2].partition("\n```")[0]
    findings = shown.split("\n\n")
    assert len(findings) == 2
    assert all(finding in done.stdout for finding in findings)


def test_the_example_holds_each_of_its_faults() -> None:
    done = subprocess.run(
        [ROOTLINT, "fixtures/_landing-zone"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = {
        line.partition("[")[2].partition("]")[0]
        for line in done.stdout.splitlines()
        if "[" in line[:9]
    }
    assert found == {
        "alert-topic-without-subscriber",
        "create-access-key-without-user",
        "mfa-allow-accepts-no-mfa",
        "mfa-deny-bypassable",
        "root-access-key",
        "root-alarm-cannot-fire",
        "root-deny-never-matches",
        "root-guardrail-not-attached",
        "root-pattern-misses-events",
    }


def test_ci_runs_the_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()[-1]
    assert f"```console\n{command}\n```" in readme
