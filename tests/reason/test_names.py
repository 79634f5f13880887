import pytest

from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, Option, Text, Unknown, Value, Why
from rootlint.reason.names import names_root
from rootlint.source import Span

HERE = Span("a", 0, 0)
HOLE = Unknown(Why.VARIABLE, "var.x has no value", HERE)


def known(text: str) -> Known:
    return Known(text, HERE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (known("root"), Truth.YES),
        (known(" Root "), Truth.YES),
        (known("<root_account>"), Truth.YES),
        (known("AWS ROOT USER"), Truth.YES),
        (known("arn:aws:iam::111122223333:root"), Truth.YES),
        (known("rootlint"), Truth.NO),
        (known("db-root"), Truth.NO),
        (known("arn:aws:iam::111122223333:user/root"), Truth.NO),
        (HOLE, Truth.UNKNOWN),
        (Text((HOLE, "-deploy"), HERE), Truth.NO),
        (Text(("ro", HOLE), HERE), Truth.UNKNOWN),
        (Text(("arn:aws:iam::", HOLE, ":root"), HERE), Truth.UNKNOWN),
        (Choice((Option("a", known("root")), Option("b", known("x"))), HOLE, HERE), Truth.UNKNOWN),
        (Choice((Option("a", known("y")), Option("b", known("x"))), HOLE, HERE), Truth.NO),
    ],
)
def test_names_of_root(value: Value, expected: Truth) -> None:
    assert names_root(value) is expected
