"""The parser of CloudWatch Logs filter patterns between braces."""

from __future__ import annotations

from rootlint.reason.logs_lexer import Malformed, Token, operand, selector
from rootlint.reason.logs_regex import refusal
from rootlint.reason.logs_syntax import (
    AllOf,
    AnyOf,
    Compare,
    Every,
    Kind,
    Node,
    Operand,
    Selector,
    Test,
)

_MOST_REGEXES = 2
_MOST_WILDCARDS = 3


class _Level:
    """What is read between two parentheses: alternatives, each a list of joined terms."""

    __slots__ = ("alternatives", "opened")

    def __init__(self, opened: int) -> None:
        self.opened = opened
        self.alternatives: list[list[Node]] = [[]]

    def node(self) -> Node:
        every = [_joined(AllOf, terms) for terms in self.alternatives]
        return _joined(AnyOf, every)


class JsonParser:
    """A parser with its own stack: parentheses may be nested as deeply as the text is long."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._levels: list[_Level] = []
        self._regexes = 0
        self._wildcards = 0

    def pattern(self) -> Node:
        opening = self._next()
        self._levels.append(_Level(opening.start))
        while True:
            self._term()
            if self._joint():
                break
        rest = self._next()
        if rest.kind != "end":
            raise Malformed(rest.start, f"`{rest.text}` stands behind the closing brace")
        return self._levels[0].node()

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _term(self) -> None:
        token = self._next()
        while token.text == "(" and token.kind == "bracket":
            self._levels.append(_Level(token.start))
            token = self._next()
        if token.kind != "selector":
            raise Malformed(
                token.start, f"a selector such as `$.eventName` is missing{_instead(token)}"
            )
        self._levels[-1].alternatives[-1].append(self._condition(token))

    def _joint(self) -> bool:
        """Read what follows a term: &&, ||, or closing brackets. Whether the pattern is complete."""
        token = self._next()
        while token.text == ")" and len(self._levels) > 1:
            closed = self._levels.pop().node()
            self._levels[-1].alternatives[-1].append(closed)
            token = self._next()
        if token.text == "&&":
            return False
        if token.text == "||":
            self._levels[-1].alternatives.append([])
            return False
        if token.text != "}":
            raise Malformed(
                token.start, f"`&&`, `||` or a closing bracket is missing{_instead(token)}"
            )
        if len(self._levels) > 1:
            raise Malformed(self._levels[-1].opened, "the parenthesis is not closed")
        return True

    def _condition(self, first: Token) -> Compare | Test:
        chosen = selector(first)
        self._count_wildcards(chosen, first)
        token = self._next()
        if token.kind == "operator" and token.text not in {"&&", "||"}:
            return self._compare(chosen, first, token)
        match token.text.upper():
            case "IS":
                return self._is(chosen, first)
            case "NOT":
                return self._not_exists(chosen, first)
            case "EXISTS":
                raise Malformed(token.start, '`EXISTS` is not supported: write `= "*"`')
            case _:
                message = f"an operator is missing behind the selector{_instead(token)}"
                raise Malformed(token.start, message)

    def _compare(self, chosen: Selector, first: Token, operator: Token) -> Compare:
        token = self._next()
        if token.kind not in {"word", "quoted", "regex"}:
            raise Malformed(
                token.start, f"a value is missing behind `{operator.text}`{_instead(token)}"
            )
        value = operand(token)
        if value.kind is Kind.REGEX:
            self._regexes += 1
            if self._regexes > _MOST_REGEXES:
                raise Malformed(token.start, f"more than {_MOST_REGEXES} regular expressions")
        check_regex(value, token.start)
        return Compare(chosen, operator.text, value, first.start, token.end)

    def _is(self, chosen: Selector, first: Token) -> Test:
        token = self._next()
        word = token.text.upper()
        if word == "NOT":
            raise Malformed(token.start, "`IS NOT` is not supported")
        if word not in {"NULL", "TRUE", "FALSE"}:
            raise Malformed(token.start, "`IS` needs `NULL`, `TRUE` or `FALSE`")
        return Test(chosen, f"IS {word}", first.start, token.end)

    def _not_exists(self, chosen: Selector, first: Token) -> Test:
        token = self._next()
        if token.text.upper() != "EXISTS":
            raise Malformed(token.start, "`NOT` needs `EXISTS`")
        return Test(chosen, "NOT EXISTS", first.start, token.end)

    def _count_wildcards(self, chosen: Selector, token: Token) -> None:
        count = sum(isinstance(step, Every) for step in chosen.steps)
        self._wildcards += count
        if count > 1:
            raise Malformed(token.start, "more than one wildcard in a selector")
        if self._wildcards > _MOST_WILDCARDS:
            raise Malformed(token.start, f"more than {_MOST_WILDCARDS} wildcard selectors")


def _joined(make: type[AllOf | AnyOf], parts: list[Node]) -> Node:
    """One node, or several joined; nested ones of the same kind become one."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, make) else (part,))
    return flat[0] if len(flat) == 1 else make(tuple(flat))


def _instead(token: Token) -> str:
    return "" if token.kind == "end" else f", not `{token.text}`"


def check_regex(value: Operand, start: int) -> None:
    if value.kind is Kind.REGEX:
        message = refusal(value.text)
        if message is not None:
            raise Malformed(start, message)
