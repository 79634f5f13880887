"""Expressions become values; what is not known keeps its reason, and what is known stays known."""

import pytest

from rootlint.model.place import spot
from rootlint.model.value import (
    Choice,
    Known,
    List,
    Map,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.source import Span
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.values import Failed
from tests.terraform.evaluating import (
    ARN,
    PLACE,
    Given,
    at,
    attribute,
    evaluated,
    hole,
    known,
    parts,
    plain,
    topic,
    value,
)


def whens(found: Value) -> list[tuple[str, object]]:
    assert isinstance(found, Choice), found
    return [
        (option.when, option.value.value if isinstance(option.value, Known) else option.value)
        for option in found.options
    ]


def test_a_variable_without_a_value_keeps_its_reason() -> None:
    assert value("var.x") == hole("x")


def test_a_name_that_is_not_declared() -> None:
    found = value("foo.bar")
    assert isinstance(found, Unknown)
    assert (found.why, found.detail) == (Why.UNDECLARED, "`foo.bar` is not declared")


def test_a_literal_read_through_a_variable_keeps_its_place() -> None:
    assert value("var.x", x=known("a")).span == PLACE


def test_a_text_with_a_hole() -> None:
    assert parts(value('"arn:aws:iam::${var.account}:root"')) == ("arn:aws:iam::", None, ":root")


def test_an_interpolation_alone_is_the_value_itself() -> None:
    assert value('"${var.x}"', x=List((), PLACE)) == List((), PLACE)


def test_an_unknown_condition_gives_both_branches() -> None:
    assert whens(value('var.on ? "a" : "b"')) == [
        ("when `var.on` is true", "a"),
        ("when `var.on` is false", "b"),
    ]


def test_branches_that_agree_are_known() -> None:
    found = value('var.on ? "a" : "a"')
    assert isinstance(found, Known)
    assert found.value == "a"


def test_a_nested_unknown_condition() -> None:
    found = value("var.a ? 1 : var.b ? 2 : 3")
    assert isinstance(found, Choice)
    assert whens(found.options[1].value or found) == [
        ("when `var.b` is true", 2),
        ("when `var.b` is false", 3),
    ]


def test_a_function_of_a_choice_is_a_choice() -> None:
    assert whens(value("length(var.on ? [1] : [])")) == [
        ("when `var.on` is true", 1),
        ("when `var.on` is false", 0),
    ]


def test_two_choices_in_a_text() -> None:
    found = value('"${var.a ? 1 : 2}-${var.b ? 3 : 4}"')
    assert [each for _, each in whens(found)] == ["1-3", "1-4", "2-3", "2-4"]
    assert whens(found)[1][0] == "when `var.a` is true and `var.b` is false"


def test_many_choices_in_a_text_become_unknown() -> None:
    text = "".join(f"${{var.v{n} ? 1 : 2}}" for n in range(8))
    assert isinstance(value(f'"{text}"'), Unknown)


def test_a_condition_on_a_choice_follows_its_options() -> None:
    assert whens(value('(var.on ? "a" : "b") == "a" ? 1 : 2')) == [
        ("when `var.on` is true", 1),
        ("when `var.on` is false", 2),
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("false && var.x", False),
        ("var.x && false", False),
        ("true || var.x", True),
        ('"a${var.x}" == "b"', False),
        ('"a${var.x}" == "ab"', None),
        ('"${var.x}:root" != "a:user"', True),
        ("var.x == var.x", None),
        ("[var.x, 1] == [2]", False),
        ("var.x && true", None),
        ("!var.x", None),
        ("var.x > 1", None),
        ("{a = var.x} == {b = 1}", False),
        ('"1" == 1', False),
    ],
)
def test_operators_are_three_valued(text: str, answer: object) -> None:
    found = value(text)
    if answer is None:
        assert isinstance(found, Unknown)
    else:
        assert isinstance(found, Known)
        assert found.value is answer


def test_an_attribute_that_is_written_refers_to_its_resource() -> None:
    found = value("aws_sns_topic.name", aws_sns_topic=topic(name=known("t")))
    assert found == Known("t", PLACE, Reference("unit", "aws_sns_topic.t", "name"))


