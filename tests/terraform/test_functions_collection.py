"""Functions of lists, maps and sets, on what is known in part."""

import pytest

from rootlint.model.value import Choice, Known, List, Map, Unknown, Why
from rootlint.terraform.values import Failed, Loose, Set, may_be_absent
from tests.terraform.evaluating import PLACE, hole, plain, topic, value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("length([var.x, var.y])", 2),
        ("length({a = var.x})", 1),
        ('contains(["a", var.x], "a")', True),
        ('contains(["a${var.x}"], "b")', False),
        ("alltrue([false, var.x])", False),
        ("anytrue([var.x, true])", True),
        ('element(["a", var.x], 2)', "a"),
        ("merge({a = var.x}, {b = 1}).b", 1),
        ("keys({a = var.x, b = 1})", ["a", "b"]),
        ('lookup({a = 1}, "b", 2)', 2),
        ('zipmap(["a", "b"], [var.x, 1]).b', 1),
        ('concat(["a"], var.l)[0]', "a"),
        ('index(["a", "b"], "b")', 1),
        ('coalesce("a", var.x)', "a"),
        ('coalescelist(["a"], var.x)', ["a"]),
        ('slice(["a", "b"], 0, 1)', ["a"]),
        ('one(toset(["a", "a"]))', "a"),
        ('setintersection(["a", "b"], ["b", "c"])', ["b"]),
        ("max(1, 3, 2)", 3),
        ("length(flatten([[1, [2]], []]))", 2),
    ],
)
def test_what_stays_known(written: str, expected: object) -> None:
    assert plain(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "length(var.x)",
        'length(concat(["a"], var.l))',
        'length(toset(["a", var.x]))',
        'contains(["a"], var.x)',
        'contains(var.l, "a")',
        "alltrue([true, var.x])",
        "length(merge({a = 1}, var.m))",
        "tolist(toset([var.x, var.y]))[0]",
        'length(flatten([["a"], var.l]))',
        'length(compact(["a", var.x]))',
        'length(distinct(["a", var.x]))',
        'index([var.x, "a"], "a")',
        "sum([1, var.x])",
        'sort(["b", var.x])[0]',
    ],
)
def test_what_is_not_known(written: str) -> None:
    found = value(written)
    assert isinstance(found, Unknown)
    assert not isinstance(found, Failed)


def test_flatten_keeps_the_elements_around_an_unknown_list() -> None:
    found = value('flatten([["a"], var.l, ["b"]])')
    assert isinstance(found, Loose)
    assert [item.value for item in found.items if isinstance(item, Known)] == ["a", "b"]
    assert found.rest is not None


def test_flatten_takes_an_arn_for_one_element() -> None:
    found = value('flatten(["a", r.arn, "b"])', r=topic())
    assert isinstance(found, List)
    assert len(found.items) == 3
    assert found.rest is None


def test_flatten_of_an_optional_list() -> None:
    found = value('flatten([["a"], var.on ? ["b"] : []])')
    assert isinstance(found, List)
    assert [may_be_absent(item) for item in found.items] == [False, True]


def test_what_may_come_over_an_entry() -> None:
    found = value("merge({a = 1}, var.m, {b = 2})")
    assert isinstance(found, Map)
    assert isinstance(found.entries["a"], Choice)
    assert isinstance(found.entries["b"], Known)
    assert found.rest is not None


def test_merge_of_an_unknown_number_of_maps() -> None:
    found = value("merge([for m in var.l : m]...)")
    assert isinstance(found, Map)
    assert found.rest is not None


def test_a_lookup_that_may_fall_back() -> None:
    found = value('lookup(var.m, "a", "d")')
    assert isinstance(found, Choice)
    assert [option.when for option in found.options] == [
        "when `a` is there",
        "when `a` is not there",
    ]


def test_a_lookup_of_an_unknown_key() -> None:
    found = value("lookup({a = 1}, var.k, 2)")
    assert isinstance(found, Choice)
    assert [getattr(option.value, "value", None) for option in found.options] == [1, 2]


def test_coalesce_of_what_may_be_null() -> None:
    found = value('coalesce(var.x, "d")')
    assert isinstance(found, Choice)


def test_toset_removes_known_duplicates_only() -> None:
    found = value('toset(["b", "a", var.x, "b"])')
    assert isinstance(found, Set)
    assert len(found.items) == 3


def test_compact_of_an_arn_keeps_it_for_sure() -> None:
    found = value('compact(["", r.arn])', r=topic())
    assert isinstance(found, List)
    assert not may_be_absent(found.items[0])


def test_element_of_an_unknown_list_keeps_the_reference() -> None:
    rest = Unknown(Why.COUNT, "count", PLACE, topic().refers)
    found = value("element(r, 0)", r=List((), PLACE, rest=rest))
    assert isinstance(found, Unknown)
    assert found.refers == topic().refers


def test_a_subtracted_element_may_be_gone() -> None:
    found = value('setsubtract(["a"], var.x)')
    assert isinstance(found, Set)
    assert may_be_absent(found.items[0])


def test_list_and_map_of_old_versions() -> None:
    assert plain('list("a", 1)') == ["a", "1"]
    assert plain('map("a", 1)') == {"a": 1}


def test_a_function_that_is_not_known() -> None:
    found = value("provider::aws::arn_parse(var.x)")
    assert isinstance(found, Unknown)
    assert found.why is Why.FUNCTION


@pytest.mark.parametrize(
    "written",
    ["length(1)", 'merge({}, "a")', "element([], 0)", "one([1, 2])", 'lookup({}, "a")', "concat(null)", "length()"],
)  # fmt: skip
def test_what_terraform_refuses(written: str) -> None:
    assert isinstance(value(written), Failed)


def test_an_unknown_argument_gives_its_own_reason() -> None:
    assert value("length(var.x)") == hole("x")


def test_a_branch_that_is_a_number_beside_one_that_is_a_string() -> None:
    assert plain('true ? 1 : "a"') == "1"
    assert plain('true ? [1] : ["a", "b"]') == ["1"]
