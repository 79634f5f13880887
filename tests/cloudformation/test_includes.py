import pytest

from rootlint.cloudformation.read import nested
from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import Known, Why
from rootlint.model.watch import Subscription, Topic
from rootlint.source import SourceFile, Sources
from tests.cloudformation.reading import declared, only, unit

TOPIC = "{Type: 'AWS::SNS::Topic', Properties: {TopicName: it}}"


def put(location: str, indent: int = 0, name: str = "AWS::Include") -> str:
    call = f"Fn::Transform: {{Name: '{name}', Parameters: {{Location: {location}}}}}\n"
    return " " * indent + call


def hidden(found: Unit) -> list[str]:
    return [spot.because.detail for spot in found.blind_spots]


@pytest.mark.parametrize(
    ("location", "taken"),
    [
        ("part.yaml", "included: `part.yaml`"),
        ("s3://bucket/v1/part.yaml", "included: `part.yaml`, by its name"),
        ("!Sub 's3://${Bucket}/part.yaml'", "included: `part.yaml`, by its name"),
        ("!If [Here, part.yaml, part.yaml]", "included: `part.yaml`"),
    ],
)
def test_resources_of_another_file_stand_in_the_template(location: str, taken: str) -> None:
    template = (
        "Parameters: {Bucket: {Type: String}, Name: {Type: String, Default: mine}}\n"
        "Conditions: {Here: !Equals [a, a]}\n"
        "Resources:\n  S: {Type: 'AWS::SNS::Subscription', Properties: {TopicArn: !Ref T}}\n"
    ) + put(location, 2)
    part = "T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref Name}}\n"
    found = unit(template, part_yaml=part)
    (topic,) = declared(template, Topic, part_yaml=part)
    (subscription,) = declared(template, Subscription, part_yaml=part)
    assert (topic.resource.address, topic.resource.span.path) == ("T", "part.yaml")
    assert part[topic.resource.span.start : topic.resource.span.end] == "T"
    assert text(topic.name) == "mine"
    assert [label.text for label in topic.resource.calls] == [taken]
    assert Estate((found,)).denotes(subscription.topic, topic) is Truth.YES
    assert hidden(found) == []


def test_properties_of_another_file_stand_beside_those_of_the_template() -> None:
    template = "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n" + put(
        "part.json", 6
    )
    part = '{"TopicName": {"Ref": "AWS::Region"}, "KmsMasterKeyId": "alias/it"}'
    topic = only(template, Topic, part_json=part)
    assert topic.resource.span.path == "t.yaml"
    key = topic.resource.body.entries["KmsMasterKeyId"]
    assert isinstance(key, Known)
    assert key.span.path == "part.json"
    assert part[key.span.start : key.span.end].strip('"') == "alias/it"


def test_a_whole_value_and_a_whole_resource_may_stand_in_another_file() -> None:
    template = f"Resources:\n  T:\n{put('part.yaml', 4)}"
    part = f"Type: AWS::SNS::Topic\nProperties:\n{put('inner.yaml', 2)}"
    topic = only(template, Topic, part_yaml=part, inner_yaml="TopicName: deep")
    assert (topic.resource.address, topic.resource.span.path) == ("T", "part.yaml")
    assert isinstance(topic.name, Known)
    assert (topic.name.value, topic.name.span.path) == ("deep", "inner.yaml")


def test_the_sections_of_a_file_at_the_top() -> None:
    template = (
        "Transform: {Name: 'AWS::Include', Parameters: {Location: part.yaml}}\n"
        "Parameters: {Name: {Type: String, Default: mine}}\n"
        "Resources: {S: {Type: 'AWS::SNS::Subscription', Properties: {TopicArn: !Ref T}}}\n"
    )
    part = (
        "Mappings: {M: {a: {b: there}}}\n"
        "Resources: {T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !FindInMap [M, a, b]}}}\n"
        "Outputs: {O: {Value: !Ref T}}\n"
    )
    found = unit(template, part_yaml=part)
    topic = only(template, Topic, part_yaml=part)
    assert text(topic.name) == "there"
    assert topic.name is not None
    assert topic.name.span.path == "part.yaml"
    assert [door.name for door in found.doors] == ["O"]
    assert hidden(found) == []


def test_a_table_of_the_template_is_shown_in_the_template() -> None:
    template = f"Mappings: {{M: {{a: {{b: there}}}}}}\nResources:\n{put('part.yaml', 2)}"
    part = "T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !FindInMap [M, a, b]}}\n"
    topic = only(template, Topic, part_yaml=part)
    assert topic.name is not None
    assert topic.name.span.path == "t.yaml"
    assert template[topic.name.span.start : topic.name.span.end] == "there"


@pytest.mark.parametrize(
    ("include", "parts", "why"),
    [
        (put("gone.yaml", 2), {}, "`AWS::Include`: there is no `gone.yaml`"),
        (put("s3://b/gone.yaml", 2), {}, "`AWS::Include`: no file is called `gone.yaml`"),
        (put("!Ref Nobody", 2), {}, "`AWS::Include`: its address is not known"),
        (put("../../etc/passwd", 2), {}, "`AWS::Include`: there is no `../../etc/passwd`"),
        (put("t.yaml", 2), {}, "`AWS::Include`: `t.yaml` includes itself"),
        (put("a.yaml", 2), {"a_yaml": put("b.yaml"), "b_yaml": put("a.yaml")}, "`AWS::Include`: `a.yaml` includes itself"),
        (put("a.yaml", 2), {"a_yaml": "{"}, "`AWS::Include`: `a.yaml` cannot be read"),
        (put("a.yaml", 2), {"a_yaml": "[x]"}, "what is included is no mapping"),
        (put("a.yaml", 2, "Mine"), {"a_yaml": "x: y"}, "`Fn::Transform` by `Mine`"),
    ],
)  # fmt: skip
def test_what_is_not_at_hand_hides_resources(include: str, parts: dict[str, str], why: str) -> None:
    found = unit(f"Resources:\n  T: {TOPIC}\n{include}", **parts)
    assert hidden(found) == [why]
    assert all(spot.anything for spot in found.blind_spots)
    assert not found.unreadable


