"""Blocks become syntax trees, and the slips of the parser are repaired."""

import pytest

from rootlint.model.value import Known, Text
from rootlint.source import SourceFile
from rootlint.terraform.blocks import split
from rootlint.terraform.parse import parse, parse_body, parse_expression, parse_template
from rootlint.terraform.syntax import (
    Binary,
    Broken,
    Call,
    Conditional,
    Expression,
    ForExpr,
    GetAttr,
    Index,
    ListExpr,
    Literal,
    ObjectExpr,
    Relative,
    Splat,
    Template,
    Traversal,
)
from tests.terraform.evaluating import attribute, block_of, file_of, plain, value


def literal(text: str) -> Literal:
    found = parse_expression(text)
    assert isinstance(found, Literal), found
    return found


def test_a_nested_conditional_belongs_to_the_right() -> None:
    found = parse_expression("p ? 1 : q ? 2 : r ? 3 : 4")
    assert isinstance(found, Conditional)
    assert found.text == "p"
    assert isinstance(found.otherwise, Conditional)
    assert found.otherwise.text == "q"
    assert isinstance(found.otherwise.otherwise, Conditional)
    assert found.otherwise.otherwise.text == "r"


def test_parentheses_keep_a_conditional_to_the_left() -> None:
    found = parse_expression("(p ? q : r) ? 1 : 2")
    assert isinstance(found, Conditional)
    assert isinstance(found.condition, Conditional)


def test_a_conditional_in_the_middle() -> None:
    found = parse_expression("p ? q ? 1 : 2 : 3")
    assert isinstance(found, Conditional)
    assert isinstance(found.then, Conditional)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"$${x}"', "${x}"),
        ('"$$${x}"', "$${x}"),
        ('"$$$${x}"', "$$${x}"),
        ('"%%{if}"', "%{if}"),
        ('"%%%{if}"', "%%{if}"),
        ('"$"', "$"),
        ('"100%"', "100%"),
        ('"$${aws:username}/${1}"', "${aws:username}/1"),
        ('"$$${a}${1}"', "$${a}1"),
    ],
)
def test_doubled_marks_are_no_interpolation(written: str, text: str) -> None:
    assert plain(written) == text


def test_blanks_beside_an_interpolation_are_kept() -> None:
    assert plain('"  ${1}  ${2} "') == "  1  2 "


@pytest.mark.parametrize(
    ("written", "number"),
    [("1e5", 100_000), ("105e+2", 10_500), ("1.5e-3", 0.0015), ("1E3", 1_000), ("0.10", 0.1)],
)
def test_numbers(written: str, number: float) -> None:
    assert literal(written).value == number


def test_a_number_beyond_all_bounds_is_broken() -> None:
    found = parse_expression("1e999999999")
    assert isinstance(found, Broken)


def test_the_digits_of_a_legacy_index() -> None:
    found = parse_expression("a.0.b.12")
    assert isinstance(found, Traversal)
    keys = [step.key for step in found.steps if isinstance(step, Index)]
    assert [key.value for key in keys if isinstance(key, Literal)] == [0, 12]


def test_a_full_splat_takes_all_that_follows() -> None:
    found = parse_expression("a[*].b[0].c")
    assert isinstance(found, Traversal)
    (splat,) = found.steps
    assert isinstance(splat, Splat)
    assert len(splat.each) == 3


def test_an_attribute_splat_takes_no_brackets() -> None:
    found = parse_expression("a.*.b[0]")
    assert isinstance(found, Traversal)
    splat, index = found.steps
    assert isinstance(splat, Splat)
    assert isinstance(splat.each[0], GetAttr)
    assert isinstance(index, Index)


def test_a_reference_carries_its_text() -> None:
    found = parse_expression('aws_x.y["a"].arn')
    assert isinstance(found, Traversal)
    assert (found.root, found.text) == ("aws_x", 'aws_x.y["a"].arn')


def test_steps_of_an_expression_that_is_no_name() -> None:
    found = parse_expression("f(x)[0].y")
    assert isinstance(found, Relative)
    assert isinstance(found.source, Call)


def test_operators_bind_as_they_should() -> None:
    found = parse_expression("a || b && c == d + e * f")
    assert isinstance(found, Binary)
    assert found.operator == "||"
    assert isinstance(found.right, Binary)
    assert found.right.operator == "&&"


