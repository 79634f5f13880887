"""Terraform itself as the judge: a plan and the source of one configuration give the same findings.

Needs `terraform` on the path, and in ROOTLINT_TERRAFORM_PLUGINS a folder with the AWS provider as
`terraform init -plugin-dir` wants it. Nothing is called: a case whose plan would ask AWS is left out.
A plan takes seconds: those of cases that have not changed are kept in the folder that
ROOTLINT_TERRAFORM_PLANS names, where it names one.
"""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rootlint.finding import Report
from rootlint.pipeline import run
from rootlint.settings import Settings

FIXTURES = Path(__file__).parents[2] / "fixtures"
PLUGINS = os.environ.get("ROOTLINT_TERRAFORM_PLUGINS", "")
PLANS = os.environ.get("ROOTLINT_TERRAFORM_PLANS", "")
CASES = sorted(
    case
    for verdict in ("bad", "good", "unknown")
    for case in FIXTURES.glob(f"*/{verdict}/*")
    if any(case.glob("*.tf"))
)
# Over the provider that is there, Terraform neither asks for others nor hashes it for each case.
MIRROR = """
provider_installation {{
  dev_overrides {{
    "hashicorp/aws" = "{provider}"
  }}
}}
"""
OFFLINE = """
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
"""
ALIAS = re.compile(r'^provider "aws" \{[^{}]*?alias\s*=\s*"(\w+)"', re.MULTILINE)
# What a plan alone leaves open though it says of it all that it can, by the check that is silent
# then and the one that asks: a list with an element that is known after apply is unknown as a whole.
ASKED_BY = {"member-trails-not-aggregated": "root-alarm-without-live-action"}
# A document with one part that is known after apply is unknown as a whole to the plan alone.
ASKED_BY |= {
    "mfa-deny-bypassable": "resource-policy-locks-out-account",
    "root-guardrail-partial-coverage": "org-without-root-guardrail",
}
# What is not in a plan at all, by the case and the check.
NOT_IN_A_PLAN = {
    ("root-guardrail-in-name-only/bad/file-without-the-condition", "root-guardrail-in-name-only"): (
        "the promise is the name of the file that the document is read from"
    ),
}
pytestmark = pytest.mark.skipif(
    not PLUGINS or shutil.which("terraform") is None,
    reason="no terraform, or no provider in ROOTLINT_TERRAFORM_PLUGINS",
)


@pytest.fixture(scope="session")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (provider,) = Path(PLUGINS).glob("*/hashicorp/aws/*/*/terraform-provider-aws_*")
    file = tmp_path_factory.mktemp("terraform") / "cli.tfrc"
    file.write_text(MIRROR.format(provider=provider.parent))
    return file


def terraform(folder: Path, mirror: Path, *arguments: str) -> str | None:
    """What a command prints; None where it fails."""
    environment = {
        **os.environ,
        "AWS_REGION": "us-east-1",
        "CHECKPOINT_DISABLE": "1",
        "TF_CLI_CONFIG_FILE": str(mirror),
        "TF_IN_AUTOMATION": "1",
    }
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


def offline(folder: Path) -> str:
    """Every provider of a folder with credentials that are no one's."""
    text = "".join(path.read_text() for path in sorted(folder.glob("*.tf")))
    names = ["", *(f'\n  alias = "{alias}"' for alias in dict.fromkeys(ALIAS.findall(text)))]
    return "".join(f'provider "aws" {{{name}{OFFLINE}' for name in names)


def planned(folder: Path, mirror: Path) -> str | None:
    """The plan of a folder as JSON, new or kept; None where it cannot be made offline."""
    (folder / "offline_override.tf").write_text(offline(folder))
    if not PLANS:
        return plan(folder, mirror)
    kept = Path(PLANS) / f"{digest(folder, mirror)}.json"
    if not kept.exists():
        kept.write_text(plan(folder, mirror) or "")
    return kept.read_text() or None


def digest(folder: Path, mirror: Path) -> str:
    """What a plan depends on: the configuration and the provider."""
    found = hashlib.sha256(mirror.read_bytes())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "expected.txt":
            found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def plan(folder: Path, mirror: Path) -> str | None:
    made = (
        terraform(folder, mirror, "get") is not None
        and terraform(folder, mirror, "plan", "-input=false", "-refresh=false", "-out=p")
        is not None
    )
    return terraform(folder, mirror, "show", "-json", "p") if made else None


def found(report: Report) -> list[tuple[str, str, str, int]]:
    return [
        (one.check.name, one.violation.message, one.violation.at.path, one.violation.at.start)
        for one in report.findings
    ]


def judged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(folder)
    report = run((".",), Settings())
    assert not report.broken
    return report


@pytest.mark.parametrize("case", CASES, ids=lambda case: "/".join(case.parts[-3:]))
def test_a_plan_and_its_source_agree(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mirror: Path
) -> None:
    work = tmp_path / "work"
    shutil.copytree(case, work)
    text = planned(work, mirror)
    if text is None:
        pytest.skip("its plan would ask AWS or a person")
    shutil.rmtree(work)
    shutil.copytree(case, work)
    from_source = judged(work, monkeypatch)
    (work / "plan.json").write_text(text)
    over_source = judged(work, monkeypatch)
    assert over_source.units <= from_source.units
    asked = {one.check.name for one in from_source.undecided}
    more = [one for one in found(over_source) if one not in found(from_source)]
    assert [one for one in more if one[0] not in asked] == []
    assert [one for one in found(from_source) if one not in found(over_source)] == []
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "plan.json").write_text(text)
    from_plan = judged(alone, monkeypatch)
    said = {one[:2] for one in found(over_source)}
    alone_said = {one[:2] for one in found(from_plan)}
    assert alone_said <= said
    asked = {one.check.name for one in from_plan.undecided}
    named = "/".join(case.parts[-3:])
    lost = {name for name, _ in said - alone_said if (named, name) not in NOT_IN_A_PLAN}
    assert {name for name in lost if not {name, ASKED_BY.get(name)} & asked} == set()
