"""Parser nodes → expressions, with the parser's slips repaired."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rootlint.source import Span
from rootlint.terraform import numbers
from rootlint.terraform.nodes import Node, Text, Unparsable, children, in_one_line
from rootlint.terraform.syntax import (
    Binary,
    Broken,
    Call,
    Conditional,
    Entry,
    Expression,
    ForExpr,
    GetAttr,
    Index,
    ListExpr,
    Literal,
    ObjectExpr,
    Relative,
    Splat,
    Step,
    Traversal,
    Unary,
)
from rootlint.terraform.template_nodes import heredoc, quoted

DEEPEST = 64
_OPERATORS = frozenset(["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"])


class Reader:
    """Turns the nodes of one stretch of text into expressions, `DEEPEST` levels deep at most."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def expression(self, node: Node, depth: int) -> Expression:
        """The expression that a node of that type is; `Broken` where it is none."""
        if depth > DEEPEST:
            return Broken("too deep", self.text.span(node))
        try:
            return self._chain(children(node), depth)
        except Unparsable as problem:
            return Broken(problem.reason, self.text.span(problem.node or node))

    def _chain(self, nodes: Sequence[Node], depth: int) -> Expression:
        """A primary expression and the steps that follow it."""
        first = nodes[0] if nodes else None
        if first is None:
            raise Unparsable("expression is missing")
        if first.type == "(":
            source, steps = self.expression(nodes[1], depth + 1), nodes[3:]
        elif first.type in self._primaries:
            source, steps = self._primaries[first.type](self, first, depth), nodes[1:]
        else:
            raise Unparsable("text that is no expression", first)
        if not steps:
            return source
        span = Span(self.text.path, self._start(first), self._end(steps[-1]))
        done = self._steps(steps, depth + 1)
        if isinstance(source, Traversal) and first.type != "(":
            return Traversal(source.root, done, span, self.words(span))
        return Relative(source, done, span)

    def _start(self, node: Node) -> int:
        return self.text.char(node.start_byte)

    def _end(self, node: Node) -> int:
        return self.text.char(node.end_byte)

    def words(self, span: Span) -> str:
        """The text of a span in one line, cut where it is long."""
        return in_one_line(self.text.between(span.start, span.end))

    def _steps(self, nodes: Sequence[Node], depth: int) -> tuple[Step, ...]:
        if depth > DEEPEST:
            raise Unparsable("too deep")
        steps: list[Step] = []
        for index, node in enumerate(nodes):
            if node.type == "splat":
                steps.extend(self._splat(node, nodes[index + 1 :], depth))
                break
            steps.append(self._step(node, depth))
        return tuple(steps)

    def _step(self, node: Node, depth: int) -> Step:
        if node.type == "get_attr":
            name = children(node)[1]
            return GetAttr(self.text.of(name), self.text.span(name))
        if node.type != "index":
            raise Unparsable("text that is no expression", node)
        inner = children(node)[0]
        if inner.type == "legacy_index":  # its digits have no node of their own
            span = self.text.span(inner)
            number = numbers.parse(self.text.of(inner).lstrip(".").strip())
            return Index(Literal(number, span), span)
        return Index(self.expression(children(inner)[1], depth + 1), self.text.span(inner))

    def _splat(self, node: Node, after: Sequence[Node], depth: int) -> list[Step]:
        """`[*]` takes all steps that follow to each element; `.*` only those without brackets."""
        inner = children(node)[0]
        own = [*children(inner)[1:], *after]
        end = len(own)
        if inner.type == "attr_splat":
            end = next((i for i, step in enumerate(own) if not _is_attribute(step)), len(own))
        splat = Splat(self._steps(own[:end], depth + 1), self.text.span(inner))
        return [splat, *self._steps(own[end:], depth + 1)]

    def _literal(self, node: Node, depth: int) -> Expression:
        inner = children(node)[0]
        span = self.text.span(inner)
        if inner.type == "string_lit":
            return quoted(self, inner, depth)
        word = self.text.of(inner)
        if inner.type == "numeric_lit":
            number = numbers.parse(word)
            return (
                Broken("number that is too long", span) if number is None else Literal(number, span)
            )
        return Literal({"true": True, "false": False}.get(word), span)

    def _template(self, node: Node, depth: int) -> Expression:
        inner = children(node)[0]
        read = heredoc if inner.type == "heredoc_template" else quoted
        return read(self, inner, depth)

    def _variable(self, node: Node, _depth: int) -> Expression:
        name = self.text.of(node)
        return Traversal(name, (), self.text.span(node), name)

    def _collection(self, node: Node, depth: int) -> Expression:
        inner = children(node)[0]
        span = self.text.span(inner)
        parts = children(inner)
        if inner.type == "tuple":
            items = [part for part in parts if part.type == "expression"]
            return ListExpr(tuple(self.expression(item, depth + 1) for item in items), span)
        entries = [part for part in parts if part.type == "object_elem"]
        return ObjectExpr(tuple(self._entry(entry, depth) for entry in entries), span)

    def _entry(self, node: Node, depth: int) -> Entry:
        key, value = (part for part in children(node) if part.type == "expression")
        return Entry(self._key(key, depth + 1), self.expression(value, depth + 1))

    def _key(self, node: Node, depth: int) -> Expression:
        """A bare name as key stands for itself."""
        expr = self.expression(node, depth)
        if isinstance(expr, Traversal) and not expr.steps and expr.span == self.text.span(node):
            return Literal(expr.root, expr.span)
        return expr

    def _call(self, node: Node, depth: int) -> Expression:
        parts = children(node)
        arguments = next((part for part in parts if part.type == "function_arguments"), None)
        inside = children(arguments) if arguments else []
        args = [self.expression(part, depth + 1) for part in inside if part.type == "expression"]
        expand = any(part.type == "ellipsis" for part in inside)
        return Call(self.text.of(parts[0]), tuple(args), expand, self.text.span(node))

    def _for(self, node: Node, depth: int) -> Expression:
        inner = children(node)[0]
        parts = children(inner)
        key, name, source = self.for_intro(parts[1], depth)
        bodies = [self.expression(part, depth + 1) for part in parts if part.type == "expression"]
        condition = next((children(part)[1] for part in parts if part.type == "for_cond"), None)
        return ForExpr(
            key=key,
            name=name,
            source=source,
            result_key=bodies[0] if inner.type == "for_object_expr" else None,
            value=bodies[-1],
            condition=self.expression(condition, depth + 1) if condition else None,
            grouping=any(part.type == "ellipsis" for part in parts),
            span=self.text.span(inner),
            text=self.words(self.text.span(condition)) if condition else "",
        )

    def for_intro(self, node: Node, depth: int) -> tuple[str | None, str, Expression]:
        """The names and the source of `for key, name in source`."""
        parts = children(node)
        names = [self.text.of(part) for part in parts if part.type == "identifier"]
        source = next(part for part in parts if part.type == "expression")
        key = names[0] if len(names) > 1 else None
        return key, names[-1], self.expression(source, depth + 1)

    def _operation(self, node: Node, depth: int) -> Expression:
        if depth > DEEPEST:
            raise Unparsable("too deep", node)
        inner = children(node)[0]
        span = self.text.span(inner)
        parts = children(inner)
        if inner.type == "unary_operation":
            return Unary(parts[0].type, self._chain(parts[1:], depth + 1), span)
        at = next(index for index, part in enumerate(parts) if part.type in _OPERATORS)
        left = self._chain(parts[:at], depth + 1)
        return Binary(parts[at].type, left, self._chain(parts[at + 1 :], depth + 1), span)

    def _conditional(self, node: Node, depth: int) -> Expression:
        """`a ? b : c ? d : e` comes as `(a ? b : c) ? d : e`: turned right side out."""
        rungs: list[tuple[Node, Node]] = []
        end = self._end(node)
        condition, then, otherwise = self._branches(node)
        last = otherwise
        while inner := _bare_conditional(condition):
            rungs.append((otherwise, then))
            condition, then, otherwise = self._branches(inner)
        rungs.append((otherwise, then))
        if depth + len(rungs) > DEEPEST:
            raise Unparsable("too deep", node)
        # Seen from the left, each rung's `otherwise` is the condition of the next.
        tests = [condition, *(rung[0] for rung in reversed(rungs[1:]))]
        results = [rung[1] for rung in reversed(rungs)]
        expr = self.expression(last, depth + len(rungs))
        for index in range(len(tests) - 1, -1, -1):
            test = self.text.span(tests[index])
            expr = Conditional(
                condition=self.expression(tests[index], depth + index + 1),
                text=self.words(test),
                then=self.expression(results[index], depth + index + 1),
                otherwise=expr,
                span=Span(self.text.path, test.start, end),
            )
        return expr

    def _branches(self, node: Node) -> tuple[Node, Node, Node]:
        condition, then, otherwise = (part for part in children(node) if part.type == "expression")
        return condition, then, otherwise

    # Of the class: an instance that held its own methods would be a ring of references.
    _primaries: ClassVar[Mapping[str, Callable[..., Expression]]] = {
        "literal_value": _literal,
        "template_expr": _template,
        "collection_value": _collection,
        "variable_expr": _variable,
        "function_call": _call,
        "for_expr": _for,
        "operation": _operation,
        "conditional": _conditional,
        "expression": expression,
    }


def _is_attribute(node: Node) -> bool:
    """`.name` or `.0`."""
    return node.type == "get_attr" or (
        node.type == "index" and children(node)[0].type == "legacy_index"
    )


def _bare_conditional(node: Node) -> Node | None:
    """The conditional that an expression consists of, without parentheses around it."""
    parts = children(node)
    return parts[0] if len(parts) == 1 and parts[0].type == "conditional" else None
