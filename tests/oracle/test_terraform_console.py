"""`terraform console` and we evaluate the same expressions: what we call known, it says too."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rootlint.model.value import Encoded, Known, List, Unknown, Value, Why
from rootlint.source import SourceFile, Span
from rootlint.terraform.convert import to_text
from rootlint.terraform.evaluate import Evaluator, evaluate
from rootlint.terraform.parse import parse_expression
from rootlint.terraform.values import Failed, first_unknown
from tests.terraform.expressions import Maker
from tests.terraform.test_parse import HEREDOCS

TERRAFORM = shutil.which("terraform") or shutil.which("tofu")
pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="neither terraform nor tofu on PATH")
TABLE = Path(__file__).with_name("terraform_expressions.txt")
FAILS = "fails"
LONGEST_LINE = 50_000
SEEDS = range(1_000)


class Nothing:
    """A scope without names; there are no files."""

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        return None

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        return Failed(Why.FILE, "no such file", span)

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        return None


def console(line: str, folder: Path) -> str | None:
    """What it answers to one line; None for an error."""
    assert TERRAFORM is not None
    run = subprocess.run(
        [TERRAFORM, "console", "-no-color"],
        input=line + "\n",
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "TF_CLI_CONFIG_FILE": os.devnull},
        check=False,
    )
    answer = run.stdout.strip()
    return answer[1:-1] if run.returncode == 0 and answer.startswith('"') else None


def decoded(text: str) -> object:
    """JSON with its numbers as they are written."""
    return json.loads(text, parse_float=str, parse_int=str)


def judged(expressions: list[str], folder: Path) -> Iterator[object]:
    """Each as Terraform has it, in a list of one; `fails` where it has no value."""
    if sum(map(len, expressions)) + 20 * len(expressions) < LONGEST_LINE:
        tries = ",".join(f'try([{text}], "{FAILS}")' for text in expressions)
        answer = console(f"base64encode(jsonencode([{tries}]))", folder)
        if answer is not None:
            found = decoded(base64.b64decode(answer).decode())
            assert isinstance(found, list)
            yield from found
            return
        if len(expressions) == 1:
            yield FAILS
            return
    middle = len(expressions) // 2
    yield from judged(expressions[:middle], folder)
    yield from judged(expressions[middle:], folder)


def ours(text: str) -> object:
    """The same as we have it; None where it is not wholly known."""
    found, doubt = Evaluator(Nothing()).doubtful(parse_expression(text), {})
    if isinstance(found, Failed) or isinstance(doubt, Failed):
        return FAILS
    if first_unknown(found) is not None:
        return None
    written = to_text(Encoded(List((found,), found.span), found.span))
    return decoded(str(written.value)) if isinstance(written, Known) else None


def table() -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_table(tmp_path: Path) -> None:
    compare(table(), tmp_path)


def test_random_expressions(tmp_path: Path) -> None:
    compare([Maker(seed).any(3) for seed in SEEDS], tmp_path)


def compare(expressions: list[str], folder: Path) -> None:
    """Where both have a value, it is the same; where it has one, we do not say that there is none."""
    wrong, known, valid = [], 0, 0
    for text, theirs in zip(expressions, judged(expressions, folder), strict=True):
        if theirs == FAILS:
            continue
        valid += 1
        mine = ours(text)
        known += mine is not None
        if mine not in (None, theirs):
            wrong.append((text, mine, theirs))
    assert wrong == []
    assert known >= 0.95 * valid, (known, valid)


def test_heredocs(tmp_path: Path) -> None:
    written = "".join(f"  t{n} = {text}" for n, (text, _) in enumerate(HEREDOCS))
    (tmp_path / "main.tf").write_bytes(f"locals {{\n{written}}}\n".encode())
    names = ",".join(f"local.t{n}" for n in range(len(HEREDOCS)))
    answer = console(f"base64encode(jsonencode([{names}]))", tmp_path)
    assert answer is not None
    assert decoded(base64.b64decode(answer).decode()) == [text for _, text in HEREDOCS]


TEMPLATES = [
    "x  \n\n ${~ a ~} \n\n y",
    "%{ for x in l ~}\n  ${x}\n%{ endfor ~}\nend\n",
    'a\n%{ if a == "k" }\n  yes $${a} %%{b}\n%{ else }\n  no\n%{ endif }\nend',
    "${a}",
    '${l[0]}${upper(a)} \\n "q" é',
    "%{ for i, x in l }%{ if i > 0 }, %{ endif }${x}%{ endfor }",
    "",
    "# ${a}\n// /* ${a}\n",
]  # fmt: skip


class OneTemplate(Nothing):
    def __init__(self, text: str) -> None:
        self._text = text

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        return SourceFile(path, self._text)


@pytest.mark.parametrize("text", TEMPLATES)
def test_template_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "t").write_bytes(text.encode())
    call = 'templatefile("t", {a = "k", l = ["m", "n"]})'
    answer = console(f"base64encode({call})", tmp_path)
    found = evaluate(parse_expression(call), OneTemplate(text))
    assert answer is not None
    assert isinstance(found, Known)
    assert found.value == base64.b64decode(answer).decode()
