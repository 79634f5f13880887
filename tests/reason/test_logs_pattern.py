"""CloudWatch Logs filter patterns.

The tables are the examples of
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Why
from rootlint.reason.events import event, events, must_alarm, noise
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
)
from rootlint.reason.logs_syntax import Test as Condition
from tests.reason.making import CIS, SPAN, unknown

RECORD: dict[str, Any] = {
    "eventType": "UpdateTrail",
    "sourceIPAddress": "111.111.111.111",
    "arrayKey": ["value", "another value"],
    "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}],
    "SomeObject": None,
    "latency": 75.5,
    "tiny": 0.001,
    "done": True,
    "a.b": {"c": "dotted"},
}
PEOPLE: dict[str, Any] = {
    "user": {"id": 1, "email": "John.Stiles@example.com"},
    "users": [
        {"id": 2, "email": "John.Doe@example.com"},
        {"id": 3, "email": "Jane.Doe@example.com"},
    ],
    "actions": ["GET", "PUT", "DELETE"],
    "coordinates": [[0, 1, 2], [4, 5, 6], [7, 8, 9]],
}


def judged(text: str, record: Mapping[str, Any]) -> Truth:
    pattern = parse(text)
    assert not isinstance(pattern, Fault), pattern
    return sees(pattern, record).truth


@pytest.mark.parametrize(
    "text",
    [
        '{ $.eventType = "UpdateTrail" }',
        "{ $.eventType = UpdateTrail }",
        "{ $.sourceIPAddress != 123.123.* }",
        '{ $.arrayKey[0] = "value" }',
        "{ $.objectList[1].id = 2 }",
        "{ $.SomeObject IS NULL }",
        "{ $.SomeOtherObject NOT EXISTS }",
        "{ $.latency > 75 }",
        "{ $.latency <= 75.5 }",
        "{ $.tiny = 1e-3 }",
        "{ $.latency != 1e+3 }",
        "{ $.done IS TRUE }",
        "{ $.['a.b'].c = dotted }",
        '{ $.objectList[*].name = "b" }',
        '{ $.* = "UpdateTrail" }',
        '{ $.eventType = "Update*" }',
        '{ $.eventType = "*" }',
        "{ $.eventType = %^Up.*Tra[ij]l$% }",
        "{ $.sourceIPAddress = %\\d{1,3}\\.111\\.% }",
        "{($.eventType=UpdateTrail)&&($.latency>1)}",
        "",
        '" "',
        "UpdateTrail",
        "?nothing ?UpdateTrail",
        "UpdateTrail -DeleteTrail",
        "%Update|Delete%",
    ],
)
def test_matches(text: str) -> None:
    assert judged(text, RECORD) is Truth.YES


@pytest.mark.parametrize(
    "text",
    [
        "{ $.eventType = updatetrail }",
        "{ $.arrayKey = value }",
        "{ $.objectList[5].id = 2 }",
        "{ $.SomeObject NOT EXISTS && $.eventType = x }",
        "{ $.nothing = 1 }",
        "{ $.nothing > 1 }",
        "{ $.done IS FALSE }",
        "{ $.nothing IS TRUE }",
        "{ $.eventType NOT EXISTS }",
        "{ $.eventType = %^Trail% }",
        "{ $.eventType = %Trai$% }",
        '{ $.eventType = "UpdateTr*Trail" }',
        "UpdateTrail -eventType",
        "?nothing ?nobody",
    ],
)
def test_does_not_match(text: str) -> None:
    assert judged(text, RECORD) is Truth.NO


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', Truth.YES),
        (
            (
                '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch"'
                ' && $.actions[2] = "nonmatch" }'
            ),
            Truth.YES,
        ),
        (
            (
                '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch")'
                ' && $.actions[2] = "nonmatch" }'
            ),
            Truth.NO,
        ),
        ('{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', Truth.NO),
    ],
)
def test_compound_expressions(text: str, expected: Truth) -> None:
    assert judged(text, PEOPLE) is expected


@pytest.mark.parametrize(
    "text",
    [
        '{ $.nothing != "x" }',  # a public user test says that it does not match
        '{ $.SomeObject != "x" }',
        '{ $.eventType = "Up*rail" }',  # a wildcard in the middle is read in two ways
        '{ $.objectList != "x" }',
        "{ $.sourceIPAddress > x }",
        "{ $.done = true }",
        "{ $.SomeObject NOT EXISTS }",
        "eventType ?nothing",  # beside other terms the question mark is ignored
        '"\\"eventType\\": \\"UpdateTrail\\", \\"x"',
        "[a, b, c]",
    ],
)
def test_what_is_not_documented_is_not_known(text: str) -> None:
    assert judged(text, RECORD) is Truth.UNKNOWN


def test_parentheses_that_change_nothing_are_not_kept() -> None:
    assert parse("{ ($.a = 1 && $.b = 1) && $.c = 1 }") == parse(
        "{ $.a = 1 && ($.b = 1 && $.c = 1) }"
    )
    assert parse("{ ((($.a = 1))) }") == parse("{ $.a = 1 }")


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("{ $.a EXISTS }", 6, "`EXISTS` is not supported"),
        ("{ $.a IS NOT NULL }", 9, "`IS NOT` is not supported"),
        ("{ $.userIdentity.invokedByNOT EXISTS }", 30, "`EXISTS` is not supported"),
        ("{ $.a = 'Root' }", 8, "double quotes"),
        ('{ $.a == "x" }', 7, "value is missing"),
        ('{ $.a = "x" & $.b = "y" }', 12, "`&&`"),
        ('{ $.a = "x" ', 12, "closing bracket"),
        ('{ ($.a = "x" }', 2, "parenthesis is not closed"),
        ('{ $.a = "x") }', 11, "closing bracket"),
        ('{ $.a = "x }', 8, "quote is not closed"),
        ('{ $.a = "x" } y', 14, "behind the closing brace"),
        ("{ a = 1 }", 2, "selector"),
        ("{ }", 2, "selector"),
        ("{ $.a IS TRUTH }", 9, "`NULL`, `TRUE` or `FALSE`"),
        ("{ $.a NOT NULL }", 10, "`EXISTS`"),
        ("{ $.a = %x(y)% }", 8, "`(` is not supported"),
        ("{ $.a[*].b[*] = 1 }", 2, "more than one wildcard"),
        ("{ $.a=%a% || $.a=%b% || $.a=%c% }", 28, "more than 2 regular"),
        ('$.userIdentity.type = "Root"', 0, "braces or quotes are missing"),
        ("x" * 1025, 1024, "1,024"),
    ],
)
def test_what_aws_rejects_is_said_with_its_place(text: str, at: int, told: str) -> None:
    fault = parse(text)
    assert isinstance(fault, Fault), fault
    assert fault.at == at
    assert told in fault.message


# facts 4.6: what each popular pattern misses, tier 1 and 2, and on which noise it pages.
API = "E06 E07 E08 E09 E10 E11 E12 E13 E14 E15 E16 E17 E18 E27 E29"
ALL = "E01 E02 E03 E04 " + API
POPULAR = [
    (CIS, "", ""),
    (CIS.replace('"', ""), "", ""),
    (CIS.replace('type = "Root"', 'arn = "*:root"'), "", ""),
    (
        (
            '{ ($.userIdentity.type = "Root" || $.userIdentity.sessionContext.sessionIssuer.type = "Root")'
            ' && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'
        ),
        "",
        "",
    ),
    ('{$.userIdentity.type = "Root"}', "", "E20 E21"),
    (CIS.replace("AwsServiceEvent", "AWsServiceEvent"), "", "E21"),
    ('{ $.eventName = "ConsoleLogin" && $.userIdentity.type = "Root" }', API, ""),
    ('{ $.userIdentity.type = "Root" && $.errorCode NOT EXISTS }', "E09", "E20 E21"),
    (
        '{ $.userIdentity.type = "Root" && $.eventType = "AwsApiCall" }',
        "E01 E02 E03 E04 E12 E13 E14 E15",
        "",
    ),
    ('{ $.userIdentity.type = "root" }', ALL, ""),
    ('{ $.userIdentity.userName = "root" }', ALL, ""),
    ('{ $.userIdentity.arn = "*root*" }', "", "E20 E21 E23"),
    (
        (
            '{ $.userIdentity.type = "Root" || $.userIdentity.invokedBy NOT EXISTS'
            ' && $.eventType != "AwsServiceEvent" }'
        ),
        "",
        "E20 E21 E22 E23 E32",
    ),
]


@pytest.mark.parametrize(("text", "misses", "pages_on"), POPULAR)
def test_popular_patterns_on_the_events(text: str, misses: str, pages_on: str) -> None:
    pattern = parse(text)
    assert not isinstance(pattern, Fault)
    wanted = (*must_alarm(), *must_alarm(tier=2))
    missed = {found.id for found in wanted if sees(pattern, found.record).truth is Truth.NO}
    paged = {found.id for found in noise() if sees(pattern, found.record).truth is Truth.YES}
    assert missed == set(misses.split())
    assert paged == set(pages_on.split())


def test_popular_patterns_are_decided_on_every_event() -> None:
    for text, _, _ in POPULAR:
        pattern = parse(text)
        assert not isinstance(pattern, Fault)
        for found in events():
            assert sees(pattern, found.record).truth is not Truth.UNKNOWN


def test_the_deciding_term_has_its_place_and_what_was_found() -> None:
    text = '{ $.eventName = "ConsoleLogin" && $.userIdentity.type = "root" }'
    pattern = parse(text)
    assert not isinstance(pattern, Fault)
    term = sees(pattern, event("E01").record).term
    assert term is not None
    assert text[term.start : term.end] == '$.userIdentity.type = "root"'
    assert (term.field, term.wanted, term.found) == ("$.userIdentity.type", '= "root"', '"Root"')


def test_a_missing_field_is_told() -> None:
    pattern = parse("{ $.userIdentity.userName = root }")
    assert not isinstance(pattern, Fault)
    term = sees(pattern, event("E01").record).term
    assert term is not None
    assert term.found == "no such field"


def test_a_known_value_is_parsed() -> None:
    assert read_pattern(Known(CIS, SPAN)) == parse(CIS)


def test_a_hole_in_quotes_is_an_unknown_operand() -> None:
    value = Text(
        ('{ $.userIdentity.type = "', unknown(), '" && $.eventName = "ConsoleLogin" }'), SPAN
    )
    pattern = read_pattern(value)
    assert isinstance(pattern, JsonPattern)
    assert sees(pattern, event("E01").record).truth is Truth.UNKNOWN
    assert sees(pattern, event("E06").record).truth is Truth.NO


def test_a_hole_between_literals_cannot_match_what_they_exclude() -> None:
    value = Text(('{ $.userIdentity.arn = "arn:aws:iam::', unknown(), ':user/x" }'), SPAN)
    pattern = read_pattern(value)
    assert isinstance(pattern, JsonPattern)
    assert sees(pattern, event("E06").record).truth is Truth.NO


def test_an_account_outside_quotes_is_an_unknown_operand() -> None:
    value = Text(("{ $.recipientAccountId = ", unknown(shape="account"), " }"), SPAN)
    assert isinstance(read_pattern(value), JsonPattern)


@pytest.mark.parametrize(
    "parts",
    [
        ("{ ", unknown(), " }"),
        ('{ $.a = "x" && ', unknown(), ' = "y" }'),
        ("{ $.userIdentity.type = ", unknown(), " }"),
        ("", unknown(), ""),
    ],
)
def test_any_other_hole_hides_the_pattern(parts: tuple[str | Unknown, ...]) -> None:
    assert isinstance(read_pattern(Text(tuple(part for part in parts if part), SPAN)), Unknown)


def test_what_is_unknown_stays_so() -> None:
    hidden = Unknown(Why.MODULE, "module.x", SPAN)
    assert read_pattern(hidden) is hidden


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
patterns: st.SearchStrategy[Pattern] = st.one_of(
    json_patterns,
    wild_compares.map(JsonPattern),
    st.lists(phrases, max_size=4).map(lambda found: TermPattern(tuple(found))),
)


@given(patterns)
def test_a_printed_pattern_parses_to_itself(pattern: Pattern) -> None:
    text = show(pattern)
    if len(text) <= 1024:
        assert parse(text) == pattern


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
    ],
)
def test_a_hostile_pattern_takes_no_time(text: str) -> None:
    begin = perf_counter()
    pattern = parse(text)
    if not isinstance(pattern, Fault):
        for found in events():
            sees(pattern, found.record)
    assert perf_counter() - begin < 5
