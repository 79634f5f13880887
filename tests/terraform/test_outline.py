"""Local values are found before they are read, and each by itself is what it is in its block."""

import random

import pytest

from rootlint.terraform.blocks import split
from rootlint.terraform.outline import outline
from rootlint.terraform.parse import by_parser, parse_value
from tests.terraform.evaluating import file_of
from tests.terraform.expressions import Maker
from tests.terraform.test_plain import DAMAGES


def agrees(text: str) -> int:
    """How many values are read by themselves; each must be what it is where the whole is read."""
    file = file_of(text)
    count = 0
    for block in split(file)[0]:
        found = outline(file, block) or {}
        whole, faults = by_parser(file, block)
        values = {name: parse_value(file, stretch) for name, stretch in found.items()}
        if values and None not in values.values() and not faults:
            assert list(found) == list(whole.body.attributes), text
        for name, value in values.items():
            if value is not None and not faults:
                assert value == whole.body.attributes[name].expr, text
                count += 1
    return count


def test_random_expressions_by_themselves() -> None:
    made = [Maker(seed, variables=0.2).any(seed % 4) for seed in range(3_000)]
    blocks = zip(made[::3], made[1::3], made[2::3], strict=True)
    texts = [f"locals {{\n  a = {a} # one\n\n  b = {b}\n  c = {c}\n}}\n" for a, b, c in blocks]
    assert sum(map(agrees, texts)) > 0.98 * len(made)


def test_damaged_locals() -> None:
    chance = random.Random(3)
    for seed in range(3_000):
        text = f'locals {{\n  a = {Maker(seed).any(seed % 3)}\n  b = ["x", {{ y = 1 }}]\n}}\n'
        at = chance.randrange(8, len(text))
        agrees(text[:at] + chance.choice(DAMAGES) + text[at + chance.randrange(2) :])


@pytest.mark.parametrize(
    "value",
    [
        "<<E\n}\nE",
        "<<-E\n  ${jsonencode({ a = 1 })}\n  E",
        '"${"}"}"',
        "[\n    1, # ]\n    2\n  ]",
        "{ for k, v in var.x : k => v }",
        "f(\n    1,\n  )",
        "a ? 1 : 2",
    ],
)
def test_values_over_several_lines(value: str) -> None:
    assert agrees(f"locals {{\n  a = {value}\n  b = 1\n}}\n") == 2


@pytest.mark.parametrize(
    "body", ["a = 1 /* one */", "a = 1\n  a = 2", "b {\n  }", "a = [1", "a = 1 b", "a", 'a = "x']
)
def test_what_is_not_certain_is_left_to_the_parser(body: str) -> None:
    file = file_of(f"locals {{\n  {body}\n}}\n")
    assert not any(
        parse_value(file, s) for b in split(file)[0] for s in (outline(file, b) or {}).values()
    )
