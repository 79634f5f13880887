"""Random log filter patterns, judged by a second reader that shares nothing with the first."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.events import events
from rootlint.reason.logs_pattern import Fault, parse, sees
from tests.reason.brute_logs import NO, OPEN, YES, outcomes

CASES = 600
FIELDS = [
    "$.eventName",
    "$.eventType",
    "$.errorCode",
    "$.awsRegion",
    "$.readOnly",
    "$.userIdentity.type",
    "$.list[0]",
    "$.userIdentity.arn",
    "$.userIdentity.invokedBy",
    "$.userIdentity",
    "$.nothing.at.all",
    "$.number",
    "$.objects[1].id",
    "$.null",
    "$.list",
    "$.list[7]",
    "$.nested[0][1]",
    "$.text",
]
WILD = ["$.list[*]", "$.objects[*].id", "$.*", "$.userIdentity.*", "$.nested[*][0]"]
WORDS = [
    '"Root"',
    "Root",
    '"root"',
    '"ConsoleLogin"',
    "Console*",
    '"*Login"',
    '"*sole*"',
    '"Con*Login"',
    '"AwsServiceEvent"',
    "1",
    '"us-east-1"',
    "us-*",
    '"*"',
    "*",
    "true",
    '"null"',
    "2",
    "7.5",
    "1e-3",
    '"a b"',
    '"2"',
    '"IAMUser"',
    '"arn:aws:iam::*:root"',
    "1e0",
    "%^Console%",
    "%Login$%",
    "%Cons?ole.*in%",
    "%R[aeiou]+t%",
    "false",
]
NUMBERS = ["1", "2", "7.5", "-3", "1e3", "2e-1"]
MORE: dict[str, Any] = {
    "list": ["Root", "ConsoleLogin", 2],
    "objects": [{"id": 1}, {"id": 2}, {}],
    "nested": [[0, 1, 2], [4, 5, 6]],
    "number": 7.5,
    "text": "2",
    "null": None,
}
WANTED = {YES: Truth.YES, NO: Truth.NO, OPEN: Truth.UNKNOWN}


def term(random: Random, *, wild: bool) -> str:
    field = random.choice(WILD if wild else FIELDS)
    match random.randrange(8):
        case 0:
            return f"{field} NOT EXISTS"
        case 1:
            return f"{field} IS {random.choice(['NULL', 'TRUE', 'FALSE'])}"
        case 2:
            numeric = random.choice([field, "$.number", "$.objects[1].id", "$.nested[0][1]"])
            return f"{numeric} {random.choice(['<', '<=', '>', '>='])} {random.choice(NUMBERS)}"
        case _:
            return f"{field}{random.choice([' = ', ' != ', '=', '!='])}{random.choice(WORDS)}"


def compound(random: Random, depth: int) -> str:
    """Terms, some in parentheses that change what belongs together and some in those that do not."""
    if depth == 0 or random.random() < 0.3:
        return term(random, wild=False)
    joined = "".join(
        random.choice([" && ", " || ", "&&", "||"]) + compound(random, depth - 1)
        for _ in range(random.randrange(3))
    )
    found = compound(random, depth - 1) + joined
    return f"({found})" if random.random() < 0.5 else found


def record(random: Random) -> dict[str, Any]:
    found = dict(random.choice(events()).record)
    found.update((name, MORE[name]) for name in MORE if random.random() < 0.7)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_both_readers_answer_the_same(seed: int) -> None:
    random = Random(seed)
    seen = dict.fromkeys(Truth, 0)
    for _ in range(CASES):
        wild = random.random() < 0.2
        inner = term(random, wild=True) if wild else compound(random, 3)
        text, found = f"{{ {inner} }}", record(random)
        pattern = parse(text)
        if isinstance(pattern, Fault):
            assert "regular" in pattern.message or "characters" in pattern.message, (text, pattern)
            continue
        truth = sees(pattern, found).truth
        assert truth is WANTED[outcomes(text, found)], (text, found)
        seen[truth] += 1
    assert sum(seen.values()) > CASES * 0.8
    assert min(seen[Truth.YES], seen[Truth.NO]) > CASES * 0.15
