"""The syntax tree of CloudWatch Logs filter patterns, and its printer.

Grammar: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
Places in the pattern's text do not take part in equality: `parse(show(p)) == p`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from enum import Enum
from typing import NamedTuple

from rootlint.record import dataclass

HOLE = "\ufffc"
"""Stands for a part of a pattern's text that is not known."""

_PLAIN_NAME = re.compile(r"[^\s.\[\](){}&|=!<>\"%$,']+")


class Fault(NamedTuple):
    """A pattern that AWS rejects: at which character, and why."""

    at: int
    message: str


class Every(Enum):
    """A wildcard in a selector."""

    MEMBER = "*"
    ELEMENT = "[*]"


Step = str | int | Every


@dataclass(frozen=True, slots=True)
class Selector:
    """`$.userIdentity.type`, `$.a[0].b[*]`, `$.['a.b']`, `$.*`."""

    steps: tuple[Step, ...]


class Kind(Enum):
    """How an operand is written."""

    WORD = "word"
    QUOTED = "quoted"
    REGEX = "regex"


@dataclass(frozen=True, slots=True)
class Operand:
    """What a field is compared with: the text without its quotes or percent signs."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Compare:
    """`$.eventName = "ConsoleLogin"`. `operator` is =, !=, <, <=, > or >=."""

    selector: Selector
    operator: str
    operand: Operand
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Test:
    """`$.a IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`; `asks` is that text."""

    selector: Selector
    asks: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Terms joined by &&: two or more, none of them an `AllOf`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Terms joined by ||: two or more, none of them an `AnyOf`."""

    parts: tuple[Node, ...]


Node = Compare | Test | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class JsonPattern:
    """`{ … }`: matches log events that are JSON objects."""

    root: Node


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term: `sign` is "" (must occur), "?" (one of these must) or "-" (must not)."""

    sign: str
    operand: Operand
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TermPattern:
    """Terms that are looked for in the text of the log event. Without any, every event matches."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a space-delimited pattern: its text, `...` for any number of fields.

    `node` is its condition, None where there is none; where `known` is false it has one that is not
    understood.
    """

    text: str
    node: Node | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class ColumnPattern:
    """`[a, b = 4*, ...]`: matches log events that are fields between blanks."""

    columns: tuple[Column, ...]


Pattern = JsonPattern | TermPattern | ColumnPattern


def show(pattern: Pattern) -> str:
    """The pattern as text, in one canonical form."""
    match pattern:
        case JsonPattern(root):
            return f"{{ {show_node(root)} }}"
        case TermPattern(phrases):
            return " ".join(phrase.sign + show_operand(phrase.operand) for phrase in phrases)
        case ColumnPattern(columns):
            return f"[{', '.join(column.text for column in columns)}]"


def show_node(node: Node) -> str:
    match node:
        case Compare():
            operand = show_operand(node.operand)
            return f"{show_selector(node.selector)} {node.operator} {operand}"
        case Test():
            return f"{show_selector(node.selector)} {node.asks}"
        case AnyOf(parts):
            return " || ".join(show_node(part) for part in parts)
        case AllOf(parts):
            return " && ".join(
                f"({show_node(part)})" if isinstance(part, AnyOf) else show_node(part)
                for part in parts
            )


def show_operand(operand: Operand) -> str:
    match operand.kind:
        case Kind.WORD:
            return operand.text
        case Kind.REGEX:
            return f"%{operand.text}%"
        case Kind.QUOTED:
            escaped = operand.text.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'


def show_selector(selector: Selector) -> str:
    return "$" + "".join(_show_step(step) for step in selector.steps)


def _show_step(step: Step) -> str:
    if isinstance(step, Every):
        return ".*" if step is Every.MEMBER else "[*]"
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN_NAME.fullmatch(step) and step != "*" else f".['{step}']"


def conditions(pattern: Pattern) -> Iterator[Compare | Test]:
    """Every condition of a JSON pattern, from left to right."""
    return _conditions([pattern.root] if isinstance(pattern, JsonPattern) else [])


def regexes(pattern: Pattern) -> int:
    """How many regular expressions a pattern holds."""
    match pattern:
        case JsonPattern():
            found = [x.operand for x in conditions(pattern) if isinstance(x, Compare)]
        case TermPattern(phrases):
            found = [phrase.operand for phrase in phrases]
        case ColumnPattern(columns):
            nodes = [column.node for column in columns if column.node is not None]
            found = [x.operand for x in _conditions(nodes) if isinstance(x, Compare)]
    return sum(operand.kind is Kind.REGEX for operand in found)


def _conditions(stack: list[Node]) -> Iterator[Compare | Test]:
    while stack:
        match stack.pop():
            case AllOf(parts) | AnyOf(parts):
                stack.extend(reversed(parts))
            case condition:
                yield condition
