"""The formulas of conditions: and, or, not, over comparisons and over one another."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from typing import TYPE_CHECKING, NamedTuple

from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.nodes import Node, Scalar, Sequence
from rootlint.model.same import same, text_of, unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.value import Choice, Known, Unknown, Value, Why

if TYPE_CHECKING:
    from rootlint.cloudformation.evaluate import Evaluator
    from rootlint.cloudformation.scope import Scope

# Twelve comparisons that are true or false.
MOST_SCENARIOS = 4_096
_DEEPEST = 40
_DEEPEST_WALK = 80


class Fixed(NamedTuple):
    """A part that is decided, or that cannot be read; `node` is where it is written."""

    truth: Truth
    because: Unknown | None = None
    node: Node | None = None


class Atom(NamedTuple):
    """Whether an unknown `subject` equals a literal. `allowed` are all values that it may have."""

    subject: str
    literal: str
    because: Unknown
    allowed: tuple[str, ...] | None = None


class Named(NamedTuple):
    name: str


class Joined(NamedTuple):
    """Parts that all hold, or of which one does; `Not` has one part."""

    operator: str
    parts: tuple[Part, ...]


Part = Fixed | Atom | Named | Joined


class Formula(NamedTuple):
    """A condition's formula, with all of its parts in one row: a walk needs no recursion."""

    top: Part
    parts: tuple[Part, ...]

    def hidden(self) -> Iterator[Unknown]:
        for part in self.parts:
            if isinstance(part, Fixed) and part.because is not None:
                yield part.because


class World:
    """One scenario: what each unknown is. What is not in `values` is unknown."""

    __slots__ = ("_formulas", "_found", "_values")

    def __init__(self, formulas: Mapped[str, Formula], values: Mapped[str, str]) -> None:
        self._formulas = formulas
        self._values = values
        self._found: dict[str, Truth] = {}

    def holds(self, name: str, depth: int = 0) -> Truth:
        """Whether a condition holds; one that names itself, or is too deep, is unknown."""
        found = self._found.get(name)
        if found is None:
            self._found[name] = Truth.UNKNOWN
            self._found[name] = self.part(self._formulas[name].top, depth + 1)
            found = self._found[name]
        return found

    def part(self, part: Part, depth: int = 0) -> Truth:
        """Whether a part of a formula holds."""
        if depth > _DEEPEST_WALK:
            return Truth.UNKNOWN
        match part:
            case Fixed():
                return part.truth
            case Atom():
                value = self._values.get(part.subject)
                return Truth.UNKNOWN if value is None else Truth.of(value == part.literal)
            case Named():
                return self.holds(part.name, depth)
            case Joined():
                return self._joined(part, depth)

    def _joined(self, part: Joined, depth: int) -> Truth:
        answers = [self.part(inner, depth + 1) for inner in part.parts]
        match part.operator:
            case "Fn::And":
                return all_of(answers)
            case "Fn::Or":
                return any_of(answers)
            case _:
                return ~all_of(answers)


def atoms(formula: Formula) -> Iterator[Atom]:
    return (part for part in formula.parts if isinstance(part, Atom))


def named_in(formula: Formula) -> Iterator[str]:
    return (part.name for part in formula.parts if isinstance(part, Named))


def read_formula(evaluator: Evaluator, name: str) -> Formula:
    """The formula of a declared condition."""
    found = evaluator.written_conditions.get(name)
    parts: list[Part] = []
    if found is None or found.hidden is not None:
        span = evaluator.condition_span(name)
        unknown = Unknown(Why.UNDECLARED, f"condition `{name}` is not declared", span)
        top: Part = Fixed(Truth.UNKNOWN, unknown)
        parts.append(top)
    else:
        top = _Reader(evaluator, found.scope, parts).read(found.node, 0)
    return Formula(top, tuple(parts))


