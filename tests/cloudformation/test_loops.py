import pytest

from rootlint.cloudformation.scope import NOWHERE
from rootlint.model.identity import AccessKey
from rootlint.model.resource import Door
from rootlint.model.truth import Truth
from rootlint.model.watch import Topic
from tests.cloudformation.reading import declared, evaluator, known, show, unit, value

HEAD = """\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a,b'}
  Env: {Type: String}
  Open: {Type: CommaDelimitedList}
Conditions:
  Fn::ForEach::Conditions:
    - Stage
    - [dev, prod]
    - Is${Stage}: !Equals [!Ref Env, !Ref Stage]
"""


def topics(loop: str) -> list[tuple[str, str]]:
    found = declared(f"{HEAD}Resources:\n{loop}", Topic)
    return [(topic.resource.address, show(topic.name)) for topic in found]


def looped(body: str, collection: str = "!Ref Names", name: str = "T${N}") -> str:
    return f"  Fn::ForEach::Topics:\n    - N\n    - {collection}\n    - {name}: {body}\n"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("{Type: AWS::SNS::Topic, Properties: {TopicName: !Ref N}}", ["a", "b"]),
        ("{Type: AWS::SNS::Topic, Properties: {TopicName: !Sub 'x-${N}'}}", ["x-a", "x-b"]),
        ("{Type: AWS::SNS::Topic, Properties: {TopicName: 'y-${N}'}}", ["y-a", "y-b"]),
        ("{Type: AWS::SNS::Topic, Properties: {TopicName: !Join ['.', [!Ref N, fifo]]}}", ["a.fifo", "b.fifo"]),
    ],
)  # fmt: skip
def test_each_copy_has_its_own_value(body: str, names: list[str]) -> None:
    assert topics(looped(body)) == [("Ta", names[0]), ("Tb", names[1])]


def test_a_name_within_a_name_of_a_substitution() -> None:
    loop = looped(
        "{Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${Base${N}.TopicName}-x'}}"
    )
    bases = "".join(
        f"  Base{name}: {{Type: AWS::SNS::Topic, Properties: {{TopicName: base-{name}}}}}\n"
        for name in "ab"
    )
    assert topics(loop + bases)[:2] == [("Ta", "base-a-x"), ("Tb", "base-b-x")]


def test_loops_in_loops() -> None:
    inner = "    - Fn::ForEach::Inner:\n        - M\n        - [x, y]\n        - T${N}${M}: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${N}-${M}'}}\n"
    loop = f"  Fn::ForEach::Outer:\n    - N\n    - !Ref Names\n{inner}"
    assert topics(loop) == [("Tax", "a-x"), ("Tay", "a-y"), ("Tbx", "b-x"), ("Tby", "b-y")]


def test_an_ampersand_leaves_out_what_no_logical_id_may_hold() -> None:
    body = "{Type: AWS::SNS::Topic, Properties: {TopicName: !Ref N}}"
    assert topics(looped(body, "[a.b, c-d]", "'T&{N}'")) == [("Tab", "a.b"), ("Tcd", "c-d")]


def test_a_loop_over_properties() -> None:
    loop = "  Only:\n    Type: AWS::SNS::Topic\n    Properties:\n      Fn::ForEach::P:\n        - P\n        - [TopicName, KmsMasterKeyId]\n        - ${P}: !Sub '${P}-it'\n"
    assert topics(loop) == [("Only", "TopicName-it")]


def test_a_loop_within_a_list_of_maps_and_its_length() -> None:
    text = "{'Fn::ToJsonString': {'Fn::ForEach::K': [K, [p, q], {'${K}': !Ref K}]}}"
    assert show(value(text)) == "json({p: p, q: q})"
    assert show(value("{'Fn::Length': {'Fn::Split': [',', 'a,b,c']}}")) == "3"


@pytest.mark.parametrize(("env", "truth"), [("dev", Truth.YES), ("prod", Truth.NO)])
def test_conditions_in_a_loop(env: str, truth: Truth) -> None:
    worker = evaluator(f"{HEAD}Resources: {{R: {{Type: 'A::B'}}}}\n", {"Env": known(env)})
    assert worker.conditions.decide("Isdev", NOWHERE.assumed).truth is truth


def test_a_copy_under_a_condition_of_its_own_loop() -> None:
    body = "{Type: AWS::SNS::Topic, Condition: 'Is${N}', Properties: {TopicName: !If ['Is${N}', yes-it-is, x]}}"
    found = declared(f"{HEAD}Resources:\n{looped(body, '[dev, prod]')}", Topic)
    details = [topic.resource.because.detail for topic in found if topic.resource.because]
    assert details == ["when `Isdev` is true", "when `Isprod` is true"]
    assert {show(topic.name) for topic in found} == {"yes-it-is"}


def test_outputs_in_a_loop_are_doors() -> None:
    text = (
        f"{HEAD}Resources:\n{looped('{Type: AWS::SNS::Topic}')}Outputs:\n"
        "  Fn::ForEach::Arns:\n    - N\n    - !Ref Names\n"
        "    - Arn${N}: {Value: !Ref 'T${N}', Export: {Name: !Sub 'topic-${N}'}}\n"
    )
    doors: tuple[Door, ...] = unit(text).doors
    assert [(door.name, show(door.export)) for door in doors] == [
        ("Arna", "topic-a"),
        ("Arnb", "topic-b"),
    ]
    assert [door.value.refers.address for door in doors] == ["Ta", "Tb"]  # type: ignore[union-attr]  # references


def test_a_loop_over_what_is_not_known_is_a_blind_spot() -> None:
    found = unit(f"{HEAD}Resources:\n{looped('{Type: AWS::IAM::AccessKey}', '!Ref Open')}")
    assert not [thing for thing in found.declares if isinstance(thing, AccessKey)]
    assert [spot.because.detail for spot in found.blind_spots] == [
        "`Fn::ForEach::Topics` is not written out"
    ]


def test_what_a_loop_fills_in_stands_in_the_template() -> None:
    text = (
        f"{HEAD}Resources:\n{looped('{Type: AWS::SNS::Topic, Properties: {TopicName: before-it}}')}"
    )
    (first, _) = declared(text, Topic)
    assert first.name is not None
    assert text[first.name.span.start : first.name.span.end] == "before-it"
