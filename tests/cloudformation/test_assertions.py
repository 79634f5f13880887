"""Assertions of a template narrow what its parameters may be; they are nothing else."""

from __future__ import annotations

import pytest

from rootlint.model.value import Choice, Unknown
from rootlint.model.watch import Topic
from tests.cloudformation.reading import declared, show, value

PARAMETERS = """
Parameters:
  P: {Type: String}
  Q: {Type: String, AllowedValues: [a, b, c]}
  L: {Type: CommaDelimitedList}
"""


def may_be(name: str, *asserted: str, condition: str = "") -> list[str] | None:
    """The values that a parameter may have by assertions; None where it may have any."""
    listed = "".join(f"      - Assert: {one}\n" for one in asserted)
    when = f"    RuleCondition: {condition}\n" if condition else ""
    found = value(f"!Ref {name}", f"{PARAMETERS}Rules:\n  R:\n{when}    Assertions:\n{listed}")
    if isinstance(found, Unknown):
        return None
    assert isinstance(found, Choice)
    return [show(option.value) for option in found.options]


@pytest.mark.parametrize(
    ("asserted", "values"),
    [
        ("!Contains [[a, b], !Ref P]", ["a", "b"]),
        ("{Fn::Contains: [[a], {Ref: P}]}", ["a"]),
        ("!Equals [!Ref P, a]", ["a"]),
        ("!Equals [a, !Ref P]", ["a"]),
        ("!Or [!Equals [!Ref P, a], !Contains [[b, c], !Ref P]]", ["a", "b", "c"]),
        ("!And [!Contains [[a, b], !Ref P], !Contains [[b, c], !Ref P]]", ["b"]),
        ("!Or [!Equals [!Ref P, a], !Equals [!Ref Q, a]]", None),
        ("!Not [!Equals [!Ref P, a]]", None),
        ("!Equals [!Ref P, !Ref Q]", None),
        ("!Contains [!Ref L, !Ref P]", None),
        ("!Contains [[a, !Ref Q], !Ref P]", None),
        (
            "!EachMemberIn [!ValueOfAll [AWS::EC2::VPC::Id, Tags.D], !RefAll AWS::EC2::VPC::Id]",
            None,
        ),
        ("nonsense", None),
    ],
)
def test_an_assertion_narrows_a_parameter(asserted: str, values: list[str] | None) -> None:
    assert may_be("P", asserted) == values


def test_several_assertions_hold_together() -> None:
    assert may_be("P", "!Contains [[a, b], !Ref P]", "!Contains [[b, c], !Ref P]") == ["b"]


def test_the_values_of_the_parameter_itself_are_narrowed_too() -> None:
    assert may_be("Q", "!Contains [[b, c, d], !Ref Q]") == ["b", "c"]
    assert may_be("Q", "!Equals [!Ref Q, z]") == ["a", "b", "c"]


def test_what_is_asserted_under_a_condition_narrows_nothing() -> None:
    assert may_be("P", "!Equals [!Ref P, a]", condition="!Equals [!Ref Q, a]") is None


def test_lists_are_left_alone() -> None:
    assert may_be("L", "!Equals [!Ref L, a]") is None


@pytest.mark.parametrize(
    "rules", ["[]", "x", "{R: x}", "{R: {Assertions: {}}}", "{R: {Assertions: [x]}}"]
)
def test_rules_of_another_shape_are_passed_over(rules: str) -> None:
    assert isinstance(value("!Ref P", f"{PARAMETERS}Rules: {rules}\n"), Unknown)


def test_an_assertion_is_no_resource() -> None:
    text = f"""{PARAMETERS}
Rules:
  Topic:
    Type: AWS::SNS::Topic
    Assertions: [{{Assert: !Equals [!Ref P, a]}}]
Resources:
  It: {{Type: AWS::SNS::Topic}}
"""
    assert [topic.resource.address for topic in declared(text, Topic)] == ["It"]
