"""What the reader of plain code gives is what the parser gives."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from rootlint.source import SourceFile
from rootlint.terraform.blocks import split
from rootlint.terraform.parse import by_parser
from rootlint.terraform.plain import plain_block
from tests.terraform.evaluating import file_of
from tests.terraform.expressions import Maker

FIXTURES = Path(__file__).parents[2] / "fixtures"
DAMAGES = (*'"\\{}[](),.=:#/*$%?!<>&|-+~\n\r\t é1a_', "${", "%{", "<<E", "/*", "//", "for ", "true")


def agrees(file: SourceFile) -> Iterator[bool]:
    """Of each block whether it is plain; it must be the same to both readers then."""
    for block in split(file)[0]:
        plain = plain_block(file, block)
        if plain is not None:
            assert (plain, ()) == by_parser(file, block), file.text[block.start : block.end]
        yield plain is not None


def fixtures() -> list[SourceFile]:
    paths = sorted(FIXTURES.rglob("*.tf"))
    return [SourceFile(path.name, path.read_bytes().decode()) for path in paths]


def test_it_agrees_on_all_fixtures_and_reads_most_of_them() -> None:
    found = [plain for file in fixtures() for plain in agrees(file)]
    assert sum(found) > 0.7 * len(found)


def test_it_agrees_on_damaged_code() -> None:
    chance = random.Random(7)
    blocks = [file.text[b.start : b.end] for file in fixtures() for b in split(file)[0]]
    found: list[bool] = []
    for text in chance.choices(blocks, k=6_000):
        at = chance.randrange(len(text) + 1)
        kept = at + chance.choice((0, 0, 1, 2))
        damaged = text[:at] + chance.choice(DAMAGES) + text[kept:]
        found.extend(agrees(file_of(damaged)))
    assert 0.2 * len(found) < sum(found) < 0.8 * len(found)


def test_it_agrees_on_random_expressions() -> None:
    made = (Maker(seed, variables=0.3).any(seed % 4) for seed in range(4_000))
    found = [plain for text in made for plain in agrees(file_of(f"locals {{\n  a = {text}\n}}\n"))]
    assert 0.2 * len(found) < sum(found) < 0.9 * len(found)


@pytest.mark.parametrize(
    "value",
    [
        '""',
        '"100%"',
        '"a$"',
        '"$5 %d"',
        '"${var.a}"',
        '"a-${ var.a }-${local.b["x"].c[0]}"',
        '"${"${var.a}"}"',
        "1",
        "0.50",
        "true",
        "null",
        "trueish",
        "a-b.c-d",
        "aws_sns_topic.a[0].arn",
        'merge(local.tags, { Name = "x", "y" : 1 })',
        "f()",
        "[]",
        "[1, 2, ]",
        "[\n    1, # one\n    # two\n    2\n  ]",
        "{}",
        "{\n    a = 1 // one\n\n    b : [2]\n  }",
        '{ "Version" = "2012-10-17", Statement : [{}] }',
        "local." + "very_" * 20 + "long",
    ],
)
def test_plain_values_are_read_without_the_parser(value: str) -> None:
    assert list(agrees(file_of(f"locals {{\n  a = {value}\n}}\n"))) == [True]


@pytest.mark.parametrize(
    "value",
    [
        *('"$${a}"', '"%%{a}"', '"\\n"', '"é"', "1e5", "a.0", "a.*.b", "a[*].b", "-1", "(1)"),
        *("[1 2]", "{ a = 1 b = 2 }", "{ true = 1 }", "{ (a) = 1 }", "f(x...)", "f(x).y"),
        *("a ? 1 : 2", "a.b. c", "a == b", "true.x", "<<E\nx\nE", "[for x in y : x]"),
        *("1 /* one */", "a::b()", "f (x)"),
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(value: str) -> None:
    assert list(agrees(file_of(f"locals {{\n  a = {value}\n}}\n"))) == [False]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a {}", True),
        ("a { b = 1 }", True),
        ('a "x" y {\n  b = 1\n}', True),
        ('a {\n  b "c" d {\n    e = 1\n  }\n  # end\n}', True),
        ("a {\r\n  b = 1 # one\r\n}", True),
        ("a {\n  b = 1\n  b = 2\n}", False),
        ("a {\n  b = 1 c = 2\n}", False),
        ("a {\n  b =\n}", False),
        ("a {\n  b\n}", False),
        ("a {\n  b = 1\n", False),
    ],
)
def test_bodies(text: str, *, plain: bool) -> None:
    assert list(agrees(file_of(text))) == [plain]
