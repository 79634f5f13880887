from rootlint.model.place import spot
from rootlint.model.suppose import own_place, suppose
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Piece,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.source import Span

SPAN = Span("main.tf", 0, 10)


def pseudo(shape: str, detail: str = "") -> Unknown:
    return Unknown(Why.PSEUDO, detail or shape, SPAN, shape=shape)


def supposed(value: Value) -> Value:
    return suppose(value, own_place("111122223333"))


def test_an_account_becomes_its_number_wherever_it_stands() -> None:
    root = Text(("arn:aws:iam::", pseudo("account"), ":root"), SPAN)
    known = Known("arn:aws:iam::111122223333:root", SPAN)
    assert supposed(root) == known
    document = Encoded(Map({"Principal": List((root, pseudo("account")), SPAN)}, SPAN), SPAN)
    found = List((known, Known("111122223333", SPAN)), SPAN)
    assert supposed(document) == Encoded(Map({"Principal": found}, SPAN), SPAN)


def test_the_account_of_another_provider_stays_unknown() -> None:
    value = List((pseudo("account"), pseudo("account", "of provider `other`")), SPAN)
    assert supposed(value) == List((Known("111122223333", SPAN), value.items[1]), SPAN)


def test_a_variable_is_no_account_at_hand() -> None:
    value = Unknown(Why.VARIABLE, "var.account", SPAN, shape="account")
    assert supposed(value) is value


def test_what_is_not_supposed_keeps_its_hole() -> None:
    hole = Unknown(Why.VARIABLE, "var.x", SPAN)
    value = Text((pseudo("partition"), "/", hole, "/", pseudo("region")), SPAN)
    assert supposed(value) == Text(("aws/", hole, "/us-east-1"), SPAN)


def test_what_stands_behind_a_hole_is_found_where_it_is_written() -> None:
    source = '"arn:aws:iam::${account}:root and more"'
    first, hole, rest = (
        Piece(0, Span("main.tf", 1, 14), exact=True),
        Piece(13, Span("main.tf", 14, 24), exact=False),
        Piece(14, Span("main.tf", 24, 38), exact=True),
    )
    value = Text(
        ("arn:aws:iam::", pseudo("account"), ":root and more"), SPAN, None, (first, hole, rest)
    )
    found = supposed(value)
    assert isinstance(found, Known)
    at = str(found.value).index("root")
    start, end = spot(found, at, at + 4)[1:]
    assert source[start:end] == "root"


def test_alternatives_are_all_looked_into() -> None:
    why = Unknown(Why.CONDITION, "var.on", SPAN)
    choice = Choice((Option("on", pseudo("account")), Option("off", None)), why, SPAN)
    options = (Option("on", Known("111122223333", SPAN)), Option("off", None))
    assert supposed(choice) == Choice(options, why, SPAN)


def test_a_value_of_any_depth_is_survived() -> None:
    value: Value = pseudo("account")
    for _ in range(5000):
        value = List((value,), SPAN)
    assert isinstance(supposed(value), List)
