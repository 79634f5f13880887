"""What the functions are made of: their table, and the arguments in the form that they need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from rootlint.model.truth import Truth
from rootlint.model.value import Known, List, Map, Unknown, Value
from rootlint.source import SourceFile, Span
from rootlint.terraform import numbers
from rootlint.terraform.convert import to_number, to_text, to_truth
from rootlint.terraform.operators import hidden
from rootlint.terraform.syntax import Expression
from rootlint.terraform.texts import String
from rootlint.terraform.values import (
    Failed,
    certain,
    closed,
    entries_of,
    failed,
    first_unknown,
    over,
    unsure,
    why_unknown,
)


class Fails(Exception):  # noqa: N818 - it says what Terraform does
    """Terraform refuses this call."""


class Hidden(Exception):  # noqa: N818 - it says what the result is
    """The result is not known because of an unknown."""

    def __init__(self, hole: Unknown) -> None:
        super().__init__(hole.detail)
        self.hole = hole


class Files(Protocol):
    """The files that a function may read."""

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown: ...
    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None: ...


class Site(NamedTuple):
    """Where a function is called: its span, its files, and how a template is evaluated there."""

    span: Span
    files: Files
    render: Callable[[Expression, Map], Value]


Args = tuple[Value, ...]


class Function(NamedTuple):
    """How a function works, and how many arguments it takes (`most` None: any number).

    `spread`: an argument that is a choice is taken option by option. `safe`: unknown arguments never
    make it fail. `effort` is how many steps it is worth, beside the size of its values.
    """

    work: Callable[[Site, Args], Value]
    least: int
    most: int | None
    spread: bool = True
    safe: bool = False
    effort: int = 0


def each_option(values: Sequence[Value], work: Callable[[Args], Value], span: Span) -> Value:
    """Do something for each combination of options; what fails or is hidden in one, is so there."""

    def settled(taken: Args) -> Value:
        try:
            return work(taken)
        except Hidden as problem:
            return hidden(problem.hole)
        except Fails as problem:
            return failed(str(problem), span)

    return over(values, settled, span)


def string(value: Value) -> String:
    """A string argument, perhaps with holes; raises `Fails` for what is none."""
    text = to_text(value)
    if isinstance(text, Failed):
        raise Fails(text.detail)
    return text


def text(value: Value) -> str:
    """A string argument that must be known."""
    found = string(value)
    if isinstance(found, Known):
        return str(found.value)
    hole = why_unknown(found)
    assert hole is not None
    raise Hidden(hole)


def number(value: Value) -> numbers.Number:
    """A number argument that must be known."""
    found = to_number(value)
    if isinstance(found, Failed):
        raise Fails(found.detail)
    if isinstance(found, Unknown):
        raise Hidden(found)
    return found


def whole(value: Value) -> int:
    """A whole number argument that must be known."""
    found = number(value)
    if isinstance(found, float) and found != 0:
        raise Fails("not a whole number")
    return int(found)


def condition(value: Value) -> bool:
    """A boolean argument that must be known."""
    found = to_truth(value)
    if isinstance(found, Failed):
        raise Fails(found.detail)
    if isinstance(found, Unknown):
        raise Hidden(found)
    return found is Truth.YES


def list_of(value: Value) -> List:
    """A list argument, of which not all need be known."""
    if isinstance(value, List):
        return value
    hole = why_unknown(value)
    if hole is not None and not isinstance(hole, Failed):
        raise Hidden(hole)
    raise Fails("not a list")


def items_of(value: Value) -> tuple[Value, ...]:
    """The elements of a list argument, if it is known which there are."""
    found = list_of(value)
    if certain(found):
        return found.items
    raise Hidden(unsure(found))


def map_of(value: Value) -> Map:
    """A map argument, of which not all need be known."""
    if isinstance(value, Map):
        return value
    hole = why_unknown(value)
    if hole is not None and not isinstance(hole, Failed):
        raise Hidden(hole)
    raise Fails("not a map")


def entries(value: Value) -> Mapping[str, Value]:
    """The entries of a map argument in Terraform's order, if it is known which there are."""
    found = map_of(value)
    if closed(found):
        return entries_of(found)
    raise Hidden(unsure(found))


def wholly(value: Value) -> Value:
    """An argument of which every part must be known."""
    hole = first_unknown(value)
    if hole is not None:
        raise Hidden(hole)
    return value