class _Reader(NamedTuple):
    """Reads one formula. `parts` takes all of its parts, `scope` holds what loops around stand for."""

    evaluator: Evaluator
    scope: Scope
    parts: list[Part]

    def read(self, node: Node, depth: int) -> Part:
        part = self._part(node, depth)
        self.parts.append(part)
        return part

    def _part(self, node: Node, depth: int) -> Part:
        called = intrinsic(node)
        if called is None:
            return self._plain(node)
        name, argument = called
        if name == "Condition" and isinstance(argument, Scalar):
            return Named(self.scope.filled(argument.text))
        if not isinstance(argument, Sequence) or depth > _DEEPEST:
            return _unread(self.evaluator, node)
        if name in {"Fn::And", "Fn::Or", "Fn::Not"}:
            inner = (self.read(item, depth + 1) for item in argument.items)
            return Joined(name, tuple(inner))
        if name == "Fn::Equals" and len(argument.items) == 2:
            left, right = (self._operand(item) for item in argument.items)
            part = _equals(self.evaluator, node, left, right)
            self.parts.extend(part.parts if isinstance(part, Joined) else ())
            return part
        return _unread(self.evaluator, node)

    def _operand(self, node: Node) -> Value | None:
        """One side of a comparison. A masked parameter counts, as nothing of it is told."""
        called = intrinsic(node)
        if called is not None and called[0] == "Ref" and isinstance(called[1], Scalar):
            name = called[1].text
            if name in self.evaluator.parameters:
                return self.evaluator.parameters.compared(name)
        return self.evaluator.evaluate(node, self.scope)

    def _plain(self, node: Node) -> Part:
        """`true` and `false`, which CloudFormation lets stand as conditions in some places."""
        value = self.evaluator.evaluate(node)
        if isinstance(value, Known) and text_of(value.value) in {"true", "false"}:
            return Fixed(Truth.of(text_of(value.value) == "true"))
        return _unread(self.evaluator, node)


def _unread(evaluator: Evaluator, node: Node) -> Fixed:
    unknown = Unknown(Why.CONDITION, "this is no condition", evaluator.span(node))
    return Fixed(Truth.UNKNOWN, unknown)


def _equals(evaluator: Evaluator, node: Node, left: Value | None, right: Value | None) -> Part:
    answer = same(left, right)
    if answer is not Truth.UNKNOWN or left is None or right is None:
        return Fixed(answer, node=node)
    if isinstance(left, Known):
        left, right = right, left
    if isinstance(right, Known) and isinstance(left, Choice):
        either = _one_of(evaluator, left, right)
        if either is not None:
            return either
    because = _hole(left) or _hole(right)
    if because is None:
        because = Unknown(Why.CONDITION, "a comparison that is not known", evaluator.span(node))
    if isinstance(left, Unknown) and isinstance(right, Known):
        return _atom(evaluator, left, text_of(right.value))
    subject = repr(sorted((_shape(left), _shape(right))))
    return Atom(subject, "", because)


def _atom(evaluator: Evaluator, left: Unknown, literal: str) -> Atom:
    return Atom(subject_of(left), literal, left, evaluator.allowed(left))


def _one_of(evaluator: Evaluator, choice: Choice, right: Known) -> Joined | None:
    """Whether a parameter has one of the allowed values with which the comparison holds."""
    allowed = evaluator.allowed(choice.because)
    answers = [same(option.value, right) for option in choice.options]
    if allowed is None or len(allowed) != len(answers) or Truth.UNKNOWN in answers:
        return None
    fitting = [value for value, answer in zip(allowed, answers, strict=True) if answer is Truth.YES]
    return Joined("Fn::Or", tuple(_atom(evaluator, choice.because, value) for value in fitting))


def subject_of(unknown: Unknown) -> str:
    """What tells one unknown from another, wherever they are written."""
    return repr((unknown.why.name, unknown.detail, unknown.refers))


def _hole(value: Value) -> Unknown | None:
    if isinstance(value, Choice):
        return value.because
    return next(unknowns(value), None)


def _shape(value: Value) -> str:
    """What tells one unknown value from another, wherever they are written."""
    match value:
        case Known():
            return f"={text_of(value.value)}"
        case Unknown():
            return subject_of(value)
        case _:
            return repr(value)
