"""A cloud assembly, which `cdk synth` writes: which of its files are stacks, and where they go.

https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

_STACK = "aws:cloudformation:stack"
_NOWHERE = frozenset({"", "unknown-region", "current_region"})


class Assemblies:
    """The assemblies of a run. What lies in one and is no stack of it is an asset."""

    def __init__(self, manifests: Mapping[str, bytes]) -> None:
        """`manifests` are the manifests' bytes by their paths; one that cannot be read says nothing."""
        self._regions: dict[str, str | None] = {}
        self._folders: list[str] = []
        for path, data in manifests.items():
            artifacts = _artifacts(data)
            if artifacts is not None:
                folder = posixpath.dirname(path)
                self._folders.append(folder + "/" if folder else "")
                self._regions |= dict(_stacks(folder, artifacts))

    def is_asset(self, path: str) -> bool:
        """Whether a file is only reached through a stack: a nested one's template, a bundle's file."""
        return path not in self._regions and path.startswith(tuple(self._folders))

    def region(self, path: str) -> str | None:
        """The Region that a stack is made for, if the program says so."""
        return self._regions.get(path)


def _artifacts(data: bytes) -> Mapping[str, Any] | None:
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        return None
    artifacts = manifest.get("artifacts") if isinstance(manifest, dict) else None
    return artifacts if isinstance(artifacts, dict) else None


def _stacks(folder: str, artifacts: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The paths of the stacks' templates with their Regions."""
    for artifact in artifacts.values():
        if not isinstance(artifact, dict) or artifact.get("type") != _STACK:
            continue
        properties = artifact.get("properties")
        file = properties.get("templateFile") if isinstance(properties, dict) else None
        if isinstance(file, str):
            yield posixpath.normpath(posixpath.join(folder, file)), _region(artifact)


def _region(artifact: Mapping[str, Any]) -> str | None:
    """The Region of `aws://ACCOUNT/REGION`."""
    environment = artifact.get("environment")
    region = environment.rpartition("/")[2] if isinstance(environment, str) else ""
    return None if region in _NOWHERE or region.startswith("$") else region
