"""A JSON text → nodes: for JSON that the YAML parser refuses, and to say where JSON is not strict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rootlint.cloudformation.build import Builder
from rootlint.cloudformation.escapes import unescape
from rootlint.cloudformation.nodes import NotReadable, Scalar
from rootlint.source import SourceFile

_TOKEN = re.compile(
    r"""[\s\ufeff]+ | //[^\n]* | /\*.*?\*/"""
    r"""| (?P<string>"[^"\\]*(?:\\.[^"\\]*)*") | (?P<mark>[{}\[\],:]) | (?P<word>[^\s{}\[\],:"/]+)""",
    re.VERBOSE | re.DOTALL,
)
# What may follow what: an opened list or object, an element or a key, a value, a comma, a colon.
_VALUE = frozenset({"string", "word", "{", "["})
_NEXT_IN_LIST = {"[": _VALUE | {"]"}, ",": _VALUE | {"]"}, "value": frozenset({",", "]"})}
_NEXT_IN_OBJECT = {
    "{": frozenset({"string", "}"}),
    ",": frozenset({"string", "}"}),
    "key": frozenset({":"}),
    ":": _VALUE,
    "value": frozenset({",", "}"}),
}


def json_document(text: str) -> Builder:
    """The one JSON value of a text; comments and a comma before an end are let through."""
    builder = Builder()
    opened: list[str] = []
    state = "start"
    for kind, start, end in _tokens(text):
        if kind not in _allowed(opened, state):
            raise NotReadable(f"no JSON: `{text[start:end][:20]}` is not expected here", start, end)
        state = _take(builder, opened, state, (kind, start, end), text)
    if opened or state != "value":
        raise NotReadable("the JSON text ends too early", max(0, len(text) - 1), len(text))
    return builder


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotReadable(f"no JSON: `{text[at]}` is not expected here", at)
        at = found.end()
        kind = found.lastgroup
        if kind is not None:
            yield found.group() if kind == "mark" else kind, found.start(), at


def _allowed(opened: list[str], state: str) -> frozenset[str]:
    if not opened:
        return _VALUE if state == "start" else frozenset()
    return (_NEXT_IN_LIST if opened[-1] == "[" else _NEXT_IN_OBJECT)[state]


def _take(
    builder: Builder, opened: list[str], state: str, token: tuple[str, int, int], text: str
) -> str:
    """Tell the builder of a token; the state behind it."""
    kind, start, end = token
    if kind in {"{", "["}:
        builder.begin(start, "", None, mapping=kind == "{")
        opened.append(kind)
        return kind
    if kind in {"}", "]"}:
        opened.pop()
        builder.finish(end)
        return "value"
    if kind in {",", ":"}:
        return kind
    is_key = bool(opened) and opened[-1] == "{" and state != ":"
    builder.scalar(_scalar(kind, start, end, text))
    return "key" if is_key else "value"


def _scalar(kind: str, start: int, end: int, text: str) -> Scalar:
    if kind == "word":
        return Scalar(text[start:end], start, end, "", "")
    return Scalar(unescape(text, start + 1, end - 1), start, end, '"', "")


def not_strict(file: SourceFile) -> NotReadable | None:
    """Where a `.json` file that was read is no strict JSON: a comment, a comma too many, `NaN`."""
    if not file.path.endswith(".json"):
        return None
    import json

    try:
        json.loads(file.text.lstrip("\ufeff"), parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        return NotReadable(f"no strict JSON: {problem.msg.lower()}", problem.pos)
    except _Constant as problem:
        at = max(0, file.text.find(str(problem)))
        return NotReadable(f"no strict JSON: `{problem}` is no value", at, at + len(str(problem)))
    except (RecursionError, ValueError):
        # Deeper than it reads, or a number longer than it converts: both are strict all the same.
        return None
    return None


class _Constant(Exception):  # noqa: N818 - named for what happened
    pass


def _no_constant(name: str) -> object:
    raise _Constant(name)
