"""Every function of Terraform is evaluated, or says why it is not."""

from pathlib import Path

import pytest

from rootlint.model.value import Unknown, Why
from rootlint.terraform import functions
from tests.terraform.evaluating import plain, value

TABLE = Path(__file__).with_name("function_names.txt")
NAMES = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
UNKNOWABLE = ["base64gzip", "bcrypt", "issensitive", "plantimestamp", "rsadecrypt", "timestamp", "uuid"]  # fmt: skip


def test_the_functions_are_those_of_terraform() -> None:
    assert set(functions.names()) == {*NAMES, "list", "map"}


@pytest.mark.parametrize("name", UNKNOWABLE)
def test_what_nobody_can_know_says_why(name: str) -> None:
    found = value(f'{name}("x")')
    assert isinstance(found, Unknown)
    assert found.why is Why.FUNCTION
    assert f"`{name}`" in found.detail


def test_the_namespace_of_the_core_is_that_of_the_functions() -> None:
    assert plain('core::upper("a")') == "A"


@pytest.mark.parametrize(
    "call", ['provider::aws::arn_parse("a")', "nothing(1)", "core::nothing(1)"]
)
def test_another_function_is_not_evaluated(call: str) -> None:
    found = value(call)
    assert isinstance(found, Unknown)
    assert call.partition("(")[0] in found.detail
