"""Expressions evaluated with given names: what tests of the language need."""

import json

from rootlint.model.place import spot
from rootlint.model.value import Encoded, Known, Map, Reference, Scalar, Text, Unknown, Value, Why
from rootlint.source import SourceFile, Span
from rootlint.terraform.blocks import split
from rootlint.terraform.convert import to_text
from rootlint.terraform.evaluate import evaluate, evaluate_body
from rootlint.terraform.parse import parse, parse_expression
from rootlint.terraform.syntax import Block, Expression
from rootlint.terraform.values import Failed

PLACE = Span("variables.tf", 10, 20)
ARN = Reference("unit", "aws_sns_topic.t", "arn")


def hole(name: str = "x") -> Unknown:
    return Unknown(Why.VARIABLE, f"var.{name} has no value", PLACE)


def topic(**written: Value) -> Map:
    """A resource of which only some attributes are written."""
    refers = Reference("unit", "aws_sns_topic.t", "")
    rest = Unknown(Why.ATTRIBUTE, "aws_sns_topic.t is known after apply", PLACE, refers)
    return Map(written, PLACE, rest, refers=refers)


class Given:
    """A scope with a few variables, resources and files; any other `var` has no value."""

    def __init__(self, names: dict[str, Value], files: dict[str, str] | None = None) -> None:
        self._names = names
        self._files = files or {}

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        if root == "var":
            return self._names.get(path[0], hole(path[0])), 1
        if root in self._names:
            return self._names[root], 0
        return None

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        if path in self._files:
            return SourceFile(path, self._files[path])
        if path.startswith("hidden"):
            return Unknown(Why.FILE, "outside of what is scanned", span)
        return Failed(Why.FILE, "no such file", span)

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        return tuple(self._files)


def value(text: str, files: dict[str, str] | None = None, **names: Value) -> Value:
    """The value of an expression with these variables."""
    return evaluate(parse_expression(text), Given(names, files))


def plain(text: str, **names: Value) -> object:
    """The same as Python has it; it must be wholly known."""
    found = value(f"jsonencode({text})", None, **names)
    assert isinstance(found, Encoded)
    written = to_text(found)
    assert isinstance(written, Known), written
    return json.loads(str(written.value))


def parts(found: Value) -> tuple[object, ...]:
    """The literal parts of a text, `None` for a hole."""
    assert isinstance(found, Text), found
    return tuple(part if isinstance(part, str) else None for part in found.parts)


def file_of(text: str) -> SourceFile:
    return SourceFile("main.tf", text)


def block_of(text: str) -> Block:
    """The only block of a text."""
    file = file_of(text)
    (found,), _ = split(file)
    return parse(file, found)[0]


def body_of(text: str, **names: Value) -> Map:
    """The evaluated body of the only block of a text."""
    return evaluate_body(block_of(text).body, Given(names))


def attribute(text: str, name: str = "x") -> Expression:
    """How an attribute is written in the only block of a text."""
    return block_of(text).body.attributes[name].expr


def known(plain_value: Scalar) -> Known:
    return Known(plain_value, PLACE)


def at(text: str, word: str, found: Value) -> str:
    """What of the file the place of a word in the value spans."""
    assert isinstance(found, Known)
    start = str(found.value).index(word)
    span = spot(found, start, start + len(word))
    return text[span.start : span.end]


def evaluated(text: str, **names: Value) -> Value:
    return evaluate(attribute(text), Given(names))
