"""Terraform itself as the judge: a plan and the source of one configuration give the same findings.

Needs `terraform` on the path, and in ROOTLINT_TERRAFORM_PLUGINS a folder with the AWS provider as
`terraform init -plugin-dir` wants it. Nothing is called: a case whose plan would ask AWS is left out.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rootlint.finding import Report
from rootlint.pipeline import run
from rootlint.settings import Settings

FIXTURES = Path(__file__).parents[2] / "fixtures"
PLUGINS = os.environ.get("ROOTLINT_TERRAFORM_PLUGINS", "")
CASES = sorted(
    case
    for verdict in ("bad", "good", "unknown")
    for case in FIXTURES.glob(f"*/{verdict}/*terraform*")
    if any(case.glob("*.tf"))
)
OFFLINE = """
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
"""
pytestmark = pytest.mark.skipif(
    not PLUGINS or shutil.which("terraform") is None,
    reason="no terraform, or no provider in ROOTLINT_TERRAFORM_PLUGINS",
)


def terraform(folder: Path, *arguments: str) -> str | None:
    environment = {**os.environ, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
    done = subprocess.run(
        ["terraform", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.stdout if done.returncode == 0 else None


def planned(folder: Path) -> str | None:
    """The plan of a folder as JSON; None where it cannot be made offline."""
    (folder / "offline_override.tf").write_text(OFFLINE)
    made = (
        terraform(folder, "init", f"-plugin-dir={PLUGINS}", "-input=false") is not None
        and terraform(folder, "plan", "-input=false", "-refresh=false", "-out=p") is not None
    )
    return terraform(folder, "show", "-json", "p") if made else None


def found(report: Report) -> list[tuple[str, str, str, int]]:
    return [
        (one.check.name, one.violation.message, one.violation.at.path, one.violation.at.start)
        for one in report.findings
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "/".join(case.parts[-3:]))
def test_a_plan_and_its_source_agree(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    shutil.copytree(case, work)
    text = planned(work)
    if text is None:
        pytest.skip("its plan would ask AWS or a person")
    for name in (".terraform", ".terraform.lock.hcl", "p", "offline_override.tf"):
        target = work / name
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    monkeypatch.chdir(work)
    from_source = run((".",), Settings())
    (work / "plan.json").write_text(text)
    over_source = run((".",), Settings())
    assert over_source.units <= from_source.units
    assert not from_source.broken
    assert not over_source.broken
    open_questions = {each.check.name for each in from_source.undecided}
    more = [one for one in found(over_source) if one not in found(from_source)]
    assert all(one[0] in open_questions for one in more), more
    assert [one for one in found(from_source) if one not in found(over_source)] == []
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "plan.json").write_text(text)
    monkeypatch.chdir(alone)
    from_plan = run((".",), Settings())
    assert not from_plan.broken
    said = {(name, message) for name, message, _, _ in found(over_source)}
    assert {(one.check.name, one.violation.message) for one in from_plan.findings} <= said