def test_a_file_at_the_top_that_is_not_at_hand_hides_resources() -> None:
    text = f"Transform: {{Name: 'AWS::Include', Parameters: {{Location: gone.yaml}}}}\nResources:\n  T: {TOPIC}\n"
    assert hidden(unit(text)) == ["`AWS::Include`: there is no `gone.yaml`"]


def test_included_files_are_bounded() -> None:
    parts = {f"p{number}_yaml": put(f"p{number + 1}.yaml") for number in range(30)}
    (why,) = hidden(unit(f"Resources:\n  T: {TOPIC}\n{put('p0.yaml', 2)}", **parts))
    assert why == "`AWS::Include`: there are too many included files"


def test_an_address_that_hangs_on_the_include_is_not_known() -> None:
    template = (
        f"Mappings:\n{put('!FindInMap [M, a, b]', 2)}Resources:\n{put('!FindInMap [M, a, b]', 2)}"
    )
    assert hidden(unit(template)) == ["`AWS::Include`: its address is not known"]


def test_a_resource_that_two_files_declare_may_be_either() -> None:
    template = f"Resources:\n  T: {TOPIC}\n{put('part.yaml', 2)}"
    topics = declared(template, Topic, part_yaml=f"T: {TOPIC}\n")
    assert [topic.resource.exists for topic in topics] == [Truth.UNKNOWN, Truth.UNKNOWN] or [
        topic.resource.exists for topic in topics
    ] == [Truth.YES, Truth.UNKNOWN]


def test_a_file_of_org_formation_stands_where_it_is_named() -> None:
    template = "AWSTemplateFormatVersion: 2010-09-09-OC\nResources:\n  <<: !Include part.yaml\n  U: !Include one.yaml\n"
    parts = {"part_yaml": f"T: {TOPIC}\n", "one_yaml": TOPIC}
    topics = declared(template, Topic, **parts)
    assert [topic.resource.address for topic in topics] == ["U", "T"]
    assert [topic.resource.span.path for topic in topics] == ["one.yaml", "part.yaml"]


def test_several_files_of_org_formation_stand_in_one_place() -> None:
    template = (
        "AWSTemplateFormatVersion: 2010-09-09-OC\nResources:\n"
        "  <<: !Include a.yaml\n  <<: !Include b.yaml\n  <<: !Include c.yaml\n"
    )
    parts = {f"{name}_yaml": f"{name.upper()}: {TOPIC}\n" for name in "abc"}
    found = unit(template, **parts)
    topics = declared(template, Topic, **parts)
    assert [topic.resource.address for topic in topics] == ["A", "B", "C"]
    assert hidden(found) == []


def test_a_template_that_another_one_includes_is_no_stack_of_its_own() -> None:
    top = "Transform: {Name: 'AWS::Include', Parameters: {Location: part.yaml}}\n"
    sources = Sources()
    sources.add(SourceFile("t.yaml", f"{top}Resources:\n  T: {TOPIC}\n"))
    assert nested("t.yaml", sources, {"t.yaml", "part.yaml"}) == ("part.yaml",)


def test_a_module_of_a_tool_hides_resources() -> None:
    found = unit(f"Resources:\n  T: {TOPIC}\n  M: {{Type: {{'Rain::Module': ../m.yml}}}}\n")
    assert [(spot.because.why, spot.because.detail) for spot in found.blind_spots] == [
        (Why.MODULE, "`M`")
    ]
    assert not found.unreadable


def test_the_properties_of_a_resource_may_stand_in_another_file() -> None:
    template = f"Resources:\n  T:\n    Type: AWS::SNS::Topic\n    DeletionPolicy: Retain\n{put('part.yaml', 4)}"
    part = "Metadata: {a: b}\nProperties: {TopicName: it}\n"
    topic = only(template, Topic, part_yaml=part)
    assert (topic.resource.address, topic.resource.span.path) == ("T", "part.yaml")
    assert text(topic.name) == "it"
    assert hidden(unit(template, part_yaml=part)) == []


def test_the_type_of_a_resource_may_stand_in_another_file() -> None:
    template = f"Resources:\n  T:\n    Properties: {{TopicName: it}}\n{put('part.yaml', 4)}"
    topic = only(template, Topic, part_yaml="Type: AWS::SNS::Topic\nDeletionPolicy: Retain\n")
    assert topic.resource.span.path == "t.yaml"
    assert text(topic.name) == "it"


@pytest.mark.parametrize("part", ["Properties: {KmsMasterKeyId: k}\n", "[x]\n", "{"])
def test_a_part_that_cannot_be_put_in_hides_the_resource(part: str) -> None:
    template = (
        f"Resources:\n  U: {TOPIC}\n  T:\n    Type: AWS::SNS::Topic\n"
        f"    Properties: {{TopicName: it}}\n{put('part.yaml', 4)}"
    )
    found = unit(template, part_yaml=part)
    assert [topic.resource.address for topic in declared(template, Topic, part_yaml=part)] == ["U"]
    assert [spot.anything for spot in found.blind_spots] == [True]
