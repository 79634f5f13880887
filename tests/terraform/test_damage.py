"""One damage to a file loses the block that it is in, and hardly ever another."""

import random

from rootlint.terraform.blocks import split
from rootlint.terraform.parse import parse
from rootlint.terraform.syntax import Broken
from tests.terraform.evaluating import file_of

FILES = 300
KEPT = 0.98
BLOCKS = [
    'resource "aws_sns_topic" "t%d" {\n  name = "a-${var.x}"\n  tags = {\n    A = "b"\n  }\n}\n',
    'locals {\n  a%d = jsonencode({ S = [{ E = "Deny", A = ["*"] }] }) # note\n}\n',
    'variable "v%d" {\n  type    = list(string)\n  default = ["x", "y"]\n}\n',
    'data "aws_iam_policy_document" "d%d" {\n  statement {\n    actions = ["s3:*"]\n    condition {\n      test = "Bool"\n    }\n  }\n}\n',
    'resource "aws_iam_policy" "p%d" {\n  policy = <<-EOT\n    {"S": "${local.a}"}\n  EOT\n}\n',
    'module "m%d" {\n  source = "./x"\n  for_each = { for k in var.l : k => k if k != "z" }\n}\n',
    'output "o%d" {\n  value = var.c ? aws_sns_topic.t[0].arn : "" /* c */\n}\n',
]
DAMAGES = [
    '"',
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "${",
    "%{",
    "<<E\n",
    "/*",
    "=",
    "\\",
    "#",
    "\n",
    "é",
    "",
]


def damaged(rng: random.Random) -> tuple[str, list[str]]:
    """A text with one damage, and the blocks that it does not touch."""
    blocks = [rng.choice(BLOCKS) % n for n in range(rng.randrange(4, 30))]
    hit = rng.randrange(len(blocks))
    at = rng.randrange(len(blocks[hit]))
    broken = blocks[hit][:at] + rng.choice(DAMAGES) + blocks[hit][at + rng.randrange(3) :]
    whole = [block.rstrip() for n, block in enumerate(blocks) if n != hit]
    return "\n".join([*blocks[:hit], broken, *blocks[hit + 1 :]]), whole


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


def test_undamaged_blocks_are_still_read() -> None:
    rng = random.Random(11)
    whole = kept = 0
    for _ in range(FILES):
        text, blocks = damaged(rng)
        whole += len(blocks)
        kept += len(read_blocks(text).intersection(blocks))
    assert kept >= KEPT * whole, (kept, whole)
