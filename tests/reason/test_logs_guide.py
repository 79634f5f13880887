"""The examples of AWS's user guide for filter and pattern syntax, row by row.

What the guide shows of texts that are no JSON is asked of a record that holds the text in a field.
"""

from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.logs_pattern import Fault, parse, sees

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
LOGS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/"
SYNTAX = f"{LOGS}FilterAndPatternSyntax.html"
TERMS = f"{LOGS}matching-terms-unstructured-log-events.html"
JSON = f"{LOGS}matching-terms-json-log-events.html"
SPACES = f"{LOGS}matching-terms-space-delimited-log-events.html"

TRAIL: dict[str, Any] = {
    "eventType": "UpdateTrail",
    "sourceIPAddress": "111.111.111.111",
    "arrayKey": ["value", "another value"],
    "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}],
    "SomeObject": None,
    "cluster.name": "c",
    "ThisFlag": True,
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
NUMBERS: dict[str, Any] = {
    "latency": 1000,
    "numbers": [10, 5000],
    "errorCode": 400,
    "processes": [{}, {}, {}, {}, {"averageRuntime": 55.5}],
}


def line(message: str) -> dict[str, Any]:
    return {"message": message}


def judged(text: str, record: dict[str, Any]) -> Truth:
    pattern = parse(text)
    assert not isinstance(pattern, Fault), pattern
    return sees(pattern, record).truth


@pytest.mark.parametrize(
    ("pattern", "record", "expected", "page"),
    [
        # Terms: all must occur, in upper and lower case as written; quotes hold a phrase together.
        ("ERROR", line("[ERROR 400] BAD REQUEST"), YES, TERMS),
        ("ERROR", line("[error 400] BAD REQUEST"), NO, TERMS),
        ("ERROR ARGUMENTS", line("[ERROR 419] MISSING ARGUMENTS"), YES, TERMS),
        ("ERROR ARGUMENTS", line("[ERROR 401] UNAUTHORIZED REQUEST"), NO, TERMS),
        ('"INTERNAL SERVER ERROR"', line("[ERROR 500] INTERNAL SERVER ERROR"), YES, TERMS),
        ('"INTERNAL SERVER ERROR"', line("[ERROR 500] SERVER ERROR INTERNAL"), NO, TERMS),
        # One of several; a term that must not occur.
        ("?ERROR ?WARN", line("WARN message"), YES, TERMS),
        ("?ERROR ?WARN", line("ERROR message"), YES, TERMS),
        ("?ERROR ?WARN", line("INFO message"), NO, TERMS),
        ("?ERROR ?WARN REQUEST", line("[INFO] REQUEST FAILED"), UNKNOWN, TERMS),
        ("ERROR -ARGUMENTS", line("[ERROR 400] BAD REQUEST"), YES, TERMS),
        ("ERROR -ARGUMENTS", line("[ERROR 419] MISSING ARGUMENTS"), NO, TERMS),
        ('""', line("anything"), YES, TERMS),
        ('" "', line("anything"), YES, TERMS),
        ("", line("anything"), YES, SYNTAX),
        # Regular expressions.
        ("%AUTHORIZED%", line("[ERROR 401] UNAUTHORIZED REQUEST"), YES, SYNTAX),
        ("%AUTHORIZED%", line("[ERROR 400] BAD REQUEST"), NO, SYNTAX),
        ("%colou?r%", line("color"), YES, SYNTAX),
        ("%colou?r%", line("colour"), YES, SYNTAX),
        ("%gray|grey%", line("grey"), YES, SYNTAX),
        ("%[a-z]%", line("7"), YES, SYNTAX),
        ("%10\\.10\\.0\\.[1-9]{1,2}%", line("10.10.0.42"), YES, SYNTAX),
        ("%10\\.10\\.0\\.[1-9]{1,2}%", line("10010.0.42"), NO, SYNTAX),
        # JSON: text, arrays, wildcards, names with a dot.
        ('{ $.eventType = "UpdateTrail" }', TRAIL, YES, JSON),
        ("{ $.eventType = %Trail% }", TRAIL, YES, JSON),
        ("{ $.eventType = %trail% }", TRAIL, NO, JSON),
        ("{ $.sourceIPAddress != 123.123.* }", TRAIL, YES, JSON),
        ("{ $.sourceIPAddress != 111.111.* }", TRAIL, NO, JSON),
        ("{ $.arrayKey[0] = value }", TRAIL, YES, JSON),
        ("{ $.arrayKey[1] = value }", TRAIL, NO, JSON),
        ('{ $.arrayKey[*] = "another value" }', TRAIL, YES, JSON),
        ("{ $.objectList[1].id = 2 }", TRAIL, YES, JSON),
        ("{ $.objectList[*].id = 2 }", TRAIL, YES, JSON),
        ("{ $.objectList[*].id = 3 }", TRAIL, NO, JSON),
        ("{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }", TRAIL, YES, JSON),
        ("{ $.['cluster.name'] = \"c\" }", TRAIL, YES, JSON),
        # JSON: null, booleans, fields that are not there; a selector that reaches no plain value.
        ("{ $.SomeObject IS NULL }", TRAIL, YES, JSON),
        ("{ $.eventType IS NULL }", TRAIL, NO, JSON),
        ("{ $.SomeOtherObject NOT EXISTS }", TRAIL, YES, JSON),
        ("{ $.eventType NOT EXISTS }", TRAIL, NO, JSON),
        ("{ $.ThisFlag IS TRUE }", TRAIL, YES, JSON),
        ("{ $.ThisFlag IS FALSE }", TRAIL, NO, JSON),
        ("{ $.arrayKey = 1 }", TRAIL, NO, JSON),
        ("{ $.arrayKey != 1 }", TRAIL, NO, JSON),
        # JSON: numbers, with signs, fractions and exponents.
        ("{ $.latency >= 500 }", NUMBERS, YES, JSON),
        ("{ $.latency > +1000 }", NUMBERS, NO, JSON),
        ("{ $.latency = 1e3 }", NUMBERS, YES, JSON),
        ("{ $.numbers[0] < 10e3 }", NUMBERS, YES, JSON),
        ("{ $.numbers[0] < 10e-3 }", NUMBERS, NO, JSON),
        ("{ $.processes[4].averageRuntime <= 55.5 }", NUMBERS, YES, JSON),
        ("{ $.errorCode = 400 }", NUMBERS, YES, JSON),
        ("{ $.errorCode != 500 }", NUMBERS, YES, JSON),
        ("{ $.errorCode = 4* }", NUMBERS, YES, JSON),
        # JSON: compound conditions, && before ||.
        ('{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', PEOPLE, YES, JSON),
        (
            '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }',
            PEOPLE,
            NO,
            JSON,
        ),
        (
            (
                '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch'
                " && $.actions[2] = nomatch }"
            ),
            PEOPLE,
            YES,
            JSON,
        ),
        (
            (
                '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch)'
                " && $.actions[2] = nomatch }"
            ),
            PEOPLE,
            NO,
            JSON,
        ),
        # Space-delimited: how a JSON record is parted is not described, what is not in it is.
        ("[w1=ERROR, w2]", line("ERROR 401"), UNKNOWN, SPACES),
        ("[w1=ERROR, w2]", line("WARN message"), NO, SPACES),
        ("[w1!=ERROR&&w1!=WARN, w2]", line("INFO message"), UNKNOWN, SPACES),
        ("[..., status_code, bytes]", line("200 1534"), UNKNOWN, SPACES),
        ("[ip, user, ...]", line("127.0.0.1 -"), UNKNOWN, SPACES),
        ("[ip, user, username, timestamp, request = *html*, status_code = 4*]", {}, NO, SPACES),
        ("[..., status_code = %4[0-9]{2}%]", line("200"), NO, SPACES),
        ("[..., status_code = %4[0-9]{2}%]", line("404"), UNKNOWN, SPACES),
    ],
)
def test_the_guides_examples(
    pattern: str, record: dict[str, Any], expected: Truth, page: str
) -> None:
    assert judged(pattern, record) is expected, page


@pytest.mark.parametrize(
    ("pattern", "told", "page"),
    [
        ("%something!%", "`!` is not supported in a regular expression", SYNTAX),
        ("%(a|b)%", "`(` is not supported in a regular expression", SYNTAX),
        ("%größe%", "`ö` is not supported in a regular expression", SYNTAX),
        ("{ $.a = %x% && $.b = %y% && $.c = %z% }", "more than 2 regular expressions", SYNTAX),
        ("[a = %x%, b = %y%, c = %z%]", "more than 2 regular expressions", SYNTAX),
        ("[a = %x!%]", "`!` is not supported in a regular expression", SYNTAX),
        ("[a, b", "the bracket is not closed", SPACES),
    ],
)
def test_what_the_guide_excludes(pattern: str, told: str, page: str) -> None:
    fault = parse(pattern)
    assert isinstance(fault, Fault), page
    assert fault.message == told
