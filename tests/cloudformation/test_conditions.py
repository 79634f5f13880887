import pytest

from rootlint.cloudformation.scope import NOWHERE
from rootlint.model.truth import Truth
from rootlint.model.value import Value, Why
from tests.cloudformation.reading import evaluator, known, show, unit, value

SECTIONS = """
Parameters:
  Env: {Type: String}
  Size: {Type: String, AllowedValues: [small, large]}
  Mode: {Type: String, Default: loud}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [!Ref Env, dev]
  IsLoud: !Equals [!Ref Mode, loud]
  NotProd: !Not [!Condition IsProd]
  Both: !And [!Condition IsProd, !Condition IsDev]
  Either: !Or [!Condition IsProd, Condition: NotProd]
  IsHuge: !Equals [!Ref Size, huge]
  Sized: !Or [!Equals [!Ref Size, small], !Equals [large, !Ref Size]]
  Loop: !Not [!Condition Pool]
  Pool: !And [!Condition Loop, !Condition Loop]
  Elsewhere: !Equals [!Ref AWS::Region, us-east-1]
  Text: !Equals [!Sub '${Env}-x', 'y-z']
  Flag: !Equals [true, 'true']
"""


def decide(name: str, sections: str = SECTIONS, given: dict[str, Value] | None = None) -> Truth:
    worker = evaluator(sections + "Resources: {R: {Type: 'A::B'}}\n", given)
    return worker.conditions.decide(name, NOWHERE.assumed).truth


@pytest.mark.parametrize(
    ("name", "truth"),
    [
        ("IsProd", Truth.UNKNOWN),
        ("IsLoud", Truth.YES),
        ("NotProd", Truth.UNKNOWN),
        ("Both", Truth.NO),
        ("Either", Truth.YES),
        ("IsHuge", Truth.NO),
        ("Sized", Truth.YES),
        ("Loop", Truth.UNKNOWN),
        ("Elsewhere", Truth.UNKNOWN),
        ("Text", Truth.NO),
        ("Flag", Truth.YES),
        ("Undeclared", Truth.UNKNOWN),
    ],
)
def test_conditions_under_the_values_in_force(name: str, truth: Truth) -> None:
    assert decide(name) is truth


@pytest.mark.parametrize(("env", "truth"), [("prod", Truth.YES), ("dev", Truth.NO)])
def test_a_value_decides(env: str, truth: Truth) -> None:
    assert decide("IsProd", given={"Env": known(env)}) is truth


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("!If [IsLoud, a, b]", "a"),
        ("!If [IsProd, a, b]", "a when `IsProd` is true | b when `IsProd` is false"),
        ("!If [IsProd, !If [IsDev, x, y], !If [IsProd, u, v]]", "y when `IsProd` is true | v when `IsProd` is false"),
        ("!If [IsProd, !If [NotProd, x, y], b]", "y when `IsProd` is true | b when `IsProd` is false"),
        ("[!If [IsProd, a, !Ref AWS::NoValue], b]", "[a when `IsProd` is true | nothing when `IsProd` is false, b]"),
        ("!If [IsProd, !Ref AWS::NoValue, !Ref AWS::NoValue]", "nothing"),
        ("!Join ['-', [!If [IsProd, a, b], !If [IsProd, c, d]]]", "a-c when `IsProd` is true | b-d when `IsProd` is false"),
        ("!Sub ['${x}y', {x: !If [IsProd, a, b]}]", "ay when `IsProd` is true | by when `IsProd` is false"),
        ("!If [IsProd, a]", "⟨`Fn::If` is not called like this⟩"),
        ("{'Fn::If': [IsProd, {a: 1}, {b: 2}]}", "{a: 1} when `IsProd` is true | {b: 2} when `IsProd` is false"),
    ],
)  # fmt: skip
def test_if(expression: str, shown: str) -> None:
    assert show(value(expression, SECTIONS)) == shown


