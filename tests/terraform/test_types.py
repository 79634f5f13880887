"""The one type that Terraform finds for several values, and what it makes of each of them."""

import pytest

from rootlint.model.value import Choice, Known, List, Value
from rootlint.terraform.values import Failed, Untyped, certain
from tests.terraform.evaluating import hole, plain, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('tolist([1, "a"])', ["1", "a"]),
        ('true ? [1] : ["a"]', ["1"]),
        ('true ? [1, 2] : ["a"]', ["1", "2"]),
        ('true ? {a = 1} : {b = "x"}', {"a": "1"}),
        ('true ? [[1]] : [["a", "b"]]', [["1"]]),
        ('true ? ["b", "a", "b"] : toset(["c"])', ["a", "b"]),
        ('true ? [null] : ["a"]', [None]),
        ("true ? 1 : null", 1),
        ('concat([1], ["a"])', [1, "a"]),
        ('concat(tolist([1]), tolist(["a"]))', ["1", "a"]),
        ('setunion([1], ["1"])', ["1"]),
        ('coalesce(1, "a")', "1"),
        ("coalescelist([], [1])", [1]),
        ('lookup(tomap({a = "x"}), "b", 1)', "1"),
        ('lookup({a = "x"}, "b", 1)', 1),
        ("toset([[2], [1], [10]])", [[10], [1], [2]]),
    ],
)
def test_values_take_on_a_common_type(text: str, expected: object) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    "text",
    ['true ? "a" : ["b"]', "true ? true : 1", "tolist([1, true])", "tomap({a = 1, b = [1]})",
     "false ? {a = 1} : {a = 1, b = [1]}", "setunion([1], [[1]])", "coalesce(1, true)"],
)  # fmt: skip
def test_where_there_is_no_common_type_terraform_refuses(text: str) -> None:
    assert isinstance(value(text), Failed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1] == [1]", True),
        ("tolist([1]) == [1]", False),
        ('[1] == ["1"]', False),
        ("{a = 1} == tomap({a = 1})", False),
        ("toset([1, 2]) == toset([2, 1])", True),
        ("tolist([]) == tolist([])", True),
        ('compact([""]) == tolist([])', False),
        ("[null] == [tostring(null)]", False),
        ('split(",", "a") == tolist(["a"])', True),
        ('split(",", "a") == ["a"]', False),
        ('jsondecode("[1]") == [1]', True),
        ('contains([tolist(["a"])], ["a"])', False),
    ],
)
def test_equal_values_have_the_same_type(text: str, expected: object) -> None:
    assert plain(text) is expected


@pytest.mark.parametrize(
    "text",
    ["tolist([1, var.x])[0] == 1", "(true ? [1] : var.x)[0] == 1", "contains(tolist([1, var.x]), 1)",
     "concat([1], [2]) == var.x"],
)  # fmt: skip
def test_beside_an_unknown_a_number_may_have_become_a_string(text: str) -> None:
    assert not isinstance(value(text), Known)


def test_beside_an_unknown_a_number_is_the_same_number() -> None:
    assert plain("(true ? 1 : var.x) + 1") == 2
    assert plain('"x${true ? 1 : var.x}"') == "x1"
    assert isinstance(value("true ? 1 : var.x"), Untyped)


def in_order(found: Value) -> bool:
    assert isinstance(found, List)
    return certain(found)


def test_beside_an_unknown_a_list_may_have_become_a_set() -> None:
    assert not in_order(value('true ? ["b", "a"] : var.x'))
    assert not in_order(value('true ? ["a", "a"] : var.x'))


def test_sorted_strings_are_the_same_in_a_set() -> None:
    assert in_order(value('true ? ["a", "b"] : var.x'))
    assert in_order(value('true ? ["b"] : var.x'))


def test_beside_what_is_certainly_a_string_nothing_is_left_open() -> None:
    assert plain('tolist(["a", 1, "b"])[1] == "1"') is True


def test_a_conditional_of_unknown_types_may_be_refused() -> None:
    assert isinstance(value('try(true ? "1" : var.x, "other")'), Choice)
    assert isinstance(value('try(true ? "1" : var.x, "other")', x=hole()), Choice)
