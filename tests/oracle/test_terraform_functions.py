"""The committed table of functions is what Terraform says."""

import json
import shutil
import subprocess

import pytest

from tests.terraform.test_function_names import NAMES

TERRAFORM = shutil.which("terraform")
NEWER = {"ephemeralasnull"}  # what 1.11 has and an older Terraform may lack


@pytest.mark.skipif(TERRAFORM is None, reason="terraform is not on PATH")
def test_the_table_has_what_terraform_has() -> None:
    assert TERRAFORM is not None
    command = [TERRAFORM, "metadata", "functions", "-json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = {
        name.removeprefix("core::") for name in json.loads(done.stdout)["function_signatures"]
    }
    assert theirs <= set(NAMES)
    assert set(NAMES) - theirs <= NEWER
