"""CloudWatch Logs filter patterns.

The tables are the examples of
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Why
from rootlint.reason.events import event, events, must_alarm, noise
from rootlint.reason.logs_pattern import Fault, parse, read_pattern, sees
from rootlint.reason.logs_syntax import (
    JsonPattern,
)
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
        '{ $.objectList != "x" }',
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
