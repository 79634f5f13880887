"""What a scalar of YAML is to Terraform: a text, a number, a flag, nothing, or a point in time."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from rootlint.model.value import Scalar, Unknown
from rootlint.terraform import numbers

_TAGS = "tag:yaml.org,2002:"
_FLAGS: dict[str, Scalar] = {
    **dict.fromkeys(
        ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True
    ),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE"), False),
    **dict.fromkeys(("off", "Off", "OFF"), False),
}
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_OTHER_BASE = re.compile(r"0(?:x(?P<hex>[0-9a-fA-F]+)|o(?P<octal>[0-7]+))", re.ASCII)
_TIME = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:\.\d{1,9})?(?P<zone>Z|[+-]\d\d:\d\d)"
    r"| (\d\d?):(\d\d?):(\d\d?)(?:\.\d{1,9})?)?",
    re.ASCII,
)
# A plain scalar that begins otherwise is a text, whatever follows.
_MAY_BE_MORE = re.compile(r"[-+.~0-9]")


class NoYaml(Exception):  # noqa: N818 - it says what the text is
    """A text that Terraform refuses as YAML."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Plain(NamedTuple):
    """A scalar as the parser tells it; `plain`: without quotes."""

    text: str
    tag: str | None
    plain: bool


def resolved(scalar: Plain) -> Scalar:
    """What the scalar is; raises `NoYaml` where its tag does not fit it."""
    tag = scalar.tag
    if tag is None:
        return _implied(scalar.text) if scalar.plain else scalar.text
    if not tag.startswith(_TAGS):
        raise NoYaml(f"unknown tag `{tag}`")
    kind, found = tag[len(_TAGS) :], _implied(scalar.text)
    if kind in {"str", "binary"}:
        return scalar.text
    fits = {
        "null": True,
        "bool": isinstance(found, bool),
        "int": numbers.is_number(found),
        "float": numbers.is_number(found),
        "timestamp": _TIME.fullmatch(scalar.text) is not None,
    }
    if not fits.get(kind):
        raise NoYaml(f"`{scalar.text[:40]}` is no `{kind}`")
    return None if kind == "null" else found


def _implied(text: str) -> Scalar:
    if text in _FLAGS:
        return _FLAGS[text]
    if text in _NOTHING:
        return None
    if _NO_NUMBER.fullmatch(text):
        raise NoYaml("no number that Terraform has")
    other = _OTHER_BASE.fullmatch(text)
    if other:
        return int(other["hex"], 16) if other["hex"] else int(other["octal"], 8)
    if _NUMBER.fullmatch(text):
        number = numbers.parse(text)
        if number is None:
            raise NoYaml("number has too many digits")
        return number
    return _time(text) or text


def _time(text: str) -> str | None:
    """A point in time as `timeadd` would write it; None for any other text."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    numbers_in = [int(part) for part in found.groups() if part and part.isdigit()]
    try:
        moment = datetime(*numbers_in)  # type: ignore[arg-type]  # noqa: DTZ001 - the zone is kept as it is written
    except ValueError:
        return None
    zone = found["zone"] or "Z"
    return moment.isoformat() + ("Z" if zone == "+00:00" else zone)


def undecided(parts: list[str | Unknown]) -> bool:
    """Whether a plain scalar with holes may be something else than a text."""
    head = parts[0]
    if not isinstance(head, str) or _MAY_BE_MORE.match(head):
        return True
    return any(word.startswith(head) for word in (*_FLAGS, *_NOTHING))
