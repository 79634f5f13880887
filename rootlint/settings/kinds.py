"""The settings that there are, and what each has to look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

SEVERITIES = ("critical", "high", "medium", "low", "note")
PARTITIONS = ("aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b")
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}")
T = TypeVar("T")


class Wrong(Exception):  # noqa: N818 - its words become part of a sentence
    """A value of the wrong kind; the text says what it should be."""


def _a(kind: type[T], words: str) -> Callable[[Any], T]:
    def read(value: Any) -> T:
        if isinstance(value, kind) and value != "":
            return value
        raise Wrong(words)

    return read


def _texts(words: str) -> Callable[[Any], tuple[str, ...]]:
    def read(value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        raise Wrong(words)

    return read


def _one_of(words: Sequence[str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if isinstance(value, str) and value in words:
            return value
        raise Wrong(f"one of {', '.join(words)}")

    return read


def _region(value: Any) -> str:
    if isinstance(value, str) and _REGION.fullmatch(value):
        return value
    raise Wrong("the name of a Region, such as eu-west-1")


def _table(value: Any) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise Wrong("a table")


def _elsewhere(value: Any) -> bool:
    if isinstance(value, dict) and set(value) == {"elsewhere"}:
        return _a(bool, "a table of `elsewhere`, true or false")(value["elsewhere"])
    raise Wrong("a table of `elsewhere`, true or false")


_FLAG = _a(bool, "true or false")
_NAMES = _texts("a list of check names")
READ: Mapping[str, Callable[[Any], Any]] = {
    "select": _NAMES,
    "ignore": _NAMES,
    "exclude": _texts("a list of patterns, as in a .gitignore"),
    "fail_on": _one_of(SEVERITIES),
    "region": _region,
    "partition": _one_of(PARTITIONS),
    "parameters": _texts("a list of files"),
    "strict": _FLAG,
    "undecided": _FLAG,
    "ignores": _a(list, "written as `[[ignores]]`"),
    "alarms": _elsewhere,
    "trails": _elsewhere,
    "terraform": _table,
}
TERRAFORM: Mapping[str, Callable[[Any], Any]] = {
    "var_files": _texts("a list of paths"),
    "workspace": _a(str, "the name of a workspace"),
}
IGNORE: Mapping[str, Callable[[Any], Any]] = {
    "check": _a(str, "the name of a check"),
    "reason": _a(str, "a sentence: why is this no fault here?"),
    "path": _a(str, "a pattern of paths"),
    "resource": _a(str, "a pattern of addresses"),
}