def test_an_attribute_that_is_not_written_is_known_after_apply() -> None:
    found = value("aws_sns_topic.arn", aws_sns_topic=topic())
    assert isinstance(found, Unknown)
    assert (found.why, found.refers) == (Why.ATTRIBUTE, ARN)
    assert found.detail == "aws_sns_topic.t.arn is known after apply"


def test_an_element_of_a_nested_block_refers_to_the_path() -> None:
    blocks = List((Map({"name": known("m")}, PLACE),), PLACE)
    found = value("r.metric_transformation[0].name", r=topic(metric_transformation=blocks))
    assert isinstance(found, Known)
    assert found.refers == Reference("unit", "aws_sns_topic.t", "metric_transformation[0].name")


@pytest.mark.parametrize(
    "text",
    [
        "r.arn",
        '"${r.arn}"',
        "[r.arn][0]",
        "element([r.arn], 3)",
        "one([r.arn])",
        "[r].*.arn[0]",
        "[for t in [r] : t.arn][0]",
        "{for k, t in {a = r} : k => t.arn}.a",
        "true ? r.arn : null",
        "tolist(toset([r.arn]))[0]",
        "tostring(r.arn)",
        "coalesce(r.arn, var.x)",
        "coalesce(null, r.arn)",
        "try(r.arn, var.x)",
        "try(null.x, r.arn)",
        "merge({a = 1}, {b = r.arn}).b",
        'lookup({a = r.arn}, "a", "")',
        "flatten([[r.arn]])[0]",
        "concat([r.arn], var.x)[0]",
        "compact([r.arn])[0]",
        "distinct([r.arn])[0]",
        "jsondecode(jsonencode([r.arn]))[0]",
        "values({a = r.arn})[0]",
        'join(",", [r.arn])',
        'format("%s", r.arn)',
        "reverse([r.arn, 1])[1]",
        "slice([1, r.arn], 1, 2)[0]",
        "nonsensitive(r.arn)",
    ],
)  # fmt: skip
def test_a_reference_survives(text: str) -> None:
    found = value(text, r=topic())
    assert isinstance(found, Unknown)
    assert found.refers == ARN


def test_in_a_longer_text_the_hole_keeps_the_reference() -> None:
    found = value('"${r.arn}:*"', r=topic())
    assert isinstance(found, Text)
    assert isinstance(found.parts[0], Unknown)
    assert found.parts[0].refers == ARN


def test_what_is_worked_out_from_a_reference_refers_to_nothing() -> None:
    found = value('split(":", r.arn)[3]', r=topic())
    assert isinstance(found, Unknown)
    assert found.refers is None


def test_an_index_that_is_not_known_is_one_of_few() -> None:
    assert whens(value("{dev = 1, prod = 2}[var.env]")) == [
        ("when the index is `dev`", 1),
        ("when the index is `prod`", 2),
    ]


def test_there_is_certainly_no_such_element() -> None:
    assert isinstance(value("[1][1]"), Failed)


def test_an_element_of_a_list_with_a_rest() -> None:
    instances = List((known("a"),), PLACE, rest=hole())
    assert value("var.l[0]", l=instances) == known("a")
    assert isinstance(value("var.l[1]", l=instances), Unknown)
    assert not isinstance(value("var.l[1]", l=instances), Failed)


def test_behind_a_list_that_is_not_known_no_place_is_known() -> None:
    assert isinstance(value('concat(var.l, ["a"])[0]'), Unknown)


def test_a_splat_over_an_unknown_is_a_list_of_unknowns() -> None:
    found = value("var.l[*].arn")
    assert isinstance(found, List)
    assert found.rest is not None


def test_a_splat_over_instances() -> None:
    found = value("r[*].arn", r=List((topic(),), PLACE, rest=hole()))
    assert isinstance(found, List)
    assert isinstance(found.items[0], Unknown)
    assert found.items[0].refers == ARN
    assert found.rest is not None


