"""A good example with one value unknown is never a finding: unknown is not wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rootlint.cloudformation.load import load as load_template
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.pipeline import run
from rootlint.settings import Settings
from rootlint.source import SourceFile, Span, Unreadable, decode
from rootlint.terraform.blocks import split
from rootlint.terraform.parse import parse
from rootlint.terraform.syntax import (
    Block,
    Call,
    Expression,
    ListExpr,
    Literal,
    ObjectExpr,
)

FIXTURES = Path(__file__).parents[1] / "fixtures"
# What a plan says is known: there is nothing in one to take away.
GOOD = sorted(case for case in FIXTURES.glob("[!_]*/good/*/") if not (case / "plan.json").exists())


def read(path: Path) -> SourceFile:
    file = decode(path.name, path.read_bytes())
    assert isinstance(file, SourceFile)
    return file


def literals(expr: Expression) -> Iterator[Span]:
    match expr:
        case Literal():
            yield expr.span
        case ListExpr(items=items) | Call(args=items):
            for item in items:
                yield from literals(item)
        case ObjectExpr(entries=entries):
            for entry in entries:
                yield from literals(entry.value)
        case _:
            pass


def written(block: Block) -> Iterator[Span]:
    for attribute in block.body.attributes.values():
        yield from literals(attribute.expr)
    for inner in block.body.blocks:
        yield from written(inner)


def terraform(file: SourceFile) -> Iterator[str]:
    """The file with one literal after the other replaced by a variable without a value."""
    for text in split(file)[0]:
        if text.kind not in {"resource", "data"}:
            continue
        for span in written(parse(file, text)[0]):
            quoted = file.text[span.start - 1] == '"'
            start, end = (span.start - 1, span.end + 1) if quoted else (span.start, span.end)
            changed = f"{file.text[:start]}var.not_known{file.text[end:]}"
            yield f'{changed}\nvariable "not_known" {{\n}}\n'


def scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for _, value in node.entries.values():
                yield from scalars(value)


def cloudformation(file: SourceFile) -> Iterator[str]:
    """The template with one scalar after the other replaced by a parameter without a value."""
    document = load_template(file)
    assert not isinstance(document, Unreadable)
    for scalar in (found for root in document.roots for found in scalars(root)):
        inside = file.text[scalar.start : scalar.end]
        if scalar.tag or "::" in inside or inside in {"String", "Number"}:
            continue
        changed = file.text[: scalar.start] + "!Ref NotKnown" + file.text[scalar.end :]
        head = "" if "Parameters:\n" in changed else "Parameters:\n"
        parameter = "  NotKnown:\n    Type: String\n"
        if head:
            yield f"{head}{parameter}{changed}"
        else:
            yield changed.replace("Parameters:\n", f"Parameters:\n{parameter}", 1)


def mutants(case: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(case.iterdir()):
        if path.suffix == ".tf":
            yield from ((path.name, text) for text in terraform(read(path)))
        elif path.suffix == ".yaml":
            yield from ((path.name, text) for text in cloudformation(read(path)))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: "/".join(case.parts[-3:]))
def test_an_unknown_value_is_never_a_finding(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(case, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    settings = Settings(select=(case.parts[-3],), isolated=True)
    tried = 0
    for name, text in mutants(case):
        (tmp_path / name).write_text(text)
        report = run(["."], settings)
        shutil.copyfile(case / name, tmp_path / name)
        assert not report.findings, text
        assert not report.broken, text
        tried += 1
    assert tried
