"""Values as the code gives them: known, partly known, or unknown for a reason.

A property that is not written is `None`, never `Unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import NamedTuple

from rootlint.record import dataclass, handed_on
from rootlint.source import Span

Scalar = str | int | float | bool | None


class Why(Enum):
    """Why a value is not known, as a report says it."""

    VARIABLE = "variable without a value"
    PARAMETER = "parameter without a value"
    DATA_SOURCE = "data source"
    ATTRIBUTE = "known after apply"
    MODULE = "module that is not on disk"
    COUNT = "count or for_each that is not known"
    CONDITION = "condition that is not known"
    SWITCHED_OFF = "switched off by the values in force"
    FUNCTION = "function that is not evaluated"
    PSEUDO = "value of the account or Region"
    IMPORT = "value of another stack"
    DYNAMIC = "value looked up at deployment"
    FILE = "file that is not read"
    SYNTAX = "text that cannot be read"
    BROKEN = "code that cannot be read"
    UNDECLARED = "name that is not declared"
    ELSEWHERE = "declared elsewhere, if at all"
    MACRO = "macro or transform"
    OUTPUT = "value that leaves through an output"
    LIMIT = "more than is worked out"
    UNSPECIFIED = "behaviour that AWS does not document"


@handed_on
class Reference(NamedTuple):
    """A property of something declared: `aws_sns_topic.alerts`, `arn`.

    `unit` is the name of the unit that declares it. `attribute` is "" for the whole thing (a
    CloudFormation `Ref`). An export of another stack is `Reference("", "export", NAME)`.
    """

    unit: str
    address: str
    attribute: str


@handed_on
class Piece(NamedTuple):
    """Where a part of a text is written: from character `at` of the text on.

    `exact` says that the text is written character by character from `span.start` on; otherwise
    all of the part comes from the whole of `span` (an escape, an interpolation).
    """

    at: int
    span: Span
    exact: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A scalar that is known.

    `refers` is kept where it was read from another resource, so that chains follow identity.
    `note` says where it comes from if that surprises: "by default of `var.emails`".
    """

    value: Scalar
    span: Span
    refers: Reference | None = None
    pieces: tuple[Piece, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known, and why: `Unknown(Why.VARIABLE, "var.region has no value", …)`.

    `shape` is what is known of its text all the same: "" nothing, "name" no colon and no slash,
    "account" twelve digits, "region" and "partition" one such name.
    """

    why: Why
    detail: str
    span: Span
    refers: Reference | None = None
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A string of which parts are known: literal `str` parts and holes, never two `str` in a row.

    `pieces` places the literal parts; `at` counts each hole as one character.
    """

    parts: tuple[str | Unknown, ...]
    span: Span
    refers: Reference | None = None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoded:
    """A string that is the JSON of a value: `jsonencode(…)`, `Fn::ToJsonString`, a document's `.json`.

    `indent` is by how many blanks each level is indented; with 0 all stands in one line.
    """

    value: Value
    span: Span
    refers: Reference | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class List:
    """A list, tuple or set. With `rest` it may hold more elements, of which nothing is known."""

    items: tuple[Value, ...]
    span: Span
    rest: Unknown | None = None
    refers: Reference | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A map or object. With `rest` it may hold more entries. `keys` is where each key is written."""

    entries: Mapping[str, Value]
    span: Span
    rest: Unknown | None = None
    keys: Mapping[str, Span] = field(default_factory=dict)
    refers: Reference | None = None

    def get(self, name: str) -> Value | None:
        """The entry of that name; `None` where it is not written, whatever `rest` may hold."""
        return self.entries.get(name)


class Option(NamedTuple):
    """One alternative: in which scenario, and the value there (`None`: not written)."""

    when: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of which one is in force, and it is not known which: "when IsProd is false"."""

    options: tuple[Option, ...]
    because: Unknown
    span: Span


Value = Known | Unknown | Text | Encoded | List | Map | Choice