def test_a_bare_name_as_key_stands_for_itself() -> None:
    found = parse_expression('{a = 1, (b) = 2, "c" : 3, 4 = 5}')
    assert isinstance(found, ObjectExpr)
    keys = [entry.key for entry in found.entries]
    assert isinstance(keys[0], Literal)
    assert isinstance(keys[1], Traversal)


def test_a_for_expression_with_everything() -> None:
    found = parse_expression("{for k, v in m : k => v... if v != null}")
    assert isinstance(found, ForExpr)
    assert (found.key, found.name, found.grouping, found.text) == ("k", "v", True, "v != null")


def test_comments_between_arguments() -> None:
    found = parse_expression("f(a, /* b */ c,\n  # d\n  e)")
    assert isinstance(found, Call)
    assert len(found.args) == 3


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"a\\tb\\\\c\\"d"', 'a\tb\\c"d'),
        ('"\\u00e9\\U0001F600"', "é😀"),
        ('"x\\n   ${~ 1 ~}  \\n y"', "x1y"),
        ('"%{ if true ~} x %{~ else ~} y %{ endif }|"', "x|"),
        ('"%{ for a in [1,2] }${a},%{ endfor }"', "1,2,"),
        ('"%{ for k, v in {b=1,a=2} }${k}${v}%{ endfor }"', "a2b1"),
    ],
)
def test_templates(written: str, text: str) -> None:
    assert plain(written) == text


HEREDOCS = [
    ("<<EOT\na\n b\nEOT\n", "a\n b\n"),
    ("<<-EOT\n    a\n      b\n\n    c\n  EOT\n", "a\n  b\n\nc\n"),
    ("<<-EOT\n    a\n      b\n\n    ${1} d\n     $${foo} \\n\n    EOT\n", "a\n  b\n\n1 d\n ${foo} \\n\n"),
    ("<<-EOT\n      x\n    ${~ 1 ~}\n\n    y\n  EOT\n", "      x\n1\n    y\n"),
    ("<<EOT\na\n  %{ if true ~}\n  b\n  %{ endif ~}\n    c\nEOT\n", "a\n    b\n      c\n"),
    ("<<EOT\n  # ${1} # x\n // /* ${2}\nEOT\n", "  # 1 # x\n // /* 2\n"),
    ("<<EOT\nEOTX\n EOT x\n${1}EOT\nEOT  \n", "EOTX\n EOT x\n1EOT\n"),
    ("<<EOT\nEOT\n", ""),
    ("<<EOT\r\na\r\n b\r\nEOT\r\n", "a\r\n b\r\n"),
    ("<<-EOT\n\ta\n\t\tb\n\tEOT\n", "a\n\tb\n"),
    ("<<-EOT\n  ${1}\n  %{ for x in [1, 2] ~}\n  ${x}\n  %{ endfor ~}\n  EOT\n", "1\n  1\n  2\n"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "text"), HEREDOCS)
def test_heredocs(written: str, text: str) -> None:
    assert plain(written) == text


# Valid, and refused or misread by other parsers of HCL.
VALID = [
    ('"${\n  "a"\n}"', "a"),
    ("{ for k, v in { a = 1 }\n  : k\n  => v }", {"a": 1}),
    ("(true\n  ? 1\n  : 2)", 1),
    ("[1, /* one */ 2]", [1, 2]),
    ("1 /* one */ + 2", 3),
    ('"$${aws:PrincipalTag/${"t"}}"', "${aws:PrincipalTag/t}"),
    ("105e+2", 10500),
    ('"😀é"', "😀é"),
]


@pytest.mark.parametrize(("written", "expected"), VALID)
def test_what_others_refuse(written: str, expected: object) -> None:
    assert plain(written) == expected
    (found,) = block_of(f"locals {{\n  é_ñ = {written}\n}}\n").body.attributes.values()
    assert found.name == "é_ñ"
    assert not isinstance(found.expr, Broken)


def test_the_span_of_a_string_leaves_the_quotes_out() -> None:
    text = 'locals {\n  é = "ü"\n  x = "abc"\n}\n'
    found = attribute(text)
    assert text[found.span.start : found.span.end] == "abc"


