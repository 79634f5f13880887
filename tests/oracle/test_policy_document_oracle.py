"""Policy documents compared with those that Terraform and the AWS provider make.

Set `ROOTLINT_TERRAFORM_PLUGINS` to a folder with the provider, laid out as `terraform init
-plugin-dir` wants it. Nothing is asked of AWS.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from rootlint.model.value import Map
from rootlint.source import SourceFile, Sources
from rootlint.terraform.read import read
from tests.terraform.reading import written

DOCUMENTS = Path(__file__).with_name("policy_documents.tf")
PLUGINS = os.environ.get("ROOTLINT_TERRAFORM_PLUGINS")


def ours() -> dict[str, Any]:
    sources = Sources()
    sources.add(SourceFile("main.tf", DOCUMENTS.read_text()))
    (door,) = read(".", {".": ("main.tf",)}, sources, called=False).doors
    assert isinstance(door.value, Map)
    return {name: written(value) for name, value in door.value.entries.items()}


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if shutil.which("terraform") is None:
        pytest.skip("terraform is not installed")
    if PLUGINS is None:
        pytest.skip("ROOTLINT_TERRAFORM_PLUGINS names no folder with the AWS provider")
    folder = tmp_path_factory.mktemp("plan")
    shutil.copy(DOCUMENTS, folder / "main.tf")
    terraform(folder, "init", f"-plugin-dir={PLUGINS}")
    terraform(folder, "plan", "-out=plan")
    plan = json.loads(terraform(folder, "show", "-json", "plan"))
    documents: dict[str, str] = plan["planned_values"]["outputs"]["documents"]["value"]
    return {name: json.loads(text) for name, text in documents.items()}


def terraform(folder: Path, *arguments: str) -> str:
    command = ("terraform", f"-chdir={folder}", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def normal(value: Any) -> Any:
    """Order and the form of a list of one do not matter; an empty list of statements is none."""
    if isinstance(value, dict):
        return {
            key: normal(each) for key, each in value.items() if (key, each) != ("Statement", [])
        }
    items = value if isinstance(value, list) else [value]
    texts = {json.dumps(normal(item) if isinstance(item, dict) else item) for item in items}
    return sorted(texts)


def statements(document: dict[str, Any]) -> dict[str, Any]:
    """A document with its statements in order, each in normal form."""
    return {**normal(document), "Statement": [normal(one) for one in document.get("Statement", [])]}


NAMES = sorted(
    line.split()[0]
    for line in DOCUMENTS.read_text().partition("value = {")[2].splitlines()
    if "=" in line
)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_what_the_provider_makes(name: str, theirs: dict[str, Any]) -> None:
    assert statements(ours()[name]) == statements(theirs[name])
