"""Giving a parameter a value never flips an answer that held for all of its values."""

from collections.abc import Iterator
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
from rootlint.source import SourceFile, Unreadable, decode

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = {"AWS::Logs::LogGroup.LogGroupName"}
TEMPLATES = sorted(FIXTURES.glob("[!_]*/*/*/template.yaml"))


def faulty(text: str) -> set[tuple[str, str]]:
    """The checks that find something, each with the resource."""
    Path("template.yaml").write_text(text)
    report = run(["."], Settings(isolated=True))
    assert not report.broken, text
    return {(found.check.name, found.resource.address) for found in report.findings}


def unexplained(lost: set[tuple[str, str]], found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The faults of which no check speaks that the table lets speak in their place."""
    speaking = {check for check, _ in found}
    return {(check, address) for check, address in lost if not spoken_for(check) & speaking}


def spoken_for(check: str) -> set[str]:
    """The checks that speak in the place of a check by some row of the table."""
    named = ((row.speaks, entry.partition(":")[0]) for row in ROWS for entry in row.silent)
    return {speaks for speaks, silent in named if silent == check}


class Place(NamedTuple):
    """A scalar of a template, and the type and property whose value it is or belongs to."""

    scalar: Scalar
    name: str


def scalars(node: Node, kind: str = "", name: str = "") -> Iterator[Place]:
    match node:
        case Scalar():
            yield Place(node, f"{kind}.{name}")
        case Sequence():
            for item in node.items:
                yield from scalars(item, kind, name)
        case Mapping():
            typed = node.get("Type")
            if isinstance(typed, Scalar) and "::" in typed.text:
                kind = typed.text
            for key, value in node.entries.values():
                yield from scalars(value, kind, key.text)


@cache
def places(path: Path) -> tuple[Place, ...]:
    """The values in a template that may as well be those of a parameter."""
    file = decode(path.name, path.read_bytes())
    assert isinstance(file, SourceFile)
    document = load_template(file)
    assert not isinstance(document, Unreadable)
    (root,) = document.roots
    resources = root.get("Resources") if isinstance(root, Mapping) else None
    assert resources is not None
    return tuple(place for place in scalars(resources) if is_plain(place.scalar))


def is_plain(scalar: Scalar) -> bool:
    return not scalar.tag and "::" not in scalar.text and "\n" not in scalar.text


@cache
def written_for(name: str) -> tuple[str, ...]:
    """Every value that some example has for a property: AWS takes them."""
    found = (place for path in TEMPLATES for place in places(path) if place.name == name)
    return tuple(sorted({place.scalar.text for place in found}))


def possible(path: Path, place: Place) -> tuple[str, ...]:
    """The values that a place may have in its template: of two things with one name AWS takes one."""
    peers = (found for found in places(path) if found.name == place.name and found != place)
    taken = {found.scalar.text for found in peers} if place.name in NAMES else set()
    return tuple(value for value in written_for(place.name) if value not in taken)


def with_parameter(path: Path, scalar: Scalar, default: str | None) -> str:
    text = path.read_text()
    text = f"{text[: scalar.start]}!Ref NotKnown{text[scalar.end :]}"
    quoted = "" if default is None else default.replace("'", "''")
    written = "" if default is None else f", Default: '{quoted}'"
    parameter = f"  NotKnown: {{Type: String{written}}}\n"
    if "Parameters:\n" in text:
        return text.replace("Parameters:\n", f"Parameters:\n{parameter}", 1)
    return f"Parameters:\n{parameter}{text}"


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_fault_for_all_values_is_one_for_each(
    data: st.DataObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = data.draw(st.sampled_from(TEMPLATES).filter(places))
    place = data.draw(st.sampled_from(places(path)))
    value = data.draw(st.sampled_from(possible(path, place)))
    for_all = faulty(with_parameter(path, place.scalar, None))
    for_one = faulty(with_parameter(path, place.scalar, value))
    assert unexplained(for_all - for_one, for_one) == set()
