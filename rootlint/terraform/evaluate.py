"""Expressions → values, as far as they are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Protocol

from rootlint.model.truth import Truth
from rootlint.model.value import Known, List, Map, Option, Unknown, Value, Why
from rootlint.source import SourceFile, Span
from rootlint.terraform import functions, loops, operators, steps, unify
from rootlint.terraform.attempts import Attempts
from rootlint.terraform.budget import Budget
from rootlint.terraform.convert import joined, to_truth
from rootlint.terraform.loops import Names
from rootlint.terraform.objects import ObjectMaker
from rootlint.terraform.syntax import (
    Binary,
    Body,
    Broken,
    Call,
    Conditional,
    Expression,
    ForExpr,
    GetAttr,
    Index,
    Interpolation,
    ListExpr,
    Literal,
    ObjectExpr,
    Part,
    Relative,
    Splat,
    Step,
    Template,
    TemplateFor,
    TemplateIf,
    Traversal,
    Unary,
)
from rootlint.terraform.values import (
    Failed,
    Tuple,
    certain,
    choose,
    closed,
    over,
    size_of,
    unsure,
    why_unknown,
)

_TEMPLATE = 2_000


class Scope(Protocol):
    """What surrounds an expression: the names it may use and the files it may read."""

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        """The value of a reference, and how many names of `path` it used up.

        `root` is the first name, `path` the attribute names that follow it directly (an index or a
        splat ends it). `var.a.b` → the value of `var.a`, 1; `data.t.n.x` → 2; `aws_x.y.id` → the
        resource as a Map (or a List or Map of instances), 1. None: not declared.
        """

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        """The text file at a path as the code writes it, for `file`, `templatefile` and the like.

        `Failed` (values.py) where it certainly is not there, `Unknown` where it may not be read.
        """

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        """The paths that `fileset` finds, relative to the folder; None where that is not known."""


def evaluate(expr: Expression, scope: Scope) -> Value:
    """The value of an expression; never raises."""
    evaluator = Evaluator(scope)
    try:
        return evaluator.value(expr, {})
    except RecursionError:
        return Unknown(Why.LIMIT, "too deep", expr.span)
    finally:
        evaluator.budget.settle()


def evaluate_body(body: Body, scope: Scope) -> Map:
    """Attributes as entries, nested blocks of a kind as a List of Maps; dynamic blocks are expanded.

    An attribute that is null is not written. A nested block with labels is wrapped as in JSON:
    `provisioner "local-exec" { … }` gives `{"local-exec" = { … }}`. `rest` is set where a part of
    the body could not be read.
    """
    from rootlint.terraform.dynamic import body_value

    evaluator = Evaluator(scope)
    try:
        return body_value(body, evaluator, {})
    except RecursionError:
        return Map({}, body.span, Unknown(Why.LIMIT, "too deep", body.span))
    finally:
        evaluator.budget.settle()


class Variables:
    """The scope of a template file: its variables, and the files that the caller may read."""

    def __init__(self, outer: Scope, variables: Map, budget: Budget) -> None:
        self._variables = variables
        self.budget = budget
        self.read_file = outer.read_file
        self.files = outer.files

    def resolve(
        self,
        root: str,
        path: tuple[str, ...],  # noqa: ARG002 - a scope takes it
        span: Span,  # noqa: ARG002 - likewise
    ) -> tuple[Value, int] | None:
        value = self._variables.entries.get(root, self._variables.rest)
        return None if value is None else (value, 0)


def _untold(expr: Expression, value: Value) -> bool:
    """Whether an expression fails and has a type all the same, which the other branch takes on."""
    typed = isinstance(expr, Template | Binary | Unary | Conditional) or (
        isinstance(expr, Traversal | Relative) and any(isinstance(s, Splat) for s in expr.steps)
    )
    return isinstance(value, Failed) and typed


class Evaluator:
    """Evaluates one expression or body in a bounded number of steps.

    `doubts` are the unknowns that may make Terraform fail: what `try` and `can` must reckon with.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.doubts: list[Unknown] = []
        self._watched = False
        shared = getattr(scope, "budget", None)
        self.budget = Budget(taken_from=shared if isinstance(shared, Budget) else None)

    def value(self, expr: Expression, names: Names) -> Value:
        self.budget.left -= 1
        if self.budget.left < 0:
            return Unknown(Why.LIMIT, "too much to work out", expr.span)
        return self._how[type(expr)](self, expr, names)

    def spend(self, steps: int) -> bool:
        """Use up steps; whether there were as many."""
        self.budget.left -= steps
        return self.budget.left >= 0

    def doubt(self, hole: Unknown | None) -> None:
        """Remember an unknown on which a failure may depend; a sure failure before all others."""
        if isinstance(hole, Failed):
            self.doubts.insert(0, hole)
        elif hole is not None and self._watched and not self.doubts:
            self.doubts.append(hole)

    def doubtful(self, expr: Expression, names: Names) -> tuple[Value, Unknown | None]:
        """The value of an expression, and an unknown that may make it fail (or `Failed`)."""
        before, self.doubts, watched, self._watched = self.doubts, [], self._watched, True
        found = self.value(expr, names)
        doubts, self.doubts, self._watched = self.doubts, before, watched
        return found, doubts[0] if doubts else None

    def _literal(self, expr: Literal, _names: Names) -> Value:
        return Known(expr.value, expr.span, pieces=expr.pieces)

    def _broken(self, expr: Broken, _names: Names) -> Value:
        why = Why.BROKEN
        if expr.reason == "too deep":
            why = Why.LIMIT
            self.budget.too_deep.append(expr.span)
        hole = Unknown(why, expr.reason, expr.span)
        self.doubt(hole)
        return hole

    def _list(self, expr: ListExpr, names: Names) -> Value:
        items = tuple(self.value(item, names) for item in expr.items)
        for item in items:
            if isinstance(item, Failed):
                self.doubt(item)
        return Tuple(items, expr.span)

    def _object(self, expr: ObjectExpr, names: Names) -> Value:
        maker = ObjectMaker(expr.span)
        for entry in expr.entries:
            value = self.value(entry.value, names)
            if isinstance(value, Failed):
                self.doubt(value)
            maker.add(self.value(entry.key, names), value)
        self.doubt(maker.rest)
        return maker.made()

    def _template(self, expr: Template, names: Names) -> Value:
        first = expr.parts[0]
        if len(expr.parts) == 1 and isinstance(first, Interpolation):
            return self.value(first.expr, names)
        return self.text(expr.parts, names, expr.span)

    def text(self, parts: Sequence[Part], names: Names, span: Span) -> Value:
        """The string that the parts of a template make."""
        values = [self._part(part, names) for part in parts]
        for value in values:
            self.doubt(why_unknown(value))
        places = [part.span if isinstance(part, Interpolation) else None for part in parts]
        found = joined(list(zip(values, places, strict=True)), span)
        self.budget.left -= size_of(found)
        return found

    def _part(self, part: Part, names: Names) -> Value:
        match part:
            case Literal():
                return self._literal(part, names)
            case Interpolation():
                return self.value(part.expr, names)
            case TemplateIf():
                condition = self.value(part.condition, names)
                then = self.text(part.then, names, part.span)
                otherwise = self.text(part.otherwise, names, part.span)
                return self._chosen(condition, part.text, then, otherwise, part.span)
            case TemplateFor():
                return loops.repeated(self, part, names)

    def _conditional(self, expr: Conditional, names: Names) -> Value:
        condition = self.value(expr.condition, names)
        # Terraform evaluates both branches, but only the failure of the chosen one counts.
        then, doubt = self.doubtful(expr.then, names)
        otherwise, other = self.doubtful(expr.otherwise, names)
        truth = to_truth(condition)
        if isinstance(truth, Truth):
            self.doubt(doubt if truth is Truth.YES else other)
        else:
            self.doubt(truth)
        if _untold(expr.then, then) or _untold(expr.otherwise, otherwise):
            then, otherwise = unify.loosened(then), unify.loosened(otherwise)
        elif doubt is not None or other is not None:
            then, otherwise = unify.branches_perhaps(then, otherwise)
        elif not isinstance(then, Failed) and not isinstance(otherwise, Failed):
            self.doubt(unify.mismatch(then, otherwise))
            then, otherwise = unify.branches(then, otherwise)
        return self._chosen(condition, expr.text, then, otherwise, expr.span)

    def _chosen(
        self, condition: Value, text: str, then: Value, otherwise: Value, span: Span
    ) -> Value:
        """One of two branches, or a choice of both."""

        def work(values: tuple[Value, ...]) -> Value:
            truth = to_truth(values[0])
            if isinstance(truth, Failed):
                return truth
            if isinstance(truth, Unknown):
                because = operators.hidden(truth)
                options = (
                    Option(f"when `{text}` is true", then),
                    Option(f"when `{text}` is false", otherwise),
                )
                return choose(options, because, span)
            return then if truth is Truth.YES else otherwise

        return over((condition,), work, span)

    def _unary(self, expr: Unary, names: Names) -> Value:
        operand = self.value(expr.operand, names)
        self.doubt(why_unknown(operand))
        return operators.unary(expr.operator, operand, expr.span)

    def _binary(self, expr: Binary, names: Names) -> Value:
        left, right = self.value(expr.left, names), self.value(expr.right, names)
        if expr.operator not in ("==", "!="):
            self.doubt(why_unknown(left) or why_unknown(right))
        return operators.binary(expr.operator, left, right, expr.span)

    def _traversal(self, expr: Traversal, names: Names) -> Value:
        if expr.root in names:
            return self.walk(names[expr.root], expr.steps, names)
        path = []
        for step in expr.steps:
            if not isinstance(step, GetAttr):
                break
            path.append(step.name)
        found = self.scope.resolve(expr.root, tuple(path), expr.span)
        if found is None:
            return Unknown(Why.UNDECLARED, f"`{expr.text}` is not declared", expr.span)
        value, used = found
        return self.walk(value, expr.steps[used:], names)

    def _relative(self, expr: Relative, names: Names) -> Value:
        return self.walk(self.value(expr.source, names), expr.steps, names)

    def walk(self, value: Value, path: Sequence[Step], names: Names) -> Value:
        """What a path of steps leads to, from a value on."""
        for step in path:
            match step:
                case GetAttr():
                    self._doubt_step(value, None)
                    value = steps.attribute(value, step.name, step.span)
                case Index():
                    key = self.value(step.key, names)
                    self._doubt_step(value, key)
                    self.budget.left -= size_of(value) >> 3
                    value = steps.index(value, key, step.span)
                case Splat():
                    value = loops.splat(self, value, step, names)
        return value

    def _doubt_step(self, value: Value, key: Value | None) -> None:
        """A step may fail where it is not known what it is done to, unless that is a resource."""
        if not self._watched:
            return
        resource = isinstance(value, Map) and value.refers and not value.refers.attribute
        if (isinstance(value, List) and not certain(value)) or (
            isinstance(value, Map) and not resource and not closed(value)
        ):
            self.doubt(unsure(value))
        self.doubt(why_unknown(value) or why_unknown(key))

    def _for(self, expr: ForExpr, names: Names) -> Value:
        return loops.mapped(self, expr, names)

    def _call(self, expr: Call, names: Names) -> Value:
        if expr.name in ("try", "can"):
            return self._attempts(expr, names)
        args = [self.value(arg, names) for arg in expr.args]
        site = functions.Site(expr.span, self.scope, self.render)
        if expr.expand and args:
            last = args.pop()
            args.extend(last.items if isinstance(last, List) else ())
            rest = last.rest if isinstance(last, List) else last
            if rest is not None:
                self.doubt(why_unknown(rest))
                return functions.open_call(expr.name, tuple(args), rest, site)
        if self._watched:
            self.doubt(functions.doubt(expr.name, args))
        found = functions.call(expr.name, tuple(args), site)
        self.budget.left -= functions.effort(expr.name) + sum(map(size_of, (found, *args)))
        return found

    def render(self, expr: Expression, variables: Map) -> Value:
        """A template with nothing but the given variables, in as many steps as are left."""
        self.budget.left -= _TEMPLATE  # one that renders itself comes to an end
        inner = Evaluator(Variables(self.scope, variables, self.budget))
        try:
            return inner.value(expr, {})
        finally:
            inner.budget.settle()

    def _attempts(self, expr: Call, names: Names) -> Value:
        """`try` and `can`: the first argument that does not fail."""
        found = Attempts(expr)
        for arg in expr.args:
            value, doubt = self.doubtful(arg, names)
            if found.settled(arg, value, doubt):
                break
        self.doubt(found.doubt)
        return found.can() if expr.name == "can" else found.first()

    # Of the class: an instance that held its own methods would be a ring of references.
    _how: ClassVar[Mapping[type, Callable[..., Value]]] = {
        Literal: _literal,
        Template: _template,
        ListExpr: _list,
        ObjectExpr: _object,
        ForExpr: _for,
        Conditional: _conditional,
        Unary: _unary,
        Binary: _binary,
        Call: _call,
        Traversal: _traversal,
        Relative: _relative,
        Broken: _broken,
    }