def test_a_for_over_an_unknown_list_keeps_what_its_elements_refer_to() -> None:
    rest = Unknown(Why.COUNT, "count", PLACE, Reference("unit", "aws_sns_topic.t", ""))
    found = value("[for t in r : t.arn]", r=List((), PLACE, rest=rest))
    assert isinstance(found, List)
    assert found.rest is not None
    assert found.rest.refers == ARN


def test_a_for_with_an_unknown_condition() -> None:
    found = value('[for a in ["x", "y"] : a if a == "x" || var.on]')
    assert isinstance(found, List)
    assert isinstance(found.items[0], Known)
    assert isinstance(found.items[1], Choice)
    assert [option.value is None for option in found.items[1].options] == [False, True]
    assert found.items[1].options[0].when == 'when `a == "x" || var.on` is true'


def test_the_length_of_a_filtered_list_is_not_known() -> None:
    assert isinstance(value("length([for a in [1, 2] : a if var.on])"), Unknown)


def test_a_for_over_a_set_has_elements_as_keys() -> None:
    assert plain('[for k, v in toset(["b", "a"]) : "${k}${v}"]') == ["aa", "bb"]


def test_grouping() -> None:
    assert plain('{for s in ["ab", "ac", "b"] : substr(s, 0, 1) => s...}') == {
        "a": ["ab", "ac"],
        "b": ["b"],
    }


def test_an_unknown_key_leaves_room_for_more() -> None:
    found = value("{a = 1, (var.k) = 2, b = 3}")
    assert isinstance(found, Map)
    assert found.rest is not None
    assert isinstance(found.entries["a"], Choice)
    assert isinstance(found.entries["b"], Known)


def test_a_key_known_in_part_leaves_others_alone() -> None:
    found = value('{a = 1, "sts:${var.k}" = 2}')
    assert isinstance(found, Map)
    assert isinstance(found.entries["a"], Known)


def test_the_keys_of_an_object_have_places() -> None:
    text = 'locals {\n  x = { "aws:arn" = 1, (var.k) = 2 }\n}\n'
    found = evaluate(attribute(text), Given({"k": known("b")}))
    assert isinstance(found, Map)
    span = found.keys["aws:arn"]
    assert text[span.start : span.end] == "aws:arn"


# Places


def test_a_place_in_an_escaped_string() -> None:
    text = 'locals {\n  x = "{ $.a = \\"Root\\" && ($.é = b) }"\n}\n'
    assert at(text, "Root", evaluated(text)) == "Root"
    assert at(text, '"Root"', evaluated(text)) == '\\"Root\\"'
    assert at(text, "b)", evaluated(text)) == "b)"


def test_a_place_in_a_heredoc() -> None:
    text = "locals {\n  x = <<-EOT\n      one\n        two ${var.n} three\n    EOT\n}\n"
    found = evaluated(text, n=known("known"))
    assert isinstance(found, Known)
    assert found.value == "one\n  two known three\n"
    assert at(text, "two", found) == "two"
    assert at(text, "three", found) == "three"
    assert at(text, "known", found) == "${var.n}"
    assert at(text, "now", found) == "${var.n}"


def test_a_place_beside_a_hole() -> None:
    text = 'locals {\n  x = "a${var.n}bcd"\n}\n'
    found = evaluated(text)
    assert isinstance(found, Text)
    span = spot(found, 3, 5)
    assert text[span.start : span.end] == "cd"


def test_a_place_in_a_joined_text() -> None:
    text = 'locals {\n  x = join(" ", ["alpha", "beta"])\n}\n'
    assert at(text, "beta", evaluated(text)) == "beta"


def test_a_place_in_a_trimmed_and_split_text() -> None:
    text = 'locals {\n  x = split(",", trimprefix("x-alpha,beta", "x-"))[1]\n}\n'
    assert at(text, "beta", evaluated(text)) == "beta"


def test_a_place_in_a_file() -> None:
    found = value('file("p.json")', files={"p.json": '{"Sid": "a"}'})
    assert isinstance(found, Known)
    assert spot(found, 2, 5) == Span("p.json", 2, 5)


def test_the_span_of_a_list_is_that_of_its_constructor() -> None:
    text = "locals {\n  x = [1, 2]\n}\n"
    span = evaluated(text).span
    assert text[span.start : span.end] == "[1, 2]"
