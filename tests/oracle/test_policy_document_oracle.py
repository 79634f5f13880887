"""Policy documents compared, byte by byte, with those that Terraform and the AWS provider make.

Set `ROOTLINT_TERRAFORM_PLUGINS` to a folder with the provider, laid out as `terraform init
-plugin-dir` wants it. Nothing is asked of AWS.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rootlint.model.value import Known, Map, Unknown, Value
from rootlint.source import SourceFile, Sources
from rootlint.terraform.convert import to_text
from rootlint.terraform.read import read
from tests.oracle.documents import Maker
from tests.terraform.reading import STATE

DOCUMENTS = Path(__file__).with_name("policy_documents.tf").read_text()
REFUSED = Path(__file__).with_name("policy_refused.tf").read_text()
PROVIDER = DOCUMENTS.partition("\n\n")[0] + "\n"
COUNT = 200
PLUGINS = os.environ.get("ROOTLINT_TERRAFORM_PLUGINS")


def ours(text: str) -> dict[str, Value]:
    sources = Sources()
    sources.add(SourceFile("main.tf", STATE + text))
    found: dict[str, Value] = {}
    for door in read(".", {".": ("main.tf",)}, sources, called=False).doors:
        assert isinstance(door.value, Map)
        found.update(door.value.entries)
    return found


def plan(folder: Path, text: str) -> "subprocess.CompletedProcess[str]":
    if shutil.which("terraform") is None:
        pytest.skip("terraform is not installed")
    if PLUGINS is None:
        pytest.skip("ROOTLINT_TERRAFORM_PLUGINS names no folder with the AWS provider")
    (folder / "main.tf").write_text(text)
    done = terraform(folder, "init", f"-plugin-dir={PLUGINS}")
    assert done.returncode == 0, done.stderr
    return terraform(folder, "plan", "-out=plan", "-no-color")


def terraform(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ("terraform", f"-chdir={folder}", *arguments)
    return subprocess.run(command, capture_output=True, text=True, check=False)


def planned(folder: Path, text: str) -> dict[str, str]:
    done = plan(folder, text)
    assert done.returncode == 0, done.stderr
    shown = json.loads(terraform(folder, "show", "-json", "plan").stdout)
    outputs = shown["planned_values"]["outputs"].values()
    return {name: written for output in outputs for name, written in output["value"].items()}


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return planned(tmp_path_factory.mktemp("plan"), DOCUMENTS)


def written(value: Value) -> object:
    text = to_text(value)
    return text.value if isinstance(text, Known) else text


@pytest.mark.parametrize("name", sorted(ours(DOCUMENTS)))
def test_a_document_is_what_the_provider_makes(name: str, theirs: dict[str, str]) -> None:
    assert written(ours(DOCUMENTS)[name]) == theirs[name]


def test_documents_made_by_chance(tmp_path: Path) -> None:
    outputs = "".join(
        f'output "{kind}" {{\n  value = {{\n{entries}  }}\n}}\n'
        for kind in ("json", "minified_json")
        for entries in [
            "".join(
                f"    d{n}-{kind} = data.aws_iam_policy_document.d{n}.{kind}\n"
                for n in range(COUNT)
            )
        ]
    )
    text = PROVIDER + Maker(7).documents(COUNT) + outputs
    made = planned(tmp_path, text)
    found = {name: written(value) for name, value in ours(text).items()}
    assert len(made) == 2 * COUNT
    assert [name for name in made if found[name] != made[name]] == []


def test_what_the_provider_refuses_is_no_document(tmp_path: Path) -> None:
    done = plan(tmp_path, PROVIDER + REFUSED)
    said = set(re.findall(r"with data\.aws_iam_policy_document\.(\S+),", done.stderr))
    found = ours(REFUSED)
    assert all(isinstance(value, Unknown) for value in found.values()), found
    assert {re.sub(r'source\["(\w+)"\]', r"\1", name) for name in said} == set(found)
