"""`try` and `can`, JSON, bodies with dynamic blocks, and what bounds the work."""

import time

import pytest

from rootlint.model.same import unknowns
from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Option,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.terraform.values import Loose, Set
from tests.terraform.evaluating import (
    ARN,
    PLACE,
    at,
    body_of,
    evaluated,
    hole,
    known,
    parts,
    plain,
    topic,
    value,
)

# try and can


def test_try_takes_the_next_after_a_failure() -> None:
    assert plain('try([][0], {}.a, "x")') == "x"
    assert plain('try({a = [][0]}, "x")') == "x"


def test_try_of_a_variable_is_that_variable() -> None:
    assert value('try(var.x, "d")') == hole("x")


def test_try_of_a_part_of_an_unknown_is_a_choice() -> None:
    found = value('try(var.x.y, "d")')
    assert isinstance(found, Choice)
    assert found.options[0].when == "when `var.x.y` can be read"
    assert isinstance(found.options[1].value, Known)


def test_try_does_not_trust_a_known_result_of_what_may_fail() -> None:
    found = value("try(length([var.x.y]), 0)")
    assert isinstance(found, Choice)


def test_try_of_an_instance_that_may_not_be_there() -> None:
    instances = List((topic(),), PLACE, rest=hole())
    found = value('try(r[0].arn, "")', r=instances)
    assert isinstance(found, Choice)
    assert found.options[0].value is not None
    assert isinstance(found.options[0].value, Unknown)
    assert found.options[0].value.refers == ARN


def test_try_of_an_instance_that_is_not_there() -> None:
    assert plain('try(var.r[0].arn, "")', r=List((), PLACE)) == ""


@pytest.mark.parametrize(
    ("text", "answer"),
    [("can(var.x)", True), ("can([][0])", False), ("can(var.x.y)", None), ("can(tonumber(var.x))", None)],
)  # fmt: skip
def test_can(text: str, answer: object) -> None:
    found = value(text)
    assert isinstance(found, Unknown) if answer is None else getattr(found, "value", None) is answer


# JSON


def test_jsonencode_keeps_the_value() -> None:
    found = value("jsonencode({a = [var.x]})")
    assert isinstance(found, Encoded)
    assert isinstance(found.value, Map)


def test_alone_in_a_template_it_stays_encoded() -> None:
    assert isinstance(value('"${jsonencode({a = 1})}"'), Encoded)


def test_in_a_longer_text_it_is_written_as_terraform_does() -> None:
    found = value('"x${jsonencode({b = "<&>", a = 1.5})}"')
    assert isinstance(found, Known)
    assert found.value == 'x{"a":1.5,"b":"\\u003c\\u0026\\u003e"}'


def test_in_a_longer_text_its_holes_are_holes() -> None:
    assert parts(value('"x${jsonencode({a = "b${var.x}"})}"')) == ('x{"a":"b', None, '"}')


def test_jsondecode_of_a_string_has_places_in_it() -> None:
    text = 'locals {\n  x = jsondecode("{\\"a\\": [\\"bc\\"]}").a[0]\n}\n'
    assert at(text, "bc", evaluated(text)) == "bc"


# Bodies


def test_a_body() -> None:
    found = body_of('resource "a" "b" {\n  name = "x"\n  none = null\n  tags = { a = 1 }\n}\n')
    assert list(found.entries) == ["name", "tags"]
    assert found.rest is None


def test_one_nested_block_is_a_list_of_one() -> None:
    found = body_of('resource "a" "b" {\n  rule {\n    x = 1\n  }\n}\n').entries["rule"]
    assert isinstance(found, List)
    assert isinstance(found.items[0], Map)


def test_a_nested_block_with_a_label_is_wrapped() -> None:
    text = 'resource "a" "b" {\n  provisioner "local-exec" {\n    command = "x"\n  }\n}\n'
    found = body_of(text).entries["provisioner"]
    assert isinstance(found, List)
    (item,) = found.items
    assert isinstance(item, Map)
    assert list(item.entries) == ["local-exec"]


DYNAMIC = """
resource "a" "b" {
  dynamic "rule" {
    for_each = %s
    %s
    content {
      name = %s
    }
  }
}
"""


def rules(each: str, name: str = "rule.value", iterator: str = "", **names: Value) -> List:
    found = body_of(DYNAMIC % (each, iterator, name), **names).entries["rule"]
    assert isinstance(found, List)
    return found


def names_of(found: List) -> list[object]:
    return [
        item.entries["name"].value  # type: ignore[union-attr] # a test looks at known names only
        for item in found.items
        if isinstance(item, Map)
    ]


def test_a_dynamic_block() -> None:
    assert names_of(rules('["x", "y"]')) == ["x", "y"]


def test_a_dynamic_block_over_a_map() -> None:
    assert names_of(rules("{b = 1, a = 2}", "rule.key")) == ["a", "b"]


def test_a_dynamic_block_with_an_iterator() -> None:
    assert names_of(rules('["x"]', "it.value", "iterator = it")) == ["x"]


def test_a_dynamic_block_over_an_unknown() -> None:
    found = rules("var.l")
    assert found.items == ()
    assert found.rest is not None


def test_a_dynamic_block_that_is_switched_on_by_a_condition() -> None:
    found = rules('var.on ? ["x"] : []')
    (item,) = found.items
    assert isinstance(item, Choice)
    assert [option.when for option in item.options] == [
        "when `var.on` is true",
        "when `var.on` is false",
    ]
    assert item.options[1].value is None


def test_an_attribute_that_is_null_in_one_scenario() -> None:
    found = body_of('resource "a" "b" {\n  x = var.on ? "y" : null\n}\n').entries["x"]
    assert isinstance(found, Choice)
    assert found.options[1] == Option("when `var.on` is false", None)


def test_a_broken_body_may_hold_more() -> None:
    found = body_of('resource "a" "b" {\n  x = 1\n  ???\n}\n')
    assert found.rest is not None
    assert found.rest.why is Why.BROKEN


def test_broken_text_is_an_unknown_value() -> None:
    found = body_of('resource "a" "b" {\n  x = [1, 2\n  y = 1\n}\n').entries["x"]
    assert isinstance(found, Unknown)
    assert found.why is Why.BROKEN


# Bounds


def test_a_text_that_doubles_is_bounded() -> None:
    found: Value = known("0123456789abcdef")
    for _ in range(40):
        found = value('"${var.t}${var.t}"', t=found)
    assert {each.why for each in unknowns(found)} == {Why.LIMIT}


def test_loops_in_loops_are_bounded() -> None:
    text = "range(1000)"
    for _ in range(6):
        text = f"[for a in range(1000) : {text}]"
    started = time.process_time()
    assert Why.LIMIT in {each.why for each in unknowns(value(text))}
    assert time.process_time() - started < 10


def test_a_value_that_doubles_is_bounded() -> None:
    found: Value = List((), PLACE)
    for _ in range(80):
        found = value("[var.l, var.l]", l=found)
    assert isinstance(
        value('[var.l == var.l, length("${jsonencode(var.l)}")][1]', l=found), Unknown
    )


def test_sets_and_lists_of_unknown_order_are_told_apart() -> None:
    assert isinstance(value("toset([1])"), Set)
    assert isinstance(value("concat(var.l, [1])"), Loose)


def test_a_template_that_renders_itself_comes_to_an_end() -> None:
    found = value('templatefile("t", {})', files={"t": 'a${templatefile("t", {})}'})
    assert isinstance(found, Unknown | Text)
