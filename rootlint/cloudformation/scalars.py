"""A scalar → a value: text, or the flag or number that a plain one is; dynamic references are holes."""

from __future__ import annotations

import re

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.nodes import Scalar
from rootlint.cloudformation.pieces import placed
from rootlint.model.value import Known, List, Piece, Unknown, Value, Why
from rootlint.model.value import Scalar as Literal
from rootlint.source import SourceFile, Span

_WORDS: dict[str, Literal] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_FIRST = frozenset("-0123456789tTfFnN~")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,5}[1-9]")
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
_RESOLVED = "{{resolve:"
# What another program fills in: variables of the Serverless Framework, which may be nested
# (https://www.serverless.com/framework/docs/guides/variables), and the marks of template engines.
_HOLE = re.compile(
    r"\{\{[^{}]*\}\}"
    r"|\$\{(?:(?:self|opt|sls|param|custom|env|file|ssm|cf|s3|git|terraform|output|strToBool)\b"
    r"|aws:(?:accountId|region)\b)(?:[^{}]|\$\{[^{}]*\})*\}"
    r"|\{%[^{}]*%\}|<%[^<>]*%>|%[A-Z][A-Z0-9_]{2,}%"
)
# Of org-formation: one element for each account or Region that is bound, which is at least one.
_ENUMERATED = re.compile(r"Fn::Enum[A-Z][A-Za-z]*(?:\s|\Z)")
_MARKS = ("{{", "${", "{%", "<%", "%")


def literal(node: Scalar) -> Literal:
    """What a scalar is in JSON. A number that would not read the same again stays text: `0123`, `1_000`."""
    text = node.text
    if node.style or (text and text[0] not in _FIRST):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text) and text != "-0":
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text


def scalar(file: SourceFile, node: Scalar) -> Value:
    """The value of a scalar with its place; what is filled in later is a hole in it."""
    span, pieces = placed(file, node)
    text = node.text
    if ("{" in text or "%" in text) and has_holes(text):
        return dynamic(text, span, pieces)
    if text.startswith("Fn::") and _ENUMERATED.match(text):
        hole = Unknown(Why.MACRO, f"`{text}`", span)
        return List((hole,), span, rest=hole)
    return Known(literal(node), span, None, pieces)


def has_holes(text: str) -> bool:
    """Whether a part of a text is filled in later. A script of several lines is left to its reader."""
    if _RESOLVED in text:
        return True
    return "\n" not in text and any(mark in text for mark in _MARKS) and bool(_HOLE.search(text))


def dynamic(text: str, span: Span, pieces: tuple[Piece, ...]) -> Value:
    """A text with holes where `{{resolve:…}}` is looked up, or another program fills something in."""
    made = Assembly(span)
    at = 0
    for found in _HOLE.finditer(text):
        why = Why.DYNAMIC if found.group().startswith(_RESOLVED) else Why.MACRO
        made.slice(text, pieces, at, found.start())
        made.hole(Unknown(why, f"`{found.group()}`", span), span)
        at = found.end()
    made.slice(text, pieces, at, len(text))
    return made.value()
