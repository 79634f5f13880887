"""Time what decides on policies, beside iam-simulate on the same policy, and print the ratios.

    python benchmarks/policies.py [--simulate FOLDER]

FOLDER holds iam-simulate (`npm install @cloud-copilot/iam-simulate` there). All figures are CPU time,
the median of five runs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from rootlint.embedded import policy  # noqa: E402 - the tests' random policies are no package
from rootlint.model.policy import Policy  # noqa: E402
from rootlint.model.value import Known  # noqa: E402
from rootlint.reason.actions import Actions, actions  # noqa: E402
from rootlint.reason.kept import kept_by_root  # noqa: E402
from rootlint.reason.root import ASSUME_ROOT, ROOT_CREDENTIALS  # noqa: E402
from rootlint.source import Span  # noqa: E402
from tests.reason.iam_cases import Maker  # noqa: E402

SIMULATE = ROOT / "tests/oracle/iam_simulate.mjs"
EVERYBODY = (*ROOT_CREDENTIALS, ASSUME_ROOT)
SITUATIONS = 16
RUNS = 5
DENY_ROOT = {
    "ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"},
    "Null": {"aws:AssumedRoot": "true"},
}


def milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return statistics.median(times) * 1000


def read(text: str) -> Policy:
    found = policy(Known(text, Span("", 0, len(text))))
    assert isinstance(found, Policy)
    return found


def large() -> dict[str, Any]:
    """A service control policy of 10,000 characters: lists of actions, exceptions, patterns."""
    random = Random(1)
    names = random.sample(actions().names, 400)
    document: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
    while len(json.dumps(document, separators=(",", ":"))) < 9_700:
        element = random.choice(["Action", "Action", "NotAction"])
        listed = [*random.sample(names, 8), "iam:*", "s3:Put*"]
        statement = {"Effect": "Deny", element: listed, "Resource": "*", "Condition": DENY_ROOT}
        document["Statement"].append(statement)
    return document


def judged(text: str) -> int:
    """One policy, read and decided on every action in each of so many situations of root."""
    return len(list(kept_by_root([read(text)], credentials=EVERYBODY)))


def many() -> list[str]:
    """A thousand policies with a statement or two, all operators among them."""
    maker = Maker(7)
    return [maker.identity().text for _ in range(1000)]


def seconds_of_peer(folder: str, document: dict[str, Any], count: int) -> float:
    """CPU seconds of the whole process that decides so many requests."""
    names = Random(2).sample(actions().names, count)
    arn = "arn:aws:iam::111122223333:root"
    lines = [
        json.dumps(
            {
                "kind": "service control",
                "policy": {},
                "levels": [[document]],
                "request": {
                    "principal": arn,
                    "action": name,
                    "resource": "*",
                    "context": {"aws:PrincipalArn": arn},
                },
            }
        )
        for name in names
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["node", str(SIMULATE), folder],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def peer(folder: str, document: dict[str, Any], ours: float) -> None:
    few, more = 1, 2001
    spent = statistics.median(
        seconds_of_peer(folder, document, more) - seconds_of_peer(folder, document, few)
        for _ in range(RUNS)
    )
    each = spent * 1000 / (more - few)
    our_own = ours / (len(actions()) * SITUATIONS)
    print(f"  iam-simulate: {each * 1000:.0f} µs a request, {each / our_own:,.0f} x rootlint")


def main() -> None:
    ask = argparse.ArgumentParser(description="Time decisions on policies.")
    ask.add_argument("--simulate", default=os.environ.get("ROOTLINT_IAM_SIMULATE", ""))
    folder = ask.parse_args().simulate
    table = (ROOT / "rootlint/reason/actions.json").read_text(encoding="utf-8")
    print(
        f"the table of actions: {milliseconds(lambda: Actions(json.loads(table))):.0f} ms (budget 60)"
    )
    document = large()
    text = json.dumps(document, separators=(",", ":"))
    assert judged(text) == SITUATIONS
    ours = milliseconds(lambda: judged(text))
    decisions = len(actions()) * SITUATIONS
    print(f"one SCP of {len(text):,} characters: {ours:.0f} ms (budget 50)")
    print(f"  {decisions:,} decisions: every action in {SITUATIONS} situations of root")
    if folder and shutil.which("node"):
        peer(folder, document, ours)
    policies = many()
    all_of_them = milliseconds(lambda: [judged(one) for one in policies])
    print(f"{len(policies):,} policies likewise: {all_of_them / 1000:.1f} s (budget 3)")


if __name__ == "__main__":
    main()
