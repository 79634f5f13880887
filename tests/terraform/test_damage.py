"""One damage to a file loses the block that it is in, and hardly ever another."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from rootlint.source import SourceFile
from rootlint.terraform.blocks import split
from rootlint.terraform.parse import parse
from rootlint.terraform.syntax import Broken
from tests.terraform.evaluating import file_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = 600
KEPT = 0.98
MARKS: tuple[str, ...] = (*'"{}[]()=\\#\né', "${", "%{", "/*", "<<E\n", "<<-EOT\n", "EOT\n")


def blocks_of(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [text[found.start : found.end] for found in split(SourceFile("x", text))[0]]


# What real code looks like: every block of every case, once.
WRITTEN = sorted({block for path in FIXTURES.rglob("*.tf") for block in blocks_of(path)})
# What cases rarely hold.
BLOCKS = [
    'resource "aws_iam_policy" "p" {\n  policy = <<-EOT\n    {"S": "${local.a}"}\n  EOT\n}',
    'locals {\n  a = jsonencode({ S = [{ E = "Deny", A = ["*"] }] }) # note\n}',
    'module "m" {\n  source = "./x"\n  for_each = { for k in var.l : k => k if k != "z" }\n}',
    'output "o" {\n  value = var.c ? aws_sns_topic.t[0].arn : "" /* c */\n}',
    'locals {\n  t = "%{ if var.x }a%{ else }b%{ endif }"\n}',
]


def inserted(rng: random.Random, text: str, at: int) -> str:
    return text[:at] + rng.choice(MARKS) + text[at:]


def dropped(rng: random.Random, text: str, at: int) -> str:
    return text[:at] + text[at + rng.randint(1, 3) :]


def replaced(rng: random.Random, text: str, at: int) -> str:
    return text[:at] + rng.choice(MARKS) + text[at + 1 :]


def mark_dropped(rng: random.Random, text: str, at: int) -> str:
    """Without one of the marks that open or close something."""
    places = [n for n, character in enumerate(text) if character in '"{}[]()<$=']
    at = rng.choice(places)
    return text[:at] + text[at + 1 :]


def line_dropped(rng: random.Random, text: str, at: int) -> str:
    lines = text.splitlines(keepends=True)
    lines.pop(rng.randrange(len(lines)))
    return "".join(lines)


def line_put_elsewhere(rng: random.Random, text: str, at: int) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines) + 1), lines[rng.randrange(len(lines))])
    return "".join(lines)


Damage = Callable[[random.Random, str, int], str]
DAMAGES: tuple[Damage, ...] = (
    inserted,
    dropped,
    replaced,
    mark_dropped,
    line_dropped,
    line_put_elsewhere,
)


def read_blocks(text: str) -> set[str]:
    """The blocks that are read without a fault."""
    file = file_of(text)
    found = set()
    for written in split(file)[0]:
        block, faults = parse(file, written)
        exprs = [attribute.expr for attribute in block.body.attributes.values()]
        if not faults and not any(isinstance(expr, Broken) for expr in exprs):
            found.add(text[written.start : written.end])
    return found


@pytest.mark.parametrize("damage", DAMAGES)
def test_undamaged_blocks_are_still_read(damage: Damage) -> None:
    rng = random.Random(11)
    whole = kept = 0
    for _ in range(FILES // len(DAMAGES)):
        chosen = [rng.choice(rng.choice((WRITTEN, BLOCKS))) for _ in range(rng.randrange(4, 24))]
        hit = rng.randrange(len(chosen))
        chosen[hit] = damage(rng, chosen[hit], rng.randrange(len(chosen[hit])))
        others = {block for n, block in enumerate(chosen) if n != hit}
        whole += len(others)
        kept += len(read_blocks("\n\n".join(chosen)) & others)
    assert kept >= KEPT * whole, (kept, whole)


def test_blocks_of_the_cases_are_read_whole() -> None:
    assert len(WRITTEN) > 500
    text = "\n\n".join(WRITTEN)
    assert read_blocks(text) == set(WRITTEN)
