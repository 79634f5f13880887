"""YAML is read and written as Terraform does, each scalar with its place."""

import json

import pytest

from rootlint.model.value import Known, List, Map, Text, Unknown
from rootlint.terraform.values import Failed
from tests.terraform.evaluating import at, evaluated, known, plain, value


def decoded(text: str) -> object:
    return plain("yamldecode(var.y)", y=known(text))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a: 1\nb: [x, '2']", {"a": 1, "b": ["x", "2"]}),
        ("on: yes\nn: ~", {"true": True, "false": None}),
        ("a: 010\nb: 0x1F\nc: 0o7\nd: 1_0\ne: 1e3", {"a": 10, "b": 31, "c": 7, "d": "1_0", "e": 1000}),
        ("a: 2001-1-1\nb: '2001-01-01'", {"a": "2001-01-01T00:00:00Z", "b": "2001-01-01"}),
        ("a: 2001-13-01", {"a": "2001-13-01"}),
        ("a: !!str 1\nb: !!int '3'", {"a": "1", "b": 3}),
        ("a: &x {p: 1}\nb: {<<: *x, q: 2}", {"a": {"p": 1}, "b": {"p": 1, "q": 2}}),
        ("b: 1\n<<: {b: 2}", {"b": 2}),
        ("a: 1\na: 2", {"a": 2}),
        ("--- |\n  x\n  y\n", "x\ny\n"),
        ("true", True),
    ],
)  # fmt: skip
def test_a_text_is_read(text: str, meaning: object) -> None:
    assert decoded(text) == meaning


@pytest.mark.parametrize(
    "text",
    ["", "# x", "a: 1\n---\nb: 2", "a: !x y", "a: !x {}", "? [a]\n: b", "~: a", "a: *x", "a: &x [*x]",
     "a: .nan", "a: b: c", "<<: 1", "a: !!bool x"],
)  # fmt: skip
def test_what_terraform_refuses_is_refused(text: str) -> None:
    assert isinstance(value("yamldecode(var.y)", y=known(text)), Failed)


def test_aliases_that_stand_for_very_much_are_not_followed() -> None:
    text = "a: &a [1,1,1,1,1,1,1,1,1]\n"
    for one, other in zip("abcdefgh", "bcdefghi", strict=True):
        text += f"{other}: &{other} [{','.join(['*' + one] * 9)}]\n"
    found = value("yamldecode(var.y)", y=known(text))
    assert isinstance(found, Unknown)
    assert not isinstance(found, Failed)


def test_what_is_nested_too_deep_is_not_known() -> None:
    found = value("yamldecode(var.y)", y=known("[" * 5_000 + "]" * 5_000))
    assert isinstance(found, Unknown)


def test_a_hole_in_a_text_loses_that_text_alone() -> None:
    found = value('yamldecode("a: arn:${var.x}\\nb: 2")')
    assert isinstance(found, Map)
    assert isinstance(found.entries["a"], Text)
    assert found.entries["b"] == Known(2, found.entries["b"].span)


@pytest.mark.parametrize("text", ["${var.x}", "1${var.x}", "t${var.x}"])
def test_a_hole_that_may_be_anything_is_a_hole(text: str) -> None:
    found = value(f'yamldecode("a: {text}")')
    assert isinstance(found, Map)
    assert isinstance(found.entries["a"], Unknown)


def test_each_character_has_its_place() -> None:
    text = 'locals {\n  x = yamldecode(<<-E\n    a: [one, "t w o"]\n    b: |\n      first\n      last\n    E\n  )\n}\n'
    found = evaluated(text)
    assert isinstance(found, Map)
    items = found.entries["a"]
    assert isinstance(items, List)
    assert at(text, "one", items.items[0]) == "one"
    assert at(text, "w", items.items[1]) == "w"
    assert at(text, "last", found.entries["b"]) == "last"
    assert at(text, "first", found.entries["b"]) == "first"
    span = found.keys["b"]
    assert text[span.start : span.end] == "b"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ({"b": [1, {"c": None}], "a": "x"}, '"a": "x"\n"b":\n- 1\n- "c": null\n'),
        ({"a": {}, "b": []}, '"a": {}\n"b": []\n'),
        ("a\nb\n", "|\n  a\n  b\n"),
        ("x", '"x"\n'),
        (True, "true\n...\n"),
    ],
)
def test_a_value_is_written(written: object, text: str) -> None:
    assert plain(f"yamlencode({json.dumps(written)})") == text


def test_a_value_that_is_not_wholly_known_is_not_written() -> None:
    assert isinstance(value("yamlencode([var.x])"), Unknown)
