import pickle

import pytest

from rootlint.cloudformation.nodes import Mapping
from rootlint.cloudformation.parameter_files import ParameterFile
from rootlint.cloudformation.read import Reading, nested, read
from rootlint.model.estate import Estate
from rootlint.model.resource import Ignore
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Map, Reference, Unknown, Why
from rootlint.model.watch import LogGroup, MetricFilter, Topic
from rootlint.source import SourceFile, Sources, Unreadable
from tests.cloudformation.reading import declared, evaluator, known, only, show, unit

TOPIC = (
    "Resources:\n  Alerts:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: alerts\n"
)


def test_a_resource_knows_its_places() -> None:
    (found,) = unit(TOPIC).resources
    assert TOPIC[found.span.start : found.span.end] == "Alerts"
    assert TOPIC[found.whole.start : found.whole.end] == TOPIC.partition("\n  ")[2].rstrip()
    assert (found.unit, found.address, found.kind) == ("t.yaml", "Alerts", "AWS::SNS::Topic")


def test_a_map_knows_the_places_of_its_keys() -> None:
    worker = evaluator(TOPIC)
    node = worker.resources["Alerts"].node
    assert isinstance(node, Mapping)
    found = worker.evaluate(node.entries["Properties"][1])
    assert isinstance(found, Map)
    assert found.keys["TopicName"].start == TOPIC.index("TopicName")


def test_types_outside_the_vocabulary_are_no_resources() -> None:
    assert unit("Resources: {A: {Type: 'AWS::EC2::VPC'}}\n").resources == ()


def test_the_region_is_the_scope() -> None:
    sources = Sources()
    sources.add(SourceFile("t.yaml", TOPIC))
    (found,) = read("t.yaml", Reading(sources, "eu-west-1", "aws-cn"))
    assert found is not None
    scope = found.resources[0].scope
    assert (show(scope.region), scope.partition) == ("eu-west-1", "aws-cn")


def test_given_parameters() -> None:
    sources = Sources()
    text = "Parameters: {N: {Type: String}}\n" + TOPIC.replace(": alerts", ": !Ref N")
    sources.add(SourceFile("t.yaml", text))
    given = ParameterFile("p.json", {"N": known("given")})
    (found,) = read("t.yaml", Reading(sources, files=[given]))
    assert found is not None
    assert show(found.resources[0].body.get("TopicName")) == "given"


def test_a_unit_can_be_handed_to_another_process() -> None:
    found = unit(TOPIC)
    again: Unit = pickle.loads(pickle.dumps(found))
    assert again == found


def test_properties_of_alternatives() -> None:
    text = (
        "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\n"
        "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties: !If [C, {TopicName: a}, {DisplayName: b}]\n"
    )
    assert show(only(text, Topic).name) == "a when `C` is true | nothing when `C` is false"


@pytest.mark.parametrize(
    "hiding", ["Fn::Transform: {Name: X}", "'Fn::ForEach::A': [B, !Ref C, {}]"]
)
def test_a_transform_among_properties_may_hold_any_of_them(hiding: str) -> None:
    text = TOPIC.replace("      TopicName", f"      {hiding}\n      DisplayName")
    name = only(text, Topic).name
    assert isinstance(name, Unknown)
    assert name.why is Why.MACRO


def test_a_logical_id_that_is_written_twice_is_unsure_in_both_places() -> None:
    text = TOPIC + TOPIC.partition("\n")[2].replace("alerts", "others")
    topics = declared(text, Topic)
    assert {show(topic.name) for topic in topics} == {"alerts", "others"}
    assert {topic.resource.exists for topic in topics} == {Truth.UNKNOWN}
    because = topics[0].resource.because
    assert because is not None
    assert because.why is Why.UNSPECIFIED


def test_a_resource_asks_to_be_left_out() -> None:
    text = (
        TOPIC + "    Metadata:\n      rootlint:\n        ignore:\n          a-check: for a reason\n"
    )
    (found,) = unit(text).resources
    (ignore,) = found.ignores
    assert ignore == Ignore("a-check", "for a reason", ignore.span)
    assert text[ignore.span.start : ignore.span.end] == "a-check"


