"""Which files of a folder Terraform or OpenTofu loads as configuration, by their names alone.

https://developer.hashicorp.com/terraform/language/files and
https://opentofu.org/docs/language/files/: of two files of one name the `.tofu` one is loaded.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

SUFFIXES = (".tf", ".tf.json", ".tofu", ".tofu.json")
_OF_TOFU = {".tofu": ".tf", ".tofu.json": ".tf.json"}


def is_terraform(path: str) -> bool:
    """Whether a file is configuration: by its ending, not hidden, no editor's backup."""
    name = posixpath.basename(path)
    return name.endswith(SUFFIXES) and not name.startswith((".", "#"))


def is_json(path: str) -> bool:
    return path.endswith(".json")


def overrides(path: str) -> bool:
    """Whether a file goes over what the others declare: `override.tf`, `x_override.tf.json`."""
    stem = _split(posixpath.basename(path))[0]
    return stem == "override" or stem.endswith("_override")


def loaded(paths: Iterable[str]) -> tuple[str, ...]:
    """The configuration files among those of one folder, in the order in which they are loaded."""
    found = [path for path in paths if is_terraform(path)]
    replaced = {
        stem + _OF_TOFU[ending] for stem, ending in map(_split, found) if ending in _OF_TOFU
    }
    kept = (path for path in found if path not in replaced)
    return tuple(sorted(kept, key=lambda path: (overrides(path), path)))


def _split(path: str) -> tuple[str, str]:
    """The path without its ending, and the ending."""
    for ending in SUFFIXES:
        if path.endswith(ending):
            return path[: -len(ending)], ending
    return path, ""


WRAPPER = "terragrunt.hcl"
# Files that give values to root modules: of variables, and of Terragrunt.
GIVING = (".hcl", ".tfvars", ".tfvars.json")
STATES = (".tfstate", ".tfstate.backup")
SAVED_PLAN = b"PK\x03\x04"


def looks_like_plan(data: bytes) -> bool:
    """Whether a file is what `terraform show -json` prints of a plan.

    https://developer.hashicorp.com/terraform/internals/json-format
    """
    return b'"planned_values"' in data and b'"format_version"' in data


def looks_like_state(data: bytes) -> bool:
    """Whether a file is a state, or what `terraform show -json` prints of one."""
    if b'"terraform_version"' not in data:
        return False
    return b'"lineage"' in data or (b'"format_version"' in data and b'"values"' in data)


_LOCAL = re.compile(rb'"\.\.?[/"\\]')


def may_call_local(data: bytes) -> bool:
    """Whether the bytes of a file may hold the `source` of a module that is a local path."""
    return _LOCAL.search(data) is not None
