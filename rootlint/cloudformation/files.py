"""Which files may be templates, by their bytes: discovery asks it of every file, so it imports nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rootlint.cloudformation.vocabulary.kinds import is_worth_reading

_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_IGNORE_MARK = b"rootlint"
_LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "packages.lock.json")
# https://helm.sh/docs/topics/charts/
_CHART = "Chart.yaml"
_OF_A_CHART = ("templates/", "charts/")
_MANIFEST = "manifest.json"
_ARTIFACTS = (b"aws:cloudformation:stack", b"cdk:cloud-assembly")


def is_wanted(data: bytes) -> bool:
    """Whether the bytes of a file are those of a template that may hold anything to judge."""
    text = _narrow(data)
    return _mentions(text) and (_IGNORE_MARK in text or is_worth_reading(text))


def looks_like_template(data: bytes) -> bool:
    """Whether the bytes of a file name what every template has. Rarely wrong, never too strict."""
    return _mentions(_narrow(data))


def others(paths: Iterable[str]) -> Callable[[str], bool]:
    """Which of these paths are no configuration, by their names: locks, and what a chart is made of."""
    charts = tuple(path.removesuffix(_CHART) for path in paths if f"/{path}".endswith(f"/{_CHART}"))
    inside = tuple(chart + folder for chart in charts for folder in _OF_A_CHART)
    return lambda path: path.endswith(_LOCKS) or path.startswith(inside)


def is_manifest(path: str, data: bytes) -> bool:
    """Whether a file lists the artifacts of a cloud assembly, which CDK writes."""
    return path.endswith(_MANIFEST) and any(mark in data for mark in _ARTIFACTS)


def _narrow(data: bytes) -> bytes:
    """The bytes as UTF-8, where a byte-order mark says that they are UTF-16."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return data.decode(encoding, "replace").encode("utf-8", "replace")
    return data


def _mentions(data: bytes) -> bool:
    if b"Resources" in data:
        return b"::" in data or b"AWSTemplateFormatVersion" in data
    # Of org-formation, and of the Serverless Framework where all resources are in other files.
    return b"OC::ORG::" in data or (b"resources:" in data and b"${file(" in data)
