"""The frozen syntax tree of Terraform's language: what the evaluator sees, whoever parsed it."""

from __future__ import annotations

from rootlint.model.value import Piece, Scalar
from rootlint.record import dataclass
from rootlint.source import Span, Unreadable


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, `true`, `false`, `null`, or a string without interpolations (quoted or heredoc).

    The span of a quoted string leaves out the quotes. `pieces` says where each character of a string
    is written.
    """

    value: Scalar
    span: Span
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpolation:
    """`${expr}` in a template."""

    expr: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class TemplateIf:
    """`%{ if condition }then%{ else }otherwise%{ endif }` in a template; `text` is the condition's."""

    condition: Expression
    text: str
    then: tuple[Part, ...]
    otherwise: tuple[Part, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TemplateFor:
    """`%{ for key, name in source }parts%{ endfor }` in a template."""

    key: str | None
    name: str
    source: Expression
    parts: tuple[Part, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Template:
    """A string with interpolations or directives. Strip markers are already applied to its parts."""

    parts: tuple[Part, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListExpr:
    items: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """`key = value` in an object constructor. A bare name as key is a `Literal`."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class ObjectExpr:
    entries: tuple[Entry, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ForExpr:
    """`[for key, name in source : value if condition]`, or an object where `result_key` is given.

    `text` is the condition as written, in one line.
    """

    key: str | None
    name: str
    source: Expression
    result_key: Expression | None
    value: Expression
    condition: Expression | None
    grouping: bool
    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition ? then : otherwise`; `text` is the condition as written, in one line."""

    condition: Expression
    text: str
    then: Expression
    otherwise: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    operator: str
    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """`name(args...)`: with `expand`, the last argument is a list of arguments."""

    name: str
    args: tuple[Expression, ...]
    expand: bool
    span: Span


@dataclass(frozen=True, slots=True)
class GetAttr:
    """The step `.name`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Index:
    """The step `[key]`, or the legacy `.0`."""

    key: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Splat:
    """The step `[*]` or `.*`; `each` is done to every element."""

    each: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Traversal:
    """A reference: a first name and the steps that follow. `text` is it as written, in one line."""

    root: str
    steps: tuple[Step, ...]
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Relative:
    """Steps that follow something else than a name: `f(x).y`, `(a)[0]`."""

    source: Expression
    steps: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Broken:
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


@dataclass(frozen=True, slots=True)
class Attribute:
    """`name = expr`. The span is that of the whole."""

    name: str
    name_span: Span
    expr: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Body:
    """What stands between braces, or a whole file. With `faults` something of it may be missing."""

    attributes: dict[str, Attribute]
    blocks: tuple[Block, ...]
    span: Span
    faults: tuple[Unreadable, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """`kind "label" { … }`: `header` spans kind and labels, `span` the whole."""

    kind: str
    labels: tuple[str, ...]
    body: Body
    header: Span
    span: Span
