"""Properties are worked out when they are asked for, and are then what they would be all together."""

import pickle

import pytest

from rootlint.cloudformation.choices import as_map
from rootlint.cloudformation.nodes import Mapping
from rootlint.cloudformation.properties import Properties, properties, settle
from rootlint.cloudformation.scope import NOWHERE
from rootlint.model.value import Map
from tests.cloudformation.reading import HERE, evaluator

SECTIONS = (
    "Parameters: {P: {Type: String, AllowedValues: [a, b]}}\nConditions: {C: !Equals [!Ref P, a]}\n"
)
LOOP = "{A: 1, 'Fn::ForEach::L': [X, [p, q], {'N${X}': !Ref X}]}"


def both(written: str) -> tuple[Map, Map]:
    """The properties, each to be asked for, and the same worked out at once."""
    worker = evaluator(
        f"{SECTIONS}Resources:\n  R:\n    Type: AWS::SNS::Topic\n    Properties: {written}\n"
    )
    resource = worker.resources["R"].node
    assert isinstance(resource, Mapping)
    node = resource.entries["Properties"][1]
    whole = as_map(worker.evaluate(node), HERE)
    return properties(worker, node, NOWHERE, HERE), whole


@pytest.mark.parametrize(
    "written",
    [
        "{A: 1, B: {C: !Ref P}, D: [1, !If [C, x, !Ref 'AWS::NoValue']]}",
        "{A: !Ref 'AWS::NoValue', B: 2}",
        "{A: !If [C, 1, 2]}",
        "{A: 1, A: 2, B: 3}",
        LOOP,
        "{A: 1, 'Fn::Transform': {Name: Mine}}",
        "!If [C, {A: 1}, {B: 2}]",
        "{'Fn::If': [C, {A: 1}, {B: 2}]}",
        "{Ref: P}",
        "!Mine {A: 1}",
        "{}",
        "[1]",
        "text",
    ],
)
def test_asked_for_one_by_one_they_are_the_same(written: str) -> None:
    lazily, whole = both(written)
    assert dict(lazily.entries) == dict(whole.entries)
    assert (lazily.span, lazily.rest) == (whole.span, whole.rest)
    assert len(lazily.entries) == len(whole.entries)


def test_of_what_nobody_asked_for_nothing_is_kept() -> None:
    lazily, whole = both("{A: 1, B: 2, C: 3}")
    assert isinstance(lazily.entries, Properties)
    assert lazily.get("C") == whole.get("C")
    assert lazily.get("A") == whole.get("A")
    assert lazily.get("Z") is None
    settle(lazily)
    kept = {name: whole.entries[name] for name in ("A", "C")}
    assert dict(lazily.entries) == kept
    assert lazily.get("B") is None
    assert pickle.loads(pickle.dumps(lazily)).entries == kept


def test_what_is_sent_to_another_process_is_what_was_asked_for() -> None:
    lazily, whole = both("{A: 1, B: 2}")
    assert lazily.get("B") == whole.get("B")
    assert pickle.loads(pickle.dumps(lazily)).entries == {"B": whole.get("B")}
