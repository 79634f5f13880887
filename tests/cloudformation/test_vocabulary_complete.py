"""What the checks need of CloudFormation is read, or left out for a reason."""

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from pathlib import Path

import pytest

from rootlint.cloudformation.nodes import Entry, Mapping, Scalar
from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.scope import NOWHERE
from rootlint.cloudformation.vocabulary.declare import reader_of
from rootlint.cloudformation.vocabulary.kinds import KNOWN
from rootlint.model.resource import Resource
from rootlint.model.value import Map
from tests.cloudformation.reading import evaluator
from tests.noting import HERE, Noting, asked, table

TABLE = table(Path(__file__).with_name("vocabulary.txt"))


class Nodes(Mapped[str, Entry]):
    """The entries of a node, of which a body takes notes: some properties are read from there."""

    def __init__(self, body: Noting) -> None:
        self.body = body

    def __getitem__(self, name: str) -> Entry:
        found = self.body[name]
        assert isinstance(found, Map)
        assert isinstance(found.entries, Noting)
        return Scalar(name, 0, 0, "", ""), Mapping(Nodes(found.entries), 0, 0, "")

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def read(kind: str) -> set[str]:
    worker = evaluator(f"Resources:\n  R:\n    Type: {kind}\n    Properties: {{}}\n")
    reader = reader_of(kind)

    def reading(body: Noting) -> object:
        properties = Scalar("Properties", 0, 0, "", ""), Mapping(Nodes(body), 0, 0, "")
        node = Mapping({"Properties": properties}, 0, 0, "")
        resource = Resource("", "R", kind, Map(body, HERE), HERE, HERE)
        return list(reader(Written(resource, "R", node, worker, NOWHERE))) if reader else None

    return asked(reading)


@pytest.mark.parametrize("kind", TABLE.wanted)
def test_every_property_is_read(kind: str) -> None:
    assert TABLE.wanted[kind] - read(kind) == set()


def test_every_type_that_is_read_stands_in_the_table() -> None:
    dialect = {kind for kind in KNOWN if kind.startswith("OC::ORG::")}
    assert KNOWN - dialect - TABLE.wanted.keys() == set()


@pytest.mark.parametrize("name", TABLE.left_out)
def test_what_is_left_out_is_not_read(name: str) -> None:
    kind, _, argument = name.partition(".")
    assert kind not in KNOWN or argument not in read(kind) | {""}
