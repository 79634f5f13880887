"""Files are cut into their top-level blocks, whatever is in them."""

import random
import time

import pytest

from rootlint.source import SourceFile
from rootlint.terraform.blocks import closing, closing_brace, split
from tests.terraform.evaluating import file_of


def kinds(text: str) -> list[str]:
    return [" ".join((block.kind, *block.labels)) for block in split(file_of(text))[0]]


def reasons(text: str) -> list[str]:
    return [fault.reason for fault in split(file_of(text))[1]]


def test_the_text_of_a_block_is_its_own() -> None:
    text = '# first\nlocals {\n  a = 1\n}\n\nresource "a" "b" { }\n'
    file = file_of(text)
    first, second = split(file)[0]
    assert text[first.start : first.end] == "locals {\n  a = 1\n}"
    assert text[second.header.start : second.header.end] == 'resource "a" "b"'


@pytest.mark.parametrize(
    "content",
    [
        '"}"',
        '"\\"}"',
        '"${ { a = "}" }.a }"',
        '"${"${"}"}"}"',
        '"$${"',
        '"$$${}"',
        '"%%{"',
        "1 # }",
        "1 // }",
        "1 /* } */",
        "<<EOT\n}\nEOT\n",
        "<<-EOT\n  }\n  EOT\n",
        '<<EOT\n${"}"} "\nEOT\n',
        "<<EOT\n EOT x\nEOTX\n}\nEOT\n",
        "<<E-T\n}\n  E-T  \n",
        "{ a = { b = {} } }",
    ],
)
def test_braces_that_close_no_block(content: str) -> None:
    text = f'locals {{\n  x = {content}\n}}\nresource "a" "b" {{}}\n'
    assert kinds(text) == ["locals", "resource a b"]
    assert reasons(text) == []


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ('resource "a" b', "b"),
        ('resource\t"a"   "b"', "b"),
        ('resource /* x */ "a" "b" /* { */', "b"),
        ('resource "a""b"', "b"),
        ('resource "ä" "ü-1"', "ü-1"),
        ('resource "a" ""', ""),
    ],
)
def test_headers(header: str, label: str) -> None:
    (block,), faults = split(file_of(header + " {\n}\n"))
    assert block.labels[-1] == label
    assert not faults


def test_windows_line_ends() -> None:
    assert kinds('locals {\r\n  x = <<E\r\n}\r\nE\r\n}\r\ndata "a" "b" {\r\n}\r\n') == [
        "locals",
        "data a b",
    ]


def test_a_block_that_is_not_closed_ends_where_the_next_one_begins() -> None:
    text = 'resource "a" "b" {\n  x = 1\n\nresource "c" "d" {\n}\n'
    assert kinds(text) == ["resource a b", "resource c d"]
    assert reasons(text) == ["`resource` block is not closed"]


def test_a_heredoc_that_is_not_closed_loses_one_block() -> None:
    text = 'resource "a" "b" {\n  x = <<EOT\n}\n\nresource "c" "d" {\n}\n'
    assert kinds(text) == ["resource a b", "resource c d"]


def test_a_string_that_is_not_closed_ends_with_its_line() -> None:
    text = 'resource "a" "b" {\n  x = "abc\n}\n\nresource "c" "d" {\n}\n'
    assert kinds(text) == ["resource a b", "resource c d"]


def test_a_stray_brace_loses_nothing_else() -> None:
    text = 'locals {\n}\n}\n\nresource "c" "d" {\n}\n'
    assert kinds(text) == ["locals", "resource c d"]
    assert reasons(text) == ["text that is no block"]


def test_the_place_of_stray_text() -> None:
    text = "locals {\n}\nx = 1\n"
    (fault,) = split(file_of(text))[1]
    assert fault.partial
    assert fault.span is not None
    assert text[fault.span.start : fault.span.end] == "x = 1"


def test_a_comment_that_is_not_closed() -> None:
    assert reasons("locals {\n}\n/* open") == ["comment is not closed"]


def test_what_is_nested_too_deep_is_said() -> None:
    text = "locals {\n x = " + "{a=" * 1_000 + '1\n}\nresource "c" "d" {}\n'
    assert kinds(text)[-1] == "resource c d"
    assert reasons(text)[0] == "`locals` block is nested too deep"


@pytest.mark.parametrize("before", ["", 'resource "a" "b" {\n x = '])
@pytest.mark.parametrize(
    "unit",
    ["(", "[", "<<A\n", '"', "${", "/*", '"${', "{", "}", "$", "\\", "a ", '"a" ', "%{", " ", "<", "#",
     'resource "a" "b" {\n', 'resource "a" "b" {\n<<A\n', 'resource "a" "b" {\n"${\n', "x {\n/*\n"],
)  # fmt: skip
def test_what_is_never_closed_takes_linear_time(before: str, unit: str) -> None:
    started = time.process_time()
    split(SourceFile("a.tf", before + unit * 8_000))
    assert time.process_time() - started < 5


def test_random_mutations_never_confuse_the_order() -> None:
    rng = random.Random(7)
    base = (
        'resource "a" "b" {\n  x = "${y["}"]}"\n  z = <<-E\n   ${q} }\n  E\n}\nlocals { a = 1 }\n'
    )
    for _ in range(3_000):
        text = base * 2
        for _ in range(3):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice('"{}$%<#/*\n é') + text[at + rng.randrange(3) :]
        last = 0
        for block in split(file_of(text))[0]:
            assert last <= block.start < block.end <= len(text)
            assert text.startswith(block.kind, block.start)
            last = block.end


def test_a_block_is_closed_where_it_is_walked_to_step_by_step() -> None:
    chance = random.Random(5)
    parts = (
        '"a"',
        "{",
        "}",
        "\n",
        "# {\n",
        "// }",
        "/",
        "<",
        "<<E\n",
        "E\n",
        "/*",
        '"',
        "${",
        "x ",
    )
    for _ in range(20_000):
        text = "".join(chance.choices(parts, k=chance.randrange(1, 14)))
        assert closing_brace(text, 0, len(text)) == closing(text, 0, len(text), "{"), text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "# a b\n",
            "// a b\n",
            '"a" ',
            "/ ",
            "< ",
            '"${x}" # c\n',
            "{ # a\n }\n",
            "{ { 1 }\n }\n",
        ),
        *("{", "#\n", "<", '"', '"$"', '"$${"', '"\\"', "{ # a\n", '{ { "a" ', "a "),
    ],
)
def test_a_block_that_is_not_closed_is_soon_given_up(text: str) -> None:
    many = text * (60_000 // len(text))
    assert closing_brace(many, 0, len(many)) < 0