def test_too_many_alternatives_are_unknown() -> None:
    parameters = "".join(f"  P{n}: {{Type: String}}\n" for n in range(10))
    conditions = "".join(f"  C{n}: !Equals [!Ref P{n}, a]\n" for n in range(10))
    items = ", ".join(f"!If [C{n}, a, b]" for n in range(10))
    found = value(f"!Join ['', [{items}]]", f"Parameters:\n{parameters}Conditions:\n{conditions}")
    assert "more than 64 alternatives" in show(found)


def many(count: int) -> str:
    parameters = "".join(f"  P{n}: {{Type: String}}\n" for n in range(count))
    parts = ", ".join(f"!Equals [!Ref P{n}, a]" for n in range(count))
    return f"Parameters:\n{parameters}Conditions:\n  Any: !Or [{parts}]\n  One: !Or [!Condition Any, !Not [!Condition Any]]\n"


def test_up_to_twelve_comparisons_are_tried_in_every_combination() -> None:
    assert decide("One", many(12)) is Truth.YES


def test_more_than_that_are_unknown_and_said() -> None:
    text = many(13) + "Resources: {R: {Type: 'AWS::SNS::Topic', Condition: One}}\n"
    worker = evaluator(text)
    truth, because = worker.conditions.decide("One", NOWHERE.assumed)
    assert truth is Truth.UNKNOWN
    assert because is not None
    assert because.why is Why.LIMIT


def test_what_is_too_much_to_work_out_is_still_itself() -> None:
    inner = "!If [Any, !If [Any, a, b], !If [Any, c, d]]"
    assert show(value(inner, many(13))) == "a when `Any` is true | d when `Any` is false"


def resource(condition: str, properties: str = "{}") -> str:
    return f"{SECTIONS}Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Condition: {condition}\n    Properties: {properties}\n"


def test_a_resource_exists_where_its_condition_holds() -> None:
    (found,) = unit(resource("IsLoud")).resources
    assert found.exists is Truth.YES


def test_a_resource_that_hangs_on_an_unknown_names_the_scenario() -> None:
    (found,) = unit(resource("IsProd")).resources
    assert found.exists is Truth.UNKNOWN
    assert found.because is not None
    assert (found.because.why, found.because.detail) == (Why.CONDITION, "when `IsProd` is true")


def test_a_resource_that_is_switched_off_shows_the_switch() -> None:
    text = resource("IsLoud").replace("Default: loud", "Default: quiet")
    (found,) = unit(text).resources
    assert found.exists is Truth.NO
    assert found.switch is not None
    assert found.switch.text == "`quiet` by default of parameter `Mode`"
    assert text[found.switch.span.start : found.switch.span.end] == "quiet"


def test_the_switch_is_the_part_that_decides() -> None:
    text = (
        "Parameters: {On: {Type: String, Default: 'true'}, Stack: {Type: String, Default: ''}}\n"
        "Conditions:\n  IsOn: !Equals [!Ref On, 'true']\n  HasStack: !Not [!Equals [!Ref Stack, '']]\n"
        "  Both: !And [!Condition IsOn, !Or [!Condition HasStack, !Equals [a, b]]]\n"
        "Resources: {T: {Type: 'AWS::SNS::Topic', Condition: Both}}\n"
    )
    (found,) = unit(text).resources
    assert found.switch is not None
    assert found.switch.text == "`` by default of parameter `Stack`"


def test_without_a_parameter_the_condition_is_the_switch() -> None:
    text = (
        "Conditions: {C: !Equals [a, b]}\nResources: {T: {Type: 'AWS::SNS::Topic', Condition: C}}\n"
    )
    (found,) = unit(text).resources
    assert found.switch is not None
    assert found.switch.text == "`C` is false"


def test_within_a_resource_its_condition_holds() -> None:
    (found,) = unit(resource("IsProd", "{TopicName: !If [IsProd, yes-it-is, no]}")).resources
    assert show(found.body.get("TopicName")) == "yes-it-is"
