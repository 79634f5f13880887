"""What the checks need of Terraform is read, or left out for a reason."""

from pathlib import Path

import pytest

from rootlint.model.resource import Resource
from rootlint.model.value import Map
from rootlint.terraform.vocabulary.declare import declared
from rootlint.terraform.vocabulary.kinds import KNOWN
from tests.noting import HERE, Noting, asked, table

TABLE = table(Path(__file__).with_name("vocabulary.txt"))


def read(kind: str) -> set[str]:
    def reading(body: Noting) -> object:
        return list(declared(Resource("", "r", kind, Map(body, HERE), HERE, HERE)))

    return asked(reading)


@pytest.mark.parametrize("kind", TABLE.wanted)
def test_every_argument_is_read(kind: str) -> None:
    assert TABLE.wanted[kind] - read(kind) == set()


def test_every_type_that_is_read_stands_in_the_table() -> None:
    assert KNOWN - TABLE.wanted.keys() == set()


@pytest.mark.parametrize("name", TABLE.left_out)
def test_what_is_left_out_is_not_read(name: str) -> None:
    kind, _, argument = name.removeprefix("data.").partition(".")
    assert kind not in KNOWN or argument not in read(kind) | {""}
