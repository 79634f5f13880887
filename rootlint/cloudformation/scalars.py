"""A scalar → a value: text, or the flag or number that a plain one is; dynamic references are holes."""

from __future__ import annotations

import re

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.nodes import Scalar
from rootlint.cloudformation.pieces import placed
from rootlint.model.value import Known, Piece, Unknown, Value, Why
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
_DYNAMIC = re.compile(r"\{\{resolve:[^{}]*\}\}")
# Variables of the Serverless Framework: https://www.serverless.com/framework/docs/guides/variables
_FRAMEWORK = re.compile(r"\$\{(?:self|opt|sls|param|custom):[^{}]*\}")


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
    """The value of a scalar with its place; `{{resolve:…}}` in it is looked up at deployment."""
    span, pieces = placed(file, node)
    if "{{resolve:" in node.text:
        return dynamic(node.text, span, pieces)
    if "${" in node.text and _FRAMEWORK.search(node.text):
        return dynamic(node.text, span, pieces, _FRAMEWORK)
    return Known(literal(node), span, None, pieces)


def dynamic(
    text: str, span: Span, pieces: tuple[Piece, ...], pattern: re.Pattern[str] = _DYNAMIC
) -> Value:
    """A text with the dynamic references in it as holes."""
    made = Assembly(span)
    at = 0
    for found in pattern.finditer(text):
        made.slice(text, pieces, at, found.start())
        made.hole(Unknown(Why.DYNAMIC, f"`{found.group()}`", span), span)
        at = found.end()
    made.slice(text, pieces, at, len(text))
    return made.value()
