"""Laws of log patterns: printing, hostile text, and holes that are filled."""

from __future__ import annotations

import string
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.truth import Truth
from rootlint.model.value import Text
from rootlint.reason.events import RootEvent, event, events
from rootlint.reason.logs_pattern import Fault, parse, read_pattern, sees, show
from rootlint.reason.logs_syntax import (
    AllOf,
    AnyOf,
    Compare,
    Every,
    JsonPattern,
    Kind,
    Node,
    Operand,
    Pattern,
    Phrase,
    Selector,
    TermPattern,
    show_node,
)
from rootlint.reason.logs_syntax import Test as Condition
from tests.reason.making import SPAN, unknown

names = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=6)
steps = st.one_of(names, st.integers(0, 99), st.text("ab. $", min_size=1, max_size=4))
selectors = st.builds(
    lambda first, rest: Selector((first, *rest)), names, st.lists(steps, max_size=3)
)
wild = st.builds(lambda name: Selector((name, Every.ELEMENT)), names)
words = st.builds(
    Operand, st.text(string.ascii_letters + "*.1", min_size=1, max_size=5), st.just(Kind.WORD)
)
quoted = st.builds(Operand, st.text(max_size=8), st.just(Kind.QUOTED))
regexes = st.builds(Operand, st.text("ab.*d", min_size=1, max_size=5), st.just(Kind.REGEX))
compares = st.builds(
    Compare, selectors, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.one_of(words, quoted)
)
tests = st.builds(
    Condition, selectors, st.sampled_from(["IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS"])
)
leaves = st.one_of(compares, tests)


def read(text: str) -> Pattern:
    pattern = parse(text)
    assert not isinstance(pattern, Fault), pattern
    return pattern


def _groups(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Joined terms, in the form in which the parser gives them: never one kind within itself."""
    parts = st.lists(inner, min_size=2, max_size=3)
    alls = parts.map(lambda found: AllOf(tuple(x for part in found for x in _flat(part, AllOf))))
    anys = parts.map(lambda found: AnyOf(tuple(x for part in found for x in _flat(part, AnyOf))))
    return st.one_of(alls, anys)


def _flat(node: Node, kind: type[AllOf | AnyOf]) -> tuple[Node, ...]:
    return node.parts if isinstance(node, kind) else (node,)


wild_compares = st.builds(Compare, wild, st.just("="), regexes)
nodes: st.SearchStrategy[Node] = st.recursive(leaves, _groups, max_leaves=8)
json_patterns = nodes.map(JsonPattern)
phrases = st.builds(Phrase, st.sampled_from(["", "?", "-"]), st.one_of(quoted, regexes))
columns = st.one_of(
    st.sampled_from(
        ["...", "w1", "status_code=4*", "a = 4* && a != 404", 'r="x, y" || r=z', "b > 1"]
    )
)
column_patterns = st.lists(columns, min_size=1, max_size=4).map(lambda x: read(f"[{','.join(x)}]"))
patterns: st.SearchStrategy[Pattern] = st.one_of(
    column_patterns,
    json_patterns,
    wild_compares.map(JsonPattern),
    st.lists(phrases, max_size=4).map(lambda found: TermPattern(tuple(found))),
)


@given(patterns)
def test_a_printed_pattern_parses_to_itself(pattern: Pattern) -> None:
    text = show(pattern)
    if len(text) <= 1024:
        assert parse(text) == pattern


@given(nodes, nodes, st.sampled_from(events()))
def test_another_term_narrows_with_and_and_widens_with_or(
    one: Node, other: Node, found: RootEvent
) -> None:
    """`&&` never adds a match, `||` never removes one, and both with the operands in either order."""
    alone, joined = f"({show_node(one)})", f"({show_node(other)})"
    if len(alone) + len(joined) > 1000:
        return
    before = sees(read(f"{{ {alone} }}"), found.record).truth.value
    for pair in ((alone, joined), (joined, alone)):
        assert sees(read(f"{{ {' && '.join(pair)} }}"), found.record).truth.value <= before
        assert sees(read(f"{{ {' || '.join(pair)} }}"), found.record).truth.value >= before


plain = phrases.filter(lambda phrase: phrase.sign != "?")


@given(st.lists(plain, max_size=3), quoted, st.sampled_from(events()))
def test_another_term_that_must_not_occur_never_adds_a_match(
    some: list[Phrase], more: Operand, found: RootEvent
) -> None:
    before = sees(TermPattern(tuple(some)), found.record).truth
    after = sees(TermPattern((*some, Phrase("-", more))), found.record).truth
    assert after.value <= before.value


@given(st.one_of(st.text(max_size=200), st.text('{}()$."=!&|<>%[]*? aISNOT\\', max_size=200)))
def test_no_text_crashes_the_parser(text: str) -> None:
    pattern = parse(text)
    if not isinstance(pattern, Fault):
        assert isinstance(sees(pattern, event("E06").record).truth, Truth)


@given(json_patterns)
def test_a_filled_hole_keeps_what_was_decided(pattern: JsonPattern) -> None:
    """Monotone: with a part of a text unknown nothing is decided that its filling would contradict."""
    text = show(pattern)
    begin = text.find('"')
    end = text.find('"', begin + 1)
    if begin < 0 or end < begin + 2 or "\\" in text or len(text) > 1000:
        return
    value = Text((text[: begin + 1], unknown(), text[end:]), SPAN)
    holed = read_pattern(value)
    whole = parse(text)
    if isinstance(holed, JsonPattern) and not isinstance(whole, Fault):
        found = sees(holed, event("E06").record).truth
        assert found in {Truth.UNKNOWN, sees(whole, event("E06").record).truth}


@pytest.mark.parametrize(
    "text",
    [
        "{ " + "(" * 1000,
        "{ " + "(" * 500 + "$.a=1" + ")" * 500 + " }",
        '"' * 1023,
        "%" * 1023,
        "{ $.a = %" + "a*" * 400 + "b% }",
        "{ $.a = %" + "[" * 900 + "% }",
        '{ $.userIdentity.arn = "' + "*a" * 450 + '" }',
        "{ $" + ".a" * 500 + " = 1 }",
        "{ " + "($.a=1||" * 110 + "$.a=1" + ")" * 110 + " }",
        "{ " + "($.a=1&&($.a=1||" * 50 + "$.a=1" + "))" * 50 + " }",
        "?" * 1023,
        "[" + "," * 1000 + "]",
        "[" + "a=1&&" * 200 + "a=1]",
        "[" + "a=%a*%," * 140 + "b]",
        "{ $.a = %" + "(" * 500 + "a+" + ")+" * 100 + "% }",
        "{ $.a = %(a+)+$% }",
        "{ $.eventName = %" + "[a-z]*" * 160 + "7% }",
        "{ $.eventName = %a{300}{300}% }",
        "{ $.eventName = %" + ".{0,99}" * 140 + "x% }",
        "%" + ".*" * 500 + "x%",
        "{ $" + ".*" * 3 + " = 1 }",
        "{ " + "(" * 10_000 + "$.a = 1" + ")" * 10_000 + " }",
        "{ $.a = " + "x" * 1_000_000 + " }",
    ],
)
def test_a_hostile_pattern_takes_no_time(text: str) -> None:
    begin = perf_counter()
    pattern = parse(text)
    if not isinstance(pattern, Fault):
        for found in events():
            sees(pattern, found.record)
    assert perf_counter() - begin < 5
