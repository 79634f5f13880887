"""Terraform itself as the judge of expressions: what we call known must be what its console says.

Expressions come from a list by hand, each function at its edges, and from a generator.
"""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rootlint.model.same import unknowns
from rootlint.model.value import Choice, Encoded, Known, List, Map, Unknown, Value
from rootlint.source import SourceFile, Span
from rootlint.terraform.convert import to_text
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.parse import parse_expression
from rootlint.terraform.values import Failed, Loose, entries_of
from tests.terraform.expressions import Maker

TERRAFORM = shutil.which("terraform")
LISTED = Path(__file__).with_name("terraform_expressions.txt")
GENERATED = 2_500
LONGEST_LINE = 50_000
FAILS = "⟨fails⟩"

pytestmark = pytest.mark.skipif(not TERRAFORM, reason="terraform is not installed")


def listed() -> list[str]:
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def generated() -> list[str]:
    return [Maker(seed).any(3) for seed in range(GENERATED)]


def console(expressions: Sequence[str], folder: Path) -> list[Any]:
    """What the console says of each; one that it rejects before evaluation splits its batch."""
    if sum(len(text) + 20 for text in expressions) > LONGEST_LINE:
        return halves(expressions, folder)
    tried = ",".join(f'try([{text}],"{FAILS}")' for text in expressions)
    line = f"base64encode(jsonencode([{tried}]))\n"
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        [TERRAFORM or "", "console", "-no-color"],
        input=line, capture_output=True, text=True, cwd=folder, env=environment, check=False,
    )  # fmt: skip
    said = done.stdout.strip()
    if done.returncode or not said.startswith('"'):
        return [FAILS] if len(expressions) == 1 else halves(expressions, folder)
    # A negative zero is a zero: nothing that is deployed depends on its sign.
    found: list[Any] = json.loads(base64.b64decode(said.strip('"')))
    return found


def halves(expressions: Sequence[str], folder: Path) -> list[Any]:
    middle = len(expressions) // 2
    return [*console(expressions[:middle], folder), *console(expressions[middle:], folder)]


class NoScope:
    """No names, no files."""

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        return None

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        raise AssertionError("an expression of the list reads a file")

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        return None


def plain(value: Value) -> Any:
    match value:
        case Known():
            return 0 if value.value == 0 and isinstance(value.value, float) else value.value
        case Encoded():
            written = to_text(value)
            assert isinstance(written, Known)
            return written.value
        case Loose():
            raise LookupError("the order is not known")
        case List():
            return [plain(item) for item in value.items]
        case Map():
            return {name: plain(entry) for name, entry in entries_of(value).items()}
        case _:
            raise AssertionError(value)


def ours(text: str) -> Any:
    """Our value as JSON, FAILS, or None where we do not know."""
    value = evaluate(parse_expression(text), NoScope())
    if isinstance(value, Failed):
        return [FAILS]
    if isinstance(value, Choice) or any(True for _ in unknowns(value)):
        return None
    try:
        return [plain(value)]
    except LookupError:
        return None


def differences(expressions: list[str], folder: Path) -> tuple[list[str], int, int]:
    """Where we know and Terraform has another value; how many it evaluates, and how many we know.

    What Terraform refuses is never deployed: there is nothing to differ from.
    """
    wrong, known, judged = [], 0, 0
    for text, theirs in zip(expressions, console(expressions, folder), strict=True):
        if theirs == FAILS:
            continue
        found = ours(text)
        judged += 1
        known += found is not None
        if found is not None and json.dumps(found) != json.dumps(theirs):
            wrong.append(f"{text}: ours {found!r}, Terraform's {theirs!r}")
    return wrong, known, judged


@pytest.mark.parametrize("source", [listed, generated])
def test_what_we_know_is_what_terraform_says(source: Any, tmp_path: Path) -> None:
    wrong, known, judged = differences(source(), tmp_path)
    assert not wrong, "\n".join(wrong)
    assert known >= 0.95 * judged
    assert judged > 500
