"""The frozen syntax tree of Terraform's language: what the evaluator sees, whoever parsed it."""

from __future__ import annotations

from typing import NamedTuple

from rootlint.model.value import Piece, Scalar
from rootlint.source import Span, Unreadable


class Literal(NamedTuple):
    """A number, `true`, `false`, `null`, or a string without interpolations (quoted or heredoc).

    The span of a quoted string leaves out the quotes. `pieces` says where each character of a string
    is written.
    """

    value: Scalar
    span: Span
    pieces: tuple[Piece, ...] = ()


class Interpolation(NamedTuple):
    """`${expr}` in a template."""

    expr: Expression
    span: Span


class TemplateIf(NamedTuple):
    """`%{ if condition }then%{ else }otherwise%{ endif }` in a template; `text` is the condition's."""

    condition: Expression
    text: str
    then: tuple[Part, ...]
    otherwise: tuple[Part, ...]
    span: Span


class TemplateFor(NamedTuple):
    """`%{ for key, name in source }parts%{ endfor }` in a template."""

    key: str | None
    name: str
    source: Expression
    parts: tuple[Part, ...]
    span: Span


class Template(NamedTuple):
    """A string with interpolations or directives. Strip markers are already applied to its parts."""

    parts: tuple[Part, ...]
    span: Span


class ListExpr(NamedTuple):
    items: tuple[Expression, ...]
    span: Span


class Entry(NamedTuple):
    """`key = value` in an object constructor. A bare name as key is a `Literal`."""

    key: Expression
    value: Expression


class ObjectExpr(NamedTuple):
    entries: tuple[Entry, ...]
    span: Span


class ForExpr(NamedTuple):
    """`[for key, name in source : value if condition]`, or an object where `result_key` is given."""

    key: str | None
    name: str
    source: Expression
    result_key: Expression | None
    value: Expression
    condition: Expression | None
    grouping: bool
    span: Span


class Conditional(NamedTuple):
    """`condition ? then : otherwise`; `text` is the condition as written, in one line."""

    condition: Expression
    text: str
    then: Expression
    otherwise: Expression
    span: Span


class Unary(NamedTuple):
    operator: str
    operand: Expression
    span: Span


class Binary(NamedTuple):
    operator: str
    left: Expression
    right: Expression
    span: Span


class Call(NamedTuple):
    """`name(args...)`: with `expand`, the last argument is a list of arguments."""

    name: str
    args: tuple[Expression, ...]
    expand: bool
    span: Span


class GetAttr(NamedTuple):
    """The step `.name`."""

    name: str
    span: Span


class Index(NamedTuple):
    """The step `[key]`, or the legacy `.0`."""

    key: Expression
    span: Span


class Splat(NamedTuple):
    """The step `[*]` or `.*`; `each` is done to every element."""

    each: tuple[Step, ...]
    span: Span


class Traversal(NamedTuple):
    """A reference: a first name and the steps that follow. `text` is it as written, in one line."""

    root: str
    steps: tuple[Step, ...]
    span: Span
    text: str


class Relative(NamedTuple):
    """Steps that follow something else than a name: `f(x).y`, `(a)[0]`."""

    source: Expression
    steps: tuple[Step, ...]
    span: Span


class Broken(NamedTuple):
    """Text that is no expression."""

    reason: str
    span: Span


Step = GetAttr | Index | Splat
Part = Literal | Interpolation | TemplateIf | TemplateFor
Expression = (
    Literal
    | Template
    | ListExpr
    | ObjectExpr
    | ForExpr
    | Conditional
    | Unary
    | Binary
    | Call
    | Traversal
    | Relative
    | Broken
)


class Attribute(NamedTuple):
    """`name = expr`. The span is that of the whole."""

    name: str
    name_span: Span
    expr: Expression
    span: Span


class Body(NamedTuple):
    """What stands between braces, or a whole file. With `faults` something of it may be missing."""

    attributes: dict[str, Attribute]
    blocks: tuple[Block, ...]
    span: Span
    faults: tuple[Unreadable, ...] = ()


class Block(NamedTuple):
    """`kind "label" { … }`: `header` spans kind and labels, `span` the whole."""

    kind: str
    labels: tuple[str, ...]
    body: Body
    header: Span
    span: Span
