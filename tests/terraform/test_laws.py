"""Whatever an unknown turns out to be, what was known stays."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from rootlint.model.value import (
    Choice,
    Encoded,
    Known,
    List,
    Map,
    Text,
    Unknown,
    Value,
    Why,
)
from rootlint.source import SourceFile, Span
from rootlint.terraform.convert import to_text
from rootlint.terraform.evaluate import Evaluator, evaluate
from rootlint.terraform.parse import parse_expression
from rootlint.terraform.syntax import Expression
from rootlint.terraform.values import Failed, Loose, Set, certain
from tests.terraform.expressions import Maker

HERE = Span("variables", 0, 0)
HOLE = Unknown(Why.VARIABLE, "var has no value", HERE)


class Variables:
    """A scope in which every variable is unknown, or has a value made from a seed."""

    def __init__(self, seed: int | None) -> None:
        self._seed = seed

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        if self._seed is None:
            return HOLE, 1
        text = getattr(Maker(self._seed), path[0])(1)
        value = evaluate(parse_expression(text), Variables(None))
        if isinstance(value, Failed):
            return HOLE, 1
        return value, 1

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        return HOLE

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        return None


def fits(before: Value | None, after: Value | None) -> bool:
    """Whether a value may be what another, less known one has become."""
    if isinstance(before, Choice):
        return any(fits(option.value, after) for option in before.options)
    if isinstance(after, Choice):
        return any(fits(before, option.value) for option in after.options)
    if isinstance(before, Unknown) or isinstance(after, Unknown):
        return True
    if before is None or after is None:
        return before is after
    return fits_surely(before, after)


def fits_surely(before: Value, after: Value) -> bool:
    match before, after:
        case Encoded(), Encoded():
            return fits(before.value, after.value)
        case List(), List():
            return fits_list(before, after)
        case Map(), Map():
            return fits_map(before, after)
        case (List() | Map(), _) | (_, List() | Map()):
            return False
        case _:
            return fits_text(before, after)


def fits_list(before: List, after: List) -> bool:
    if certain(before) and certain(after) and not isinstance(before, Set):
        return len(before.items) == len(after.items) and all(map(fits, before.items, after.items))
    if after.rest is not None:
        return True
    present = [item for item in before.items if not fits(item, None)]
    ordered = not isinstance(before, Loose | Set) and len(present) == len(before.items)
    if ordered and all(map(fits, before.items, after.items)):
        return len(after.items) >= len(before.items)
    return all(any(fits(item, other) for other in after.items) for item in present)


def fits_map(before: Map, after: Map) -> bool:
    if before.rest is None and not set(after.entries) <= set(before.entries):
        return False
    return all(
        fits(entry, after.entries.get(name)) or (name not in after.entries and after.rest)
        for name, entry in before.entries.items()
    )


def fits_text(before: Value, after: Value) -> bool:
    ours, theirs = to_text(before), to_text(after)
    if isinstance(before, Known) and before.value is None:
        return isinstance(after, Known) and after.value is None
    if isinstance(ours, Unknown) or isinstance(theirs, Unknown):
        return True
    if isinstance(theirs, Text):
        return True
    if isinstance(ours, Known):
        return ours.value == theirs.value
    pattern = "".join(re.escape(p) if isinstance(p, str) else ".*" for p in ours.parts)
    return re.fullmatch(pattern, str(theirs.value), re.DOTALL) is not None


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_what_is_known_holds_for_every_value_of_the_variables(seed: int, value: int) -> None:
    text = Maker(seed, variables=0.4).any(3)
    assert holds(parse_expression(text), value), text


def holds(expr: Expression, value: int) -> bool:
    before = evaluate(expr, Variables(None))
    after, doubt = Evaluator(Variables(value)).doubtful(expr, {})
    if isinstance(after, Failed) or isinstance(doubt, Failed):
        return True  # no configuration that Terraform takes
    return not isinstance(before, Failed) and fits(before, after)
