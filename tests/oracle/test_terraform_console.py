"""`terraform console` and we evaluate the same expressions: what we call known, it says too."""

import base64
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from rootlint.model.value import Encoded, Known, List, Unknown, Value, Why
from rootlint.source import SourceFile, Sources, Span
from rootlint.terraform.convert import to_text
from rootlint.terraform.evaluate import Evaluator, Scope, evaluate
from rootlint.terraform.functions import names
from rootlint.terraform.parse import parse_expression
from rootlint.terraform.project import Project
from rootlint.terraform.values import Failed, first_unknown
from tests.terraform.expressions import Maker
from tests.terraform.test_parse import HEREDOCS

TERRAFORM = shutil.which("terraform") or shutil.which("tofu")
pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="neither terraform nor tofu on PATH")
TABLE = Path(__file__).with_name("terraform_expressions.txt")
FAILS = "fails"
# They differ from run to run, read files, or are left alone.
UNKNOWABLE = frozenset(
    (
        "base64gzip",
        "bcrypt",
        "issensitive",
        "list",
        "map",
        "plantimestamp",
        "rsadecrypt",
        "templatestring",
        "timestamp",
        "uuid",
    )
)
# Their edges are those of the functions of texts beside them.
OF_BYTES = frozenset(
    ("filebase64", "filebase64sha256", "filebase64sha512", "filemd5", "filesha1", "filesha256")
) | {"filesha512", "fileexists", "templatefile"}
CASES = 4
LONGEST_LINE = 50_000
SEEDS = range(2_500)
KNOWN = 0.99


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


def ours(text: str, scope: Scope) -> object:
    """The same as we have it; None where it is not wholly known."""
    found, doubt = Evaluator(scope).doubtful(parse_expression(text), {})
    if isinstance(found, Failed) or isinstance(doubt, Failed):
        return FAILS
    if first_unknown(found) is not None:
        return None
    written = to_text(Encoded(List((found,), found.span), found.span))
    return decoded(str(written.value)) if isinstance(written, Known) else None


def table() -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_expressions_have_the_values_that_terraform_gives_them(tmp_path: Path) -> None:
    known, valid = compare([*table(), *(Maker(seed).any(3) for seed in SEEDS)], tmp_path)
    assert known >= KNOWN * valid, (known, valid)


def test_there_are_enough_of_them() -> None:
    assert len(table()) + len(SEEDS) >= 3_000
    called = Counter(re.findall(r"(\w+)\(", "\n".join((*table(), *OF_FILES))))
    few = {name: called[name] for name in names() if called[name] < CASES}
    assert few.keys() <= UNKNOWABLE | OF_BYTES
    assert all(called[name] for name in OF_BYTES)


def compare(expressions: list[str], folder: Path, scope: Scope | None = None) -> tuple[int, int]:
    """Where both have a value, it is the same; where it has one, we do not say that there is none.

    How many are known, of how many that have a value.
    """
    wrong, known, valid = [], 0, 0
    for text, theirs in zip(expressions, judged(expressions, folder), strict=True):
        if theirs == FAILS:
            continue
        valid += 1
        mine = ours(text, scope or Nothing())
        known += mine is not None
        if mine not in (None, theirs):
            wrong.append((text, mine, theirs))
    assert wrong == []
    return known, valid


def test_heredocs(tmp_path: Path) -> None:
    written = "".join(f"  t{n} = {text}" for n, (text, _) in enumerate(HEREDOCS))
    (tmp_path / "main.tf").write_bytes(f"locals {{\n{written}}}\n".encode())
    names = ",".join(f"local.t{n}" for n in range(len(HEREDOCS)))
    answer = console(f"base64encode(jsonencode([{names}]))", tmp_path)
    assert answer is not None
    assert decoded(base64.b64decode(answer).decode()) == [text for _, text in HEREDOCS]


FILES = {
    "a.json": '{"Sid": "é", "n": [1, null]}\n',
    "b/c.tpl": "x ${v}\n%{ for i in l ~}\n- ${i}\n%{ endfor ~}\n",
    "b/d.yaml": "a: [1, x]\n",
}
OF_FILES = [
    *(f'{name}("a.json")' for name in names() if name.startswith("file") and name != "fileset"),
    'file("./b/../a.json")',
    'file("none")',
    'fileexists("none")',
    'fileexists("b/d.yaml")',
    'jsondecode(file("a.json")).Sid',
    'jsonencode(jsondecode(file("a.json")))',
    'yamldecode(file("b/d.yaml"))',
    'templatefile("b/c.tpl", {v = 1, l = ["p", "q"]})',
    'templatefile("b/c.tpl", {v = "é", l = []})',
    'templatefile("b/c.tpl", {v = 1})',
    *(f'fileset(".", "{glob}")' for glob in ("*.json", "b/*", "**/*.tpl", "b/?.tpl", "{a,b}.*")),
    *(f'fileset("b", "{glob}")' for glob in ("*", "[cd].*", "[^c].*", "../*", "none", "{c.tpl,d.yaml}", "c\\\\.tpl")),
    'fileset("none", "*")',
    'fileset("./b", "*.{tpl,yaml}")',
    'pathexpand("a")',
    'abspath("/a/../b//c")',
]  # fmt: skip


def test_files(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    known, valid = compare(OF_FILES, tmp_path, InProject(Project(".", FOLDERS, sources())))
    assert known >= valid - 2  # Terraform's own idea of what leads out


FOLDERS = {".": ("a.json",), "b": ("b/c.tpl", "b/d.yaml")}


def sources() -> Sources:
    found = Sources()
    for path, text in FILES.items():
        found.add(SourceFile(path, text))
    return found


class InProject(Nothing):
    def __init__(self, project: Project) -> None:
        self.read_file = project.read_file  # type: ignore[method-assign]
        self.files = project.matching  # type: ignore[method-assign]


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
