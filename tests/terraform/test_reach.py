"""What leads to no resource that is read is told by its text, and erring is on one side only."""

import pytest

from rootlint.model.value import Why
from rootlint.terraform.dotted import dotted
from tests.terraform.reading import unit

HIDDEN = 'module "m" {\n  source = "registry/x/y"\n  given  = %s\n}\n'
TOPIC = 'resource "aws_sns_topic" "t" {\n  name = "t"\n}\n'
TABLE = 'resource "aws_dynamodb_table" "d" {\n  hands = %s\n}\n'


def names(text: str) -> set[tuple[str, str]] | None:
    found = dotted(text, 0, len(text))
    return None if found is None else set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("var.a", {("var", "a")}),
        ("data.b.c[0].d", {("data", "b"), ("b", "c")}),
        ("x . y", {("x", "y")}),
        ("5-x.y", {("x", "y")}),
        ("1 -x-z.y", {("x-z", "y")}),
        ("# see a.\n b.c", {("a", "b"), ("b", "c")}),
        ("1.5", set()),
        ("nothing", set()),
        ("a /* . */ . b", None),
    ],
)
def test_names_in_a_text(text: str, expected: set[tuple[str, str]] | None) -> None:
    assert names(text) == expected


def test_a_long_word_does_not_cost_its_square() -> None:
    assert names("a-" * 500_000) == set()
    assert names("a-" * 500_000 + ".b") == {("a-" * 500_000, "b")}


@pytest.mark.parametrize(
    ("value", "more"),
    [
        ("aws_sns_topic.t.arn", ""),
        ("[for x in [aws_sns_topic.t] : x.arn]", ""),
        ("local.a", "locals {\n  a = { b = local.c }\n  c = aws_sns_topic.t.arn\n}\n"),
        ("local.a", "locals {\n  a = aws_sns_topic.t.arn /* . */\n}\n"),
        ("var.v", 'variable "v" {\n  default = null\n}\n'),
        ("aws_dynamodb_table.d.hands", TABLE % "aws_sns_topic.t.arn"),
    ],
)
def test_what_a_hidden_call_receives_is_found_over_any_way(value: str, more: str) -> None:
    inner = {"in/main.tf": HIDDEN % value + more + (TOPIC if "var" not in value else "")}
    caller = 'module "in" {\n  source = "./in"\n  v      = aws_sns_topic.t.arn\n}\n' + TOPIC
    (spot,) = unit({"main.tf": caller, **inner}).blind_spots
    assert spot.because.why is Why.MODULE
    assert any(address.endswith("aws_sns_topic.t") for address in spot.receives)


@pytest.mark.parametrize("value", ['"x.y"', "local.a", "aws_dynamodb_table.d.arn", "var.v"])
def test_what_leads_to_nothing_is_not_worked_out(value: str) -> None:
    more = 'locals {\n  a = "b.c"\n}\nvariable "v" {\n  default = "d.e"\n}\n' + TABLE % '"f"'
    found = unit(HIDDEN % value + more + TOPIC + f'output "o" {{\n  value = {value}\n}}\n')
    (spot,) = found.blind_spots
    assert not spot.receives
    assert not found.doors
