import pytest

from rootlint.model.same import references, same, unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import (
    Choice,
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

HERE = Span("a", 0, 0)
PREFIX = Unknown(Why.VARIABLE, "var.prefix has no value", HERE)
OTHER = Unknown(Why.VARIABLE, "var.other has no value", HERE)


def known(value: str | float) -> Known:
    return Known(value, HERE)


def text(*parts: str | Unknown) -> Text:
    return Text(parts, HERE)


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        (known("a"), known("a"), Truth.YES),
        (known("1"), known(1), Truth.YES),
        (known("1"), known(1.0), Truth.YES),
        (known("a"), known("A"), Truth.NO),
        (known("a"), None, Truth.NO),
        (None, None, Truth.YES),
        (PREFIX, PREFIX, Truth.YES),
        (PREFIX, OTHER, Truth.UNKNOWN),
        (PREFIX, known("a"), Truth.UNKNOWN),
        (text(PREFIX, "-root"), text(PREFIX, "-root"), Truth.YES),
        (text(PREFIX, "-root"), text(OTHER, "-root"), Truth.UNKNOWN),
        (text(PREFIX, "-root"), text(PREFIX, "-leaf"), Truth.NO),
        (text("x-", PREFIX), known("y-1"), Truth.NO),
        (text("x-", PREFIX), known("x-1"), Truth.UNKNOWN),
    ],
)
def test_same(left: Value | None, right: Value | None, answer: Truth) -> None:
    assert same(left, right) is answer
    assert same(right, left) is answer


def test_a_choice_is_the_same_where_every_option_is() -> None:
    both = Choice((Option("when a", known("x")), Option("else", known("x"))), PREFIX, HERE)
    either = Choice((Option("when a", known("x")), Option("else", known("y"))), PREFIX, HERE)
    assert same(both, known("x")) is Truth.YES
    assert same(both, known("z")) is Truth.NO
    assert same(either, known("x")) is Truth.UNKNOWN


def test_what_lies_deep_is_found() -> None:
    inner = Known("n", HERE, refers=Reference("u", "aws_sns_topic.a", "name"))
    tree = Map({"k": List((inner, text("x", PREFIX)), HERE, rest=OTHER)}, HERE)
    assert [found.address for found in references(tree)] == ["aws_sns_topic.a"]
    assert set(unknowns(tree)) == {PREFIX, OTHER}


def test_a_deep_value_is_walked_without_recursion() -> None:
    value: Value = PREFIX
    for _ in range(100_000):
        value = List((value,), HERE)
    assert list(unknowns(value)) == [PREFIX]
