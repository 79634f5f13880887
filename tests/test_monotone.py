"""Giving a parameter or variable a value never flips an answer that held for all of its values."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rootlint.cloudformation.load import load as load_template
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from rootlint.pipeline import run
from rootlint.reason.precedence import ROWS
from rootlint.settings import Settings
from rootlint.source import SourceFile, Span, Unreadable
from rootlint.terraform.blocks import split
from rootlint.terraform.parse import parse
from rootlint.terraform.syntax import Block
from tests.test_mutation import literals, read

FIXTURES = Path(__file__).parents[1] / "fixtures"
TEMPLATES = tuple(sorted(FIXTURES.glob("[!_]*/*/*/template.yaml")))
CONFIGURATIONS = tuple(sorted(FIXTURES.glob("[!_]*/*/*/main.tf")))
# Of two such things with one name AWS takes one.
NAMES = {
    "AWS::Config::ConfigRule.ConfigRuleName",
    "AWS::Logs::LogGroup.LogGroupName",
    "aws_cloudwatch_log_group.name",
    "aws_config_config_rule.name",
    "aws_sns_topic.name",
}


class Place(NamedTuple):
    """A plain value, where it stands, and the type and property that it belongs to."""

    name: str
    text: str
    start: int
    end: int


def scalars(node: Node, kind: str = "", name: str = "") -> Iterator[Place]:
    match node:
        case Scalar():
            if not node.tag and "::" not in node.text and "\n" not in node.text:
                yield Place(f"{kind}.{name}", node.text, node.start, node.end)
        case Sequence():
            for item in node.items:
                yield from scalars(item, kind, name)
        case Mapping():
            typed = node.get("Type")
            if isinstance(typed, Scalar) and "::" in typed.text:
                kind = typed.text
            for key, value in node.entries.values():
                yield from scalars(value, kind, key.text)


def written(file: SourceFile, block: Block, name: str) -> Iterator[Place]:
    for attribute in block.body.attributes.values():
        for span in literals(attribute.expr):
            yield quoted(file, f"{name}.{attribute.name}", span)
    for inner in block.body.blocks:
        yield from written(file, inner, f"{name}.{inner.kind}")


def quoted(file: SourceFile, name: str, span: Span) -> Place:
    """A literal with its quotes."""
    wide = int(file.text[span.start - 1] == '"')
    start, end = span.start - wide, span.end + wide
    return Place(name, file.text[start:end], start, end)


@cache
def places(path: Path) -> tuple[Place, ...]:
    """The values in a template or configuration that may as well be those of a parameter or variable."""
    file = read(path)
    if path.suffix == ".tf":
        blocks = [
            parse(file, text)[0] for text in split(file)[0] if text.kind in {"data", "resource"}
        ]
        return tuple(place for block in blocks for place in written(file, block, block.labels[0]))
    document = load_template(file)
    assert not isinstance(document, Unreadable)
    (root,) = document.roots
    resources = root.get("Resources") if isinstance(root, Mapping) else None
    assert resources is not None
    return tuple(scalars(resources))


@cache
def written_for(name: str) -> tuple[str, ...]:
    """Every value that some example has for a property: AWS takes them."""
    paths = (*TEMPLATES, *CONFIGURATIONS)
    found = {place.text for path in paths for place in places(path) if place.name == name}
    return tuple(sorted(found))


def possible(path: Path, place: Place) -> tuple[str, ...]:
    """The values that a place may have beside the others of its file."""
    peers = (found for found in places(path) if found.name == place.name and found != place)
    taken = {found.text for found in peers} if place.name in NAMES else set()
    return tuple(value for value in written_for(place.name) if value not in taken)


def with_parameter(path: Path, place: Place, default: str | None) -> str:
    text = path.read_text()
    text = f"{text[: place.start]}!Ref NotKnown{text[place.end :]}"
    plain = "" if default is None else default.replace("'", "''")
    written = "" if default is None else f", Default: '{plain}'"
    parameter = f"  NotKnown: {{Type: String{written}}}\n"
    if "Parameters:\n" in text:
        return text.replace("Parameters:\n", f"Parameters:\n{parameter}", 1)
    return f"Parameters:\n{parameter}{text}"


def with_variable(path: Path, place: Place, default: str | None) -> str:
    text = path.read_text()
    written = "" if default is None else f"  default = {default}\n"
    variable = f'variable "not_known" {{\n{written}}}\n'
    return f"{text[: place.start]}var.not_known{text[place.end :]}\n{variable}"


def faulty(name: str, text: str) -> set[tuple[str, str]]:
    """The checks that find something, each with the resource."""
    Path(name).write_text(text)
    report = run(["."], Settings(isolated=True))
    assert not report.broken, text
    return {(found.check.name, found.resource.address) for found in report.findings}


def unexplained(lost: set[tuple[str, str]], found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The faults of which no check speaks that the table lets speak in their place."""
    speaking = {check for check, _ in found}
    return {(check, address) for check, address in lost if not spoken_for(check) & speaking}


def moved(
    lost: set[tuple[str, str]], before: set[tuple[str, str]], found: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """The faults that are now told of another resource: one gap is told of the first that has it."""
    elsewhere = {check for check, _ in found - before}
    return {(check, address) for check, address in lost if check in elsewhere}


@cache
def spoken_for(check: str) -> frozenset[str]:
    """The checks that speak in the place of a check: by a row of the table, or in the place of one that does."""
    rows = {(row.speaks, entry.partition(":")[0]) for row in ROWS for entry in row.silent}
    found: set[str] = set()
    waiting = [check]
    while waiting:
        silent = waiting.pop()
        more = {speaks for speaks, explained in rows if explained == silent} - found
        found |= more
        waiting += more
    return frozenset(found)


class Language(NamedTuple):
    """The examples of a language, each in a file of that name, and how a value gets a parameter instead."""

    examples: tuple[Path, ...]
    file: str
    changed: Callable[[Path, Place, str | None], str]


LANGUAGES = {
    "cloudformation": Language(TEMPLATES, "template.yaml", with_parameter),
    "terraform": Language(CONFIGURATIONS, "main.tf", with_variable),
}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_fault_for_all_values_is_one_for_each(
    data: st.DataObject, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples, file, changed = LANGUAGES[language]
    path = data.draw(st.sampled_from(examples).filter(places))
    place = data.draw(st.sampled_from(places(path)))
    value = data.draw(st.sampled_from(possible(path, place)))
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    shutil.copytree(path.parent, folder)
    monkeypatch.chdir(folder)
    for_all = faulty(file, changed(path, place, None))
    for_one = faulty(file, changed(path, place, value))
    lost = for_all - for_one
    assert unexplained(lost - moved(lost, for_all, for_one), for_one) == set()