def test_outputs_are_doors() -> None:
    text = TOPIC + (
        "Outputs:\n  Arn:\n    Value: !Ref Alerts\n    Export: {Name: !Sub '${AWS::StackName}-arn'}\n"
        "  Off:\n    Condition: Never\n    Value: x\nConditions: {Never: !Equals [a, b]}\n"
    )
    (door,) = unit(text).doors
    assert door.name == "Arn"
    assert getattr(door.value, "refers", None) == Reference("t.yaml", "Alerts", "")
    assert show(door.export) == "⟨AWS::StackName⟩-arn"


def test_links_within_a_template_hold() -> None:
    text = (
        "Resources:\n  Logs: {Type: 'AWS::Logs::LogGroup'}\n  Filter:\n    Type: AWS::Logs::MetricFilter\n"
        "    Properties: {LogGroupName: !Ref Logs, FilterPattern: x, MetricTransformations: []}\n"
    )
    found = unit(text)
    groups = [thing for thing in found.declares if isinstance(thing, LogGroup)]
    (link,) = Estate([found]).linked(MetricFilter, "log_group", groups[0])
    assert link.holds is Truth.YES


CHILD = (
    "Parameters: {Name: {Type: String}, Else: {Type: String, Default: own}}\n"
    "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties: {TopicName: !Sub '${Name}-${Else}'}\n"
    "Outputs: {Arn: {Value: !Ref T}, Group: {Value: !Ref Name}}\n"
)
PARENT = (
    "Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n"
    "    Properties: {TemplateURL: ./child.yaml, Parameters: {Name: given}}\n"
)


def test_a_nested_stack_is_followed() -> None:
    topic = only(PARENT, Topic, child_yaml=CHILD)
    assert show(topic.name) == "given-own"
    assert topic.resource.address == "Child.T"
    assert topic.resource.unit == "t.yaml"
    assert topic.resource.span.path == "child.yaml"
    assert [label.text for label in topic.resource.calls] == ["nested stack `Child`"]
    assert unit(PARENT, child_yaml=CHILD).blind_spots == ()


def test_a_nested_stack_of_cdk_is_followed() -> None:
    text = PARENT.replace("./child.yaml", "!Sub 'https://x.example/${AWS::Region}'") + (
        "    Metadata: {'aws:asset:path': child.yaml, 'aws:asset:property': TemplateURL}\n"
    )
    assert show(only(text, Topic, child_yaml=CHILD).name) == "given-own"
    sources = Sources()
    sources.add(SourceFile("out/t.yaml", text))
    assert nested("out/t.yaml", sources, {"out/child.yaml"}) == ("out/child.yaml",)


def test_outputs_of_a_nested_stack_are_followed() -> None:
    text = PARENT + (
        "  Sub:\n    Type: AWS::SNS::Subscription\n"
        "    Properties: {TopicArn: !GetAtt Child.Outputs.Arn, Protocol: !GetAtt Child.Outputs.Group}\n"
    )
    found = unit(text, child_yaml=CHILD)
    body = found.resources[0].body
    assert getattr(body.get("TopicArn"), "refers", None) == Reference("t.yaml", "Child.T", "")
    assert show(body.get("Protocol")) == "given"


def test_a_stack_that_feeds_itself_ends() -> None:
    text = PARENT.replace("given", "!GetAtt Child.Outputs.Group")
    assert "hangs on" in show(only(text, Topic, child_yaml=CHILD).name)


def test_templates_that_nest_each_other_end() -> None:
    other = (
        PARENT.replace("child", "t").replace("Child", "Back") + "  T: {Type: 'AWS::SNS::Topic'}\n"
    )
    found = unit(PARENT, child_yaml=other)
    assert [resource.address for resource in found.resources] == ["Child.T"]
    assert [spot.because.detail for spot in found.blind_spots] == [
        "`Child.Back` (AWS::CloudFormation::Stack): `t.yaml` nests itself"
    ]


def test_what_is_off_outside_is_off_inside() -> None:
    text = PARENT.replace("    Properties", "    Condition: Never\n    Properties")
    (topic,) = declared(text + "Conditions: {Never: !Equals [a, b]}\n", Topic, child_yaml=CHILD)
    assert topic.resource.exists is Truth.NO


def test_what_is_off_outside_is_off_inside_whatever_hangs_there() -> None:
    child = CHILD.replace("    Properties", "    Condition: C\n    Properties") + (
        "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n"
    )
    text = PARENT.replace("    Properties", "    Condition: Never\n    Properties")
    (topic,) = declared(text + "Conditions: {Never: !Equals [a, b]}\n", Topic, child_yaml=child)
    assert topic.resource.exists is Truth.NO


