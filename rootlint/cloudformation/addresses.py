"""Where the template of a nested stack is looked for, and which file of the tree that is.

`aws cloudformation package` takes a path beside the template. An address is one of a bucket that the
files of the tree were copied to: it names the one file that ends like it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.model.value import Known, Text, Value

HOLE = "\ufffc"
_NAME = re.compile(r"\$\{[^{}]*\}")
# What the console and the command line put behind an address.
_QUERY = re.compile(r"[?#].*")


class Found(NamedTuple):
    """A path, or why there is none. `assumed` where only the end of an address says so."""

    path: str | None
    why: str = ""
    assumed: bool = False


def find(own: str, address: str, paths: Collection[str]) -> Found:
    """The file of the tree that an address names from a template at `own`."""
    if not _is_elsewhere(address):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(own), address))
        return Found(path) if path in paths else Found(None, f"there is no `{path}`")
    parts = _QUERY.sub("", address).split("/")
    if not parts[-1] or HOLE in parts[-1]:
        return Found(None, "its address is not known")
    fitting = _by_name(frozenset(paths)).get(parts[-1], [])
    if not fitting:
        return Found(None, f"no file is called `{parts[-1]}`")
    best = max(_common_end(path, parts) for path in fitting)
    closest = [path for path in fitting if _common_end(path, parts) == best]
    if len(closest) > 1:
        return Found(None, f"{len(closest)} files are called `{parts[-1]}`")
    return Found(closest[0], assumed=True)


@lru_cache(maxsize=4)
def _by_name(paths: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        found.setdefault(path.rsplit("/", 1)[-1], []).append(path)
    return found


def _is_elsewhere(address: str) -> bool:
    return "://" in address or address.startswith(("/", HOLE, "{{"))


def _common_end(path: str, parts: list[str]) -> int:
    pairs = zip(reversed(path.split("/")), reversed(parts), strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), len(parts))


def address_of(value: Value | None) -> str | None:
    """An address with `HOLE` for each part that is not known; None where nothing of it is."""
    if isinstance(value, Known) and isinstance(value.value, str):
        return value.value
    if isinstance(value, Text):
        return "".join(part if isinstance(part, str) else HOLE for part in value.parts)
    return None


def written_address(node: Node | None) -> str | None:
    """The same, as far as it can be read without the values of names."""
    if isinstance(node, Scalar) and not node.tag:
        return node.text
    called = intrinsic(node) if node is not None else None
    if called is None:
        return None
    name, argument = called
    if name == "Fn::Sub":
        first = argument.items[0] if isinstance(argument, Sequence) and argument.items else argument
        return _NAME.sub(HOLE, first.text) if isinstance(first, Scalar) else None
    if name == "Fn::Join" and isinstance(argument, Sequence) and len(argument.items) == 2:
        return _joined(*argument.items)
    return None


def _joined(delimiter: Node, parts: Node) -> str | None:
    if not isinstance(delimiter, Scalar) or not isinstance(parts, Sequence):
        return None
    return delimiter.text.join(written_address(part) or HOLE for part in parts.items)


def asset(node: Mapping) -> str | None:
    """The file that CDK says it will put where the template of a nested stack is looked for.

    https://docs.aws.amazon.com/cdk/v2/guide/assets.html, "CloudFormation resource metadata"
    """
    metadata = node.get("Metadata")
    path = metadata.get("aws:asset:path") if isinstance(metadata, Mapping) else None
    return path.text if isinstance(path, Scalar) else None


def beside(path: str, url: str) -> str | None:
    """The path that an include names, from the folder of the template; None for an address."""
    if _is_elsewhere(url) or not url:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), url))


def named(own: str, node: Mapping, property_name: str, paths: Collection[str]) -> Iterator[str]:
    """The path that a resource nests, as written."""
    inner = node.get("Properties")
    written = inner.get(property_name) if isinstance(inner, Mapping) else None
    address = asset(node) or written_address(written)
    found = find(own, address, paths) if address else None
    if found is not None and found.path is not None:
        yield found.path
