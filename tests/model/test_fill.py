from __future__ import annotations

import json

import pytest

from rootlint.model.fill import FILLINGS, Filling, fill, fill_text
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.source import Span

SPAN = Span("main.tf", 0, 1)


def hole(name: str = "var.x", shape: str = "", refers: Reference | None = None) -> Unknown:
    return Unknown(Why.VARIABLE, name, SPAN, refers, shape)


def known(value: str | float | bool | None) -> Known:  # noqa: FBT001 - a value
    return Known(value, SPAN)


def every(value: Value) -> list[object]:
    return [fill(value, filling) for filling in FILLINGS]


def test_what_is_known_stays() -> None:
    value = Map({"a": List((known(1), known(True), known(None)), SPAN)}, SPAN)  # noqa: FBT003 - a value
    assert every(value) == [{"a": [1, True, None]}] * len(FILLINGS)


@pytest.mark.parametrize("filling", FILLINGS, ids=lambda filling: filling.name)
def test_the_same_unknown_gets_the_same_filler(filling: Filling) -> None:
    twice = List((hole(), Text(("a-", hole()), SPAN)), SPAN)
    first, second = fill(twice, filling)
    assert second == f"a-{first}"


def test_in_some_filling_two_unknowns_differ() -> None:
    values = fill(List((hole("var.x"), hole("var.y")), SPAN), FILLINGS[0])
    assert values[0] != values[1]


def test_what_it_refers_to_tells_unknowns_apart() -> None:
    one, other = (hole(refers=Reference("u", address, "arn")) for address in ("a.b", "a.c"))
    assert fill(one, FILLINGS[0]) != fill(other, FILLINGS[0])


@pytest.mark.parametrize("filling", FILLINGS, ids=lambda filling: filling.name)
def test_a_filler_has_the_shape_that_is_known(filling: Filling) -> None:
    account = fill(hole(shape="account"), filling)
    assert account.isdigit()
    assert len(account) == 12
    assert not set(":/") & set(fill(hole(shape="name"), filling))
    assert fill(hole(shape="partition"), filling).startswith("aws")
    assert fill(hole(shape="region"), filling).count("-") >= 2


def test_more_elements_are_there_or_not() -> None:
    lengths = {len(found) for found in map(_list, every(List((known("a"),), SPAN, hole())))}
    assert lengths == {1, 2}


def _list(found: object) -> list[object]:
    assert isinstance(found, list)
    return found


def test_the_first_option_and_the_last_are_tried() -> None:
    value = Choice((Option("a", known("1")), Option("b", known("2"))), hole(), SPAN)
    assert set(every(value)) == {"1", "2"}


def test_an_option_that_writes_nothing_leaves_nothing() -> None:
    value = Choice((Option("a", known("1")), Option("b", None)), hole(), SPAN)
    lists = every(List((value,), SPAN))
    maps = every(Map({"a": value}, SPAN))
    assert all(found in lists for found in (["1"], []))
    assert all(found in maps for found in ({"a": "1"}, {}))


def test_an_encoded_value_is_its_json() -> None:
    value = Encoded(Map({"a": List((known("b"),), SPAN)}, SPAN), SPAN)
    assert json.loads(fill_text(value, FILLINGS[0])) == {"a": ["b"]}
    assert fill_text(Map({"a": value}, SPAN), FILLINGS[0]) == '{"a":"{\\"a\\":[\\"b\\"]}"}'


def test_a_text_of_a_scalar_is_as_aws_sees_it() -> None:
    assert fill_text(known(True), FILLINGS[0]) == "true"  # noqa: FBT003 - a value
    assert fill_text(known("a"), FILLINGS[0]) == "a"


def test_what_is_nested_too_deep_is_cut() -> None:
    value: Value = known("a")
    for _ in range(5000):
        value = List((value,), SPAN)
    assert json.dumps(fill(value, FILLINGS[0])).endswith("null" + "]" * 101)