def test_an_attribute_written_twice_is_reported_and_not_known() -> None:
    file = file_of("locals {\n  x = 1\n  x = 2\n}\n")
    block, faults = parse(file, split(file)[0][0])
    assert [fault.reason for fault in faults] == ["attribute `x` is written twice"]
    assert isinstance(block.body.attributes["x"].expr, Broken)


def broken(text: str) -> tuple[dict[str, Expression], list[str]]:
    file = file_of(text)
    block, faults = parse(file, split(file)[0][0])
    assert all(fault.partial and fault.span for fault in faults)
    expressions = {name: found.expr for name, found in block.body.attributes.items()}
    return expressions, [fault.reason for fault in faults]


def test_a_broken_attribute_leaves_the_others_readable() -> None:
    expressions, reasons = broken('resource "a" "b" {\n  x = [1, 2\n  y = "z"\n}\n')
    assert reasons == ["`]` is missing"]
    assert isinstance(expressions["x"], Broken)
    assert isinstance(expressions["y"], Literal)


def test_the_rest_of_a_list_with_a_broken_element() -> None:
    expressions, reasons = broken(
        'resource "a" "b" {\n  y = "z"\n  x = [f(1, "a")]\n  w = a.b.\n}\n'
    )
    assert reasons
    assert isinstance(expressions["y"], Literal)
    assert isinstance(expressions["x"], ListExpr)


def test_a_block_without_its_end() -> None:
    expressions, reasons = broken('resource "a" "b" {\n  y = "z"\n  x = 1\n')
    assert isinstance(expressions["y"], Literal)
    assert isinstance(expressions["x"], Literal)
    assert reasons == []


def test_text_between_attributes_makes_the_body_incomplete() -> None:
    block = block_of('resource "a" "b" {\n  y = 1\n  ???\n  x = 2\n}\n')
    assert block.body.faults


@pytest.mark.parametrize(
    "unit", ["[", "(", "f(", "!", "-", "1+", "a ? 1 : ", "[for a in ", "{a=", '"${', "a[*]", "a["]
)
def test_what_is_too_deep_is_not_followed(unit: str) -> None:
    text = f"locals {{\n  x = {unit * 5_000}\n  y = 1\n}}\n"
    file = file_of(text)
    for found in split(file)[0]:
        parse(file, found)


def test_a_list_too_deep_is_broken_with_a_word() -> None:
    found = parse_expression("[" * 100 + "]" * 100)
    while isinstance(found, ListExpr):
        found = found.items[0]
    assert isinstance(found, Broken)
    assert found.reason == "too deep"


def test_a_file_of_attributes() -> None:
    body = parse_body(SourceFile("a.tfvars", '# vars\na = "b"\nc = [1]\n'))
    assert list(body.attributes) == ["a", "c"]
    assert body.faults == ()


def test_the_faults_of_a_file_of_attributes() -> None:
    body = parse_body(SourceFile("a.tfvars", 'a = "b"\nc = [1\n'))
    assert body.faults[0].partial


def test_a_template_file_has_its_own_places() -> None:
    file = SourceFile("t.tpl", 'é ${a}\n"q" \\n %{ if b }x%{ endif }')
    found = parse_template(file)
    assert isinstance(found, Template)
    first = found.parts[0]
    assert isinstance(first, Literal)
    assert first.value == "é "
    assert found.span == file.span(0, len(file.text))


def test_strip_markers_of_a_template_file_go_by_lines() -> None:
    found = value('templatefile("t", {a = 1})', files={"t": "x  \n\n ${~ a ~} \n\n y"})
    assert isinstance(found, Known)
    assert found.value == "x  \n\n1\n y"


def test_nested_blocks_have_labels() -> None:
    block = block_of(
        'resource "a" "b" {\n  provisioner "local-exec" {\n    command = "x"\n  }\n}\n'
    )
    (inner,) = block.body.blocks
    assert (inner.kind, inner.labels) == ("provisioner", ("local-exec",))


def test_an_unknown_variable_leaves_a_hole_in_a_heredoc() -> None:
    found = value("<<EOT\na ${var.x}\n  b\nEOT\n")
    assert isinstance(found, Text)
    assert found.parts[0] == "a "
    assert found.parts[2] == "\n  b\n"
