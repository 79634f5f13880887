"""Encodings, files, digests, networks, dates and regular expressions."""

import time

import pytest

from rootlint.model.value import Encoded, Known, Map, Text, Unknown, Why
from rootlint.terraform.functions import names
from rootlint.terraform.values import Failed
from tests.terraform.evaluating import parts, plain, value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('jsondecode("{\\"a\\": [1, 2.5, null, true]}")', {"a": [1, 2.5, None, True]}),
        ('jsondecode(jsonencode({a = toset(["b", "a"])})).a[0]', "a"),
        ('base64decode(base64encode("é"))', "é"),
        ('urlencode("a b/é")', "a+b%2F%C3%A9"),
        ('csvdecode("a,b\\n1,2\\n")', [{"a": "1", "b": "2"}]),
        ('sha1("a")', "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
        ('cidrsubnet("10.0.0.0/16", 8, 2)', "10.0.2.0/24"),
        ('cidrhost("010.0.0.0/8", -1)', "10.255.255.255"),
        ('timeadd("2017-11-22T00:00:00Z", "-1h30m")', "2017-11-21T22:30:00Z"),
        (
            'regex("(?P<year>\\\\d+)-(?P<month>\\\\d+)?", "on 2024-")',
            {"year": "2024", "month": None},
        ),
        ('regexall("a*", "baac")', ["", "aa", ""]),
        ('replace("ab", "/(a)(b)/", "$2$${1}x")', "bax"),
        ('regex("(?U)a+", "aaa")', "a"),
        ('regex("[[:^alpha:]\\\\pL&&]", "1")', "1"),
        ('dirname("a/b")', "a"),
    ],
)
def test_values(written: str, expected: object) -> None:
    assert plain(written) == expected


@pytest.mark.parametrize(
    "written",
    ['regex("(", "a")', 'regex("(?=a)", "a")', 'regex("x", "a")', 'base64decode("!")', 'cidrhost("x", 1)',
     'jsondecode("{")', 'regex("a**", "a")', 'file("none")'],
)  # fmt: skip
def test_what_terraform_refuses(written: str) -> None:
    assert isinstance(value(written), Failed)


@pytest.mark.parametrize(
    "written",
    ["timestamp()", "uuid()", 'regex("\\\\p{Greek}", "a")', "sha256(var.x)",
     'file("hidden")', 'fileexists("hidden")', 'regexall(var.x, "a")', 'abspath("a")'],
)  # fmt: skip
def test_what_is_not_worked_out(written: str) -> None:
    found = value(written)
    assert isinstance(found, Unknown)
    assert not isinstance(found, Failed)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 60 + "b"),
        ("(a|a)*b", "a" * 60),
        ("(.*)*x", "a" * 200),
        ("a{1000}{1000}", "a"),
    ],
)
def test_no_expression_takes_more_than_linear_time(pattern: str, text: str) -> None:
    started = time.process_time()
    value(f'regexall("{pattern}", "{text}")')
    assert time.process_time() - started < 5


def test_a_policy_in_a_file_is_decoded_in_its_place() -> None:
    files = {"policy.json": '{"Statement": [{"Effect": "Deny"}]}'}
    found = value('jsondecode(file("policy.json")).Statement[0].Effect', files)
    assert isinstance(found, Known)
    assert found.span.path == "policy.json"
    assert files["policy.json"][found.span.start : found.span.end].strip('"') == "Deny"


def test_fileexists() -> None:
    assert plain('fileexists("none")') is False


def test_fileset() -> None:
    found = value('fileset(".", "*.json")', {"b.json": "", "a.json": ""})
    assert [getattr(item, "value", "") for item in getattr(found, "items", ())] == [
        "a.json",
        "b.json",
    ]


def test_a_template_with_a_hole() -> None:
    found = value('templatefile("t", {a = var.x})', {"t": "x ${a} y"})
    assert parts(found) == ("x ", None, " y")


def test_a_template_sees_its_variables_only() -> None:
    found = value('templatefile("t", {})', {"t": "${var.x}"})
    assert isinstance(found, Unknown)
    assert found.why is Why.UNDECLARED


def test_a_template_with_unknown_variables() -> None:
    found = value('templatefile("t", var.m)', {"t": "a${b}"})
    assert isinstance(found, Unknown | Text)


def test_a_broken_template() -> None:
    found = value('templatefile("t", {})', {"t": "a ${ b"})
    assert isinstance(found, Unknown)
    assert found.why is Why.BROKEN


def test_a_policy_made_by_a_template_is_decoded() -> None:
    files = {"t": '{"a": "${x}", "b": ["c"]}'}
    found = value('jsondecode(templatefile("t", {x = var.x}))', files)
    assert isinstance(found, Map)
    assert isinstance(found.entries["a"], Unknown | Text)


def test_encoding_an_unknown_keeps_it() -> None:
    found = value("jsonencode(var.x)")
    assert isinstance(found, Encoded)
    assert isinstance(found.value, Unknown)


def test_all_functions_that_real_code_uses_are_there() -> None:
    used = """
        length jsonencode join try toset file element concat merge contains lookup regexall keys
        formatlist jsondecode cidrsubnet distinct format list fileset trimprefix trimsuffix
        templatefile regex coalesce replace anytrue startswith compact setunion split one title
        flatten tostring lower tobool values map sort max setproduct setintersection setsubtract
        transpose trim upper substr nonsensitive tolist tonumber can alltrue
    """
    assert set(used.split()) <= set(names())


@pytest.mark.parametrize("text", ["1e400", "[" * 101 + "]" * 101])
def test_json_that_is_more_than_is_worked_out_is_json_all_the_same(text: str) -> None:
    found = value(f'try(jsondecode("{text}"), "no JSON")')
    assert isinstance(found, Unknown)
    assert found.why is Why.LIMIT