def test_conditions_of_one_name_in_two_stacks_are_two_conditions() -> None:
    condition = "Conditions: {C: !Equals [!Ref P, a]}\n"
    parent = (
        PARENT.replace("given", "!If [C, a, b]") + condition + "Parameters: {P: {Type: String}}\n"
    )
    child = CHILD.replace("!Sub '${Name}-${Else}'", "!Join ['', [!Ref Name, !If [C, x, y]]]")
    child = child.replace("{Name:", "{P: {Type: String}, Name:") + condition
    shown = show(only(parent, Topic, child_yaml=child).name)
    assert shown.count("when `C` is true") == 1
    assert shown.count("when `Child.C` is true") == 2


def test_outputs_of_a_nested_stack_leave_it_only_as_exports() -> None:
    child = CHILD.replace("{Value: !Ref Name}", "{Value: !Ref Name, Export: {Name: e}}")
    assert [door.name for door in unit(PARENT, child_yaml=child).doors] == ["Group"]


def test_the_templates_that_others_nest() -> None:
    sources = Sources()
    sources.add(SourceFile("stacks/t.yaml", PARENT))
    assert nested("stacks/t.yaml", sources, {"stacks/child.yaml"}) == ("stacks/child.yaml",)
    sources.add(SourceFile("u.yaml", TOPIC))
    assert nested("u.yaml", sources, set()) == ()


USES = "{A: !Ref Alerts, B: !GetAtt Alerts.TopicName}"


@pytest.mark.parametrize(
    ("entry", "why", "received"),
    [
        (f"  X: {{Type: 'AWS::CloudFormation::Stack', Properties: {{TemplateURL: 'https://x.example/a', Parameters: {USES}}}}}\n", Why.MODULE, {"Alerts"}),
        ("  X: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: no.yaml}}\n", Why.MODULE, set()),
        (f"  X: {{Type: 'AWS::CloudFormation::StackSet', Properties: {USES}}}\n", Why.MODULE, {"Alerts"}),
        (f"  X: {{Type: 'My::Alarm::Kind::MODULE', Properties: {USES}}}\n", Why.MODULE, {"Alerts"}),
        (f"  X: {{Type: 'Custom::Mine', Properties: {USES}}}\n", Why.FUNCTION, {"Alerts"}),
        (f"  X: {{Type: 'AWS::SSM::Parameter', Properties: {USES}}}\n", Why.OUTPUT, {"Alerts"}),
        (f"  X: {{Type: 'AWS::CloudWatch::LogAlarm', Properties: {USES}}}\n", Why.FUNCTION, {"Alerts"}),
        ("  Fn::ForEach::X: [N, !Ref AWS::NotificationARNs, {'A${N}': {Type: 'A::B', Properties: !Ref Alerts}}]\n", Why.MACRO, {"Alerts"}),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_into(entry: str, why: Why, received: set[str]) -> None:
    (spot,) = unit(TOPIC + entry).blind_spots
    assert (spot.because.why, set(spot.receives), spot.anything) == (why, received, False)


def test_a_custom_resource_that_receives_nothing_hides_nothing() -> None:
    assert unit(TOPIC + "  X: {Type: 'Custom::Mine', Properties: {A: b}}\n").blind_spots == ()


@pytest.mark.parametrize("transform", ["Mine", "[AWS::LanguageExtensions, Mine]", "{Name: Mine}"])
def test_a_macro_may_do_anything(transform: str) -> None:
    (spot,) = unit(TOPIC + f"Transform: {transform}\n").blind_spots
    assert (spot.because.why, spot.because.detail, spot.anything) == (Why.MACRO, "`Mine`", True)


def test_transforms_of_aws_that_are_known_hide_nothing() -> None:
    assert unit(TOPIC + "Transform: AWS::Serverless-2016-10-31\n").blind_spots == ()


def test_a_malformed_section_may_have_held_anything() -> None:
    found = unit(TOPIC + "  Bad: []\n")
    assert [spot.anything for spot in found.blind_spots] == [True]


def test_a_file_that_cannot_be_read_is_a_unit_that_says_so() -> None:
    found = unit("Resources: {\n")
    assert isinstance(found.unreadable[0], Unreadable)
    assert found.blind_spots[0].anything
