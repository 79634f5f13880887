import textwrap

import pytest

from rootlint.cloudformation.addresses import HOLE, find
from rootlint.model.read import text
from rootlint.model.value import Unknown
from rootlint.model.watch import Topic
from tests.cloudformation.reading import declared, show, unit, units

CHILD = "Resources:\n  T: {Type: AWS::SNS::Topic, Properties: {TopicName: it}}\n"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("child.yaml", "stacks/child.yaml"),
        ("./child.yaml", "stacks/child.yaml"),
        ("../other/net.yaml", "other/net.yaml"),
        ("https://s3.amazonaws.com/bucket/v1/net.yaml", "other/net.yaml"),
        ("https://bucket.s3.eu-west-1.amazonaws.com/net.yaml?versionId=3", "other/net.yaml"),
        (f"https://{HOLE}.s3.amazonaws.com/{HOLE}net.yaml", None),
        (f"https://{HOLE}.s3.amazonaws.com/{HOLE}/net.yaml", "other/net.yaml"),
        ("s3://bucket/x/stacks/child.yaml", "stacks/child.yaml"),
        ("https://bucket/x/child.yaml", None),
        (f"{HOLE}/stacks/child.yaml", "stacks/child.yaml"),
        ("https://bucket/none.yaml", None),
        ("none.yaml", None),
    ],
)
def test_which_file_an_address_names(address: str, path: str | None) -> None:
    paths = {"stacks/t.yaml", "stacks/child.yaml", "old/child.yaml", "other/net.yaml"}
    found = find("stacks/t.yaml", address, paths)
    assert found.path == path
    assert bool(found.why) is (path is None)


def nesting(url: str, more: str = "") -> str:
    return f"Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {url}{more}}}\n"


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("child.yaml", "nested stack `N`"),
        ("!Sub 'https://${AWS::Region}.s3.amazonaws.com/a/child.yaml'", "nested stack `N`: `child.yaml`, by its name"),
        ("!Join ['/', [!Ref AWS::Region, child.yaml]]", "nested stack `N`: `child.yaml`, by its name"),
    ],
)  # fmt: skip
def test_a_nested_stack_is_followed(url: str, label: str) -> None:
    (topic,) = declared(nesting(url), Topic, child_yaml=CHILD)
    assert topic.resource.address == "N.T"
    assert [call.text for call in topic.resource.calls] == [label]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("none.yaml", "there is no `none.yaml`"),
        ("https://b/none.yaml", "no file is called `none.yaml`"),
        ("!Ref Nothing", "its address is not known"),
        ("t.yaml", "`t.yaml` nests itself"),
    ],
)
def test_what_cannot_be_followed_says_why(url: str, why: str) -> None:
    (spot,) = unit(nesting(url), child_yaml=CHILD).blind_spots
    assert spot.because.detail == f"`N` (AWS::CloudFormation::Stack): {why}"


SET = """\
Parameters: {{P: {{Type: String, Default: given}}}}
Resources:
  Baseline:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: baseline
      PermissionModel: SERVICE_MANAGED
      Parameters: [{{ParameterKey: Name, ParameterValue: !Ref P}}]
{groups}
      TemplateBody: {body}
"""
INNER = """|
        Parameters:
          Name: {Type: String}
        Resources:
          # a comment of its own
          T:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: !Ref Name
              KmsMasterKeyId: shown-as-this
"""
OUS = "      StackInstancesGroup: [{DeploymentTargets: {OrganizationalUnitIds: [ou-a]}, Regions: [eu-west-1, us-east-1]}]"
ONE = "      StackInstancesGroup: [{DeploymentTargets: {Accounts: ['111122223333']}, Regions: [eu-west-1]}]"


def stack_set(body: str = INNER, groups: str = OUS) -> str:
    return SET.format(body=body, groups=groups)


def test_a_stack_set_is_a_unit_for_each_of_its_regions() -> None:
    found = units(stack_set())
    assert [one.name for one in found] == [
        "t.yaml",
        "t.yaml#Baseline@eu-west-1",
        "t.yaml#Baseline@us-east-1",
    ]
    assert not found[0].blind_spots
    (topic,) = found[1].declares
    assert isinstance(topic, Topic)
    assert show(topic.name) == "given"
    assert text(topic.resource.scope.region) == "eu-west-1"
    assert show(topic.resource.scope.account) == "⟨accounts of `Baseline`⟩"


