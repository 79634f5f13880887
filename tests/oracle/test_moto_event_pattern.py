"""EventBridge patterns, compared with moto where an interpreter that has it is named."""

from __future__ import annotations

import json
import os
import subprocess
from random import Random
from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.event_pattern import envelope, hears
from rootlint.reason.events import events
from tests.reason.making import ROOT_RULE, value

PYTHON = os.environ.get("ROOTLINT_MOTO_PYTHON", "")
pytestmark = pytest.mark.skipif(
    not PYTHON, reason="ROOTLINT_MOTO_PYTHON names no interpreter that has moto"
)
JUDGE = """
import json, sys
from moto.events.models import EventPattern
for line in sys.stdin:
    pattern, event = json.loads(line)
    print(int(EventPattern(None, pattern).matches_event(event)))
"""
FIELDS: dict[tuple[str, ...], list[Any]] = {
    ("source",): ["aws.signin", "aws.iam", "aws."],
    ("detail-type",): ["AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail", "AWS"],
    ("region",): ["us-east-1", "eu-west-1", "us-"],
    ("detail", "eventName"): ["ConsoleLogin", "CreateAccessKey", "Create"],
    ("detail", "errorCode"): ["AccessDenied"],
    ("detail", "readOnly"): [True, False],
    ("detail", "sourceIPAddress"): ["203.0.113.10", "198.51.100.23"],
    ("detail", "userIdentity", "type"): ["Root", "root", "IAMUser"],
    ("detail", "userIdentity", "arn"): ["arn:aws:iam::111122223333:root", "arn:aws:iam::"],
    ("detail", "userIdentity", "invokedBy"): ["AWS Internal"],
    ("detail", "requestParameters", "durationSeconds"): [3600, 900],
}


def matcher(random: Random, words: list[Any]) -> Any:
    word = random.choice(words)
    text = word if isinstance(word, str) else "x"
    return random.choice(
        [
            word,
            word,
            {"exists": random.random() < 0.5},
            {"anything-but": [word]},
            {"anything-but": word},
            {"prefix": text},
            {"suffix": text[-4:]},
            {"equals-ignore-case": text.upper()},
            {"wildcard": f"*{text[-5:]}"},
            {"anything-but": {"prefix": text[:5]}},
            {"numeric": [">", 1000, "<=", 3600]},
            {"cidr": "203.0.113.0/24"},
        ]
    )


def pattern(random: Random) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for path in random.sample(sorted(FIELDS), random.randint(1, 3)):
        node = made
        for name in path[:-1]:
            node = node.setdefault(name, {})
        node[path[-1]] = [matcher(random, FIELDS[path]) for _ in range(random.randint(1, 2))]
    return made


def patterns() -> list[dict[str, Any]]:
    random = Random(11)
    made = [pattern(random) for _ in range(400)]
    either = [{"$or": [one, other]} for one, other in zip(made[::2], made[1::2], strict=True)]
    return [ROOT_RULE, *made, *either]


def test_agrees_with_moto() -> None:
    cases = [(tried, envelope(found)) for tried in patterns() for found in events()]
    lines = "\n".join(json.dumps(case) for case in cases)
    done = subprocess.run(
        [PYTHON, "-c", JUDGE], input=lines, capture_output=True, text=True, check=True
    )
    answers = [line == "1" for line in done.stdout.split()]
    assert len(answers) == len(cases)
    different = [
        (tried, message["detail"]["eventName"], answer)
        for (tried, message), answer in zip(cases, answers, strict=True)
        if hears(value(tried), message).truth is not Truth.of(answer)
    ]
    assert different == []
