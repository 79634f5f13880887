"""The vocabulary against the AWS provider's own schema: each argument that is read is one that there is.

`ROOTLINT_TERRAFORM_SCHEMA` names a file that `terraform providers schema -json` wrote.
"""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rootlint.terraform.vocabulary.kinds import KNOWN
from tests.terraform.test_vocabulary_complete import read

DUMP = os.environ.get("ROOTLINT_TERRAFORM_SCHEMA", "")
pytestmark = pytest.mark.skipif(not DUMP, reason="ROOTLINT_TERRAFORM_SCHEMA names no file")
# What Terraform itself, or another provider, describes.
OTHERS = ("backend.", "data.external", "data.terraform_remote_state")
KINDS = sorted(kind for kind in KNOWN if not kind.startswith(OTHERS))
META = "provisioner"
# What came after the version of the provider whose schema this was tested with, 5.100.
NEWER = {
    "aws_cloudwatch_alarm_mute_rule",
    "aws_cloudwatch_log_metric_filter.field_selection_criteria",
    "aws_controltower_baseline",
    "aws_guardduty_filter.finding_criteria.criterion.matches",
    "aws_guardduty_filter.finding_criteria.criterion.not_matches",
}
# A resource's own name is asked for in one way, whichever of these its type has.
NAMES = {"name", "name_prefix"}

Block = Mapping[str, Any]


@cache
def provider() -> Mapping[str, Any]:
    found = json.loads(Path(DUMP).read_text(encoding="utf-8"))["provider_schemas"]
    (schema,) = (own for name, own in found.items() if name.endswith("hashicorp/aws"))
    return dict(schema)


def described(kind: str) -> Block | None:
    if kind == "provider.aws":
        return dict(provider()["provider"]["block"])
    found = provider()["resource_schemas"].get(kind)
    return None if found is None else dict(found["block"])


def missing(block: Block, path: str) -> bool:
    """Whether a block has no such argument. What is below one is not described: a map, or JSON in a text."""
    name, _, rest = path.partition(".")
    if name in block.get("attributes", {}):
        return False
    inner = block.get("block_types", {}).get(name)
    return inner is None or bool(rest and missing(inner["block"], rest))


def test_every_type_exists() -> None:
    assert {kind for kind in KINDS if described(kind) is None} <= NEWER


def unknown_names(kind: str) -> Iterator[str]:
    block = described(kind)
    for path in sorted(read(kind) - NAMES):
        if block is not None and not path.startswith(META) and missing(block, path):
            yield f"{kind}.{path}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_argument_that_is_read_exists(kind: str) -> None:
    assert set(unknown_names(kind)) <= NEWER