def test_a_stack_set_for_one_account_knows_it() -> None:
    (_, inner) = units(stack_set(groups=ONE))
    (topic,) = inner.declares
    assert text(topic.resource.scope.account) == "111122223333"


def test_a_stack_set_without_instances_may_be_anywhere() -> None:
    (_, inner) = units(stack_set(groups="      # none"))
    assert inner.name == "t.yaml#Baseline"
    assert inner.declares[0].resource.scope.region is None


def test_the_template_within_stands_where_it_is_written() -> None:
    whole = stack_set()
    topic = units(whole)[1].declares[0]
    assert isinstance(topic, Topic)
    span = topic.resource.span
    assert whole[span.start : span.end] == "T"
    shown = topic.key
    assert shown is not None
    assert whole[shown.span.start : shown.span.end] == "shown-as-this"


def test_names_that_the_outer_text_fills_in_are_holes() -> None:
    body = (
        INNER.replace("|", "!Sub |", 1)
        .replace("shown-as-this", "x-${P}-y")
        .replace("!Ref Name", "!Sub '${!Name}-z'")
    )
    topic = units(stack_set(body))[1].declares[0]
    assert isinstance(topic, Topic)
    assert show(topic.name) == "given-z"
    assert show(topic.key).startswith("x-⟨")


ESCAPED = (
    '"{\\"Resources\\": {\\"T\\": {\\"Type\\": \\"AWS::SNS::Topic\\",'
    ' \\"Properties\\": {\\"TopicName\\": \\"alerts\\"}}}}"'
)
FOLDED = """>-
        {"Resources": {"T": {"Type": "AWS::SNS::Topic",
        "Properties": {"TopicName": "alerts"}}}}"""
AS_JSON = """
        Fn::ToJsonString:
          Resources:
            T: {Type: AWS::SNS::Topic, Properties: {TopicName: alerts}}"""


@pytest.mark.parametrize("body", [ESCAPED, f"!Sub {ESCAPED}", FOLDED, AS_JSON])
def test_a_template_is_read_through_escapes_folds_and_functions(body: str) -> None:
    whole = stack_set(body)
    topic = units(whole)[1].declares[0]
    assert isinstance(topic, Topic)
    assert show(topic.name) == "alerts"
    span = topic.resource.span
    assert whole[span.start : span.end] == "T"
    named = topic.name
    assert named is not None
    assert "alerts" in whole[named.span.start : named.span.end]


def test_functions_below_to_json_string_are_those_of_the_outer_template() -> None:
    topic = units(stack_set(AS_JSON.replace("alerts", "!Ref P")))[1].declares[0]
    assert isinstance(topic, Topic)
    assert show(topic.name) == "given"
    hidden = units(stack_set(AS_JSON.replace("alerts", "!GetAtt A.B")))[1].declares[0]
    assert isinstance(hidden, Topic)
    assert isinstance(hidden.name, Unknown)


def test_a_stack_set_with_a_file() -> None:
    template = stack_set().split("      TemplateBody")[0] + "      TemplateURL: child.yaml\n"
    assert [one.name for one in units(template, child_yaml=CHILD)][1:] == [
        "t.yaml#Baseline@eu-west-1",
        "t.yaml#Baseline@us-east-1",
    ]


@pytest.mark.parametrize("body", ["!Ref P", "'{\"Resources\": 1}'", "!GetAtt A.B"])
def test_a_text_that_cannot_be_read_in_its_place_is_a_blind_spot(body: str) -> None:
    (only,) = units(stack_set(body))
    (spot,) = only.blind_spots
    assert "its template is no text that can be read" in spot.because.detail


def test_json_in_one_line_is_read() -> None:
    body = (
        """'{"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "j"}}}}'"""
    )
    topic = units(stack_set(body))[1].declares[0]
    assert isinstance(topic, Topic)
    assert show(topic.name) == "j"
    assert topic.name is not None
    assert stack_set(body)[topic.name.span.start : topic.name.span.end] == "j"


def test_a_stack_set_that_a_stack_set_makes() -> None:
    inner = textwrap.indent(stack_set(groups="      # none"), " " * 8).replace(
        "Parameters: {P:", "Parameters: {Name: {Type: String}, P:"
    )
    found = units(stack_set(f"|\n{inner}", groups="      # none"))
    assert [one.name for one in found] == [
        "t.yaml",
        "t.yaml#Baseline",
        "t.yaml#Baseline#Baseline.Baseline",
    ]
    (topic,) = found[2].declares
    assert isinstance(topic, Topic)
    assert show(topic.name) == "given"
