"""A template within the file of a tool: its resources, and what the tool makes beyond them."""

import pytest

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessKey
from rootlint.model.organization import OrganizationPolicy
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.value import List
from rootlint.model.watch import Subscription, Topic
from rootlint.reason.binding import attached
from tests.cloudformation.reading import declared, evaluator, only, show, unit, value

TOPIC = "{Type: AWS::SNS::Topic, Properties: {TopicName: t}}"


def blind(found: Unit) -> list[str]:
    return [spot.because.detail for spot in found.blind_spots if spot.anything]


def test_a_template_within_a_serverless_file() -> None:
    text = f"service: x\nresources:\n  Resources:\n    A: {TOPIC}\n"
    assert list(evaluator(text).resources) == ["A"]
    assert blind(unit(text)) == []


def test_several_templates_of_a_serverless_file_are_one() -> None:
    text = f"""
resources:
  - Resources: {{A: {TOPIC}}}
  - Resources: {{B: {{Type: 'AWS::SNS::Subscription', Properties: {{TopicArn: !Ref A}}}}}}
  - Outputs: {{O: {{Value: !Ref A}}}}
"""
    assert list(evaluator(text).resources) == ["A", "B"]
    topic, subscription = only(text, Topic), only(text, Subscription)
    estate = Estate((unit(text),))
    assert estate.denotes(subscription.topic, topic) is Truth.YES
    assert [door.name for door in unit(text).doors] == ["O"]


@pytest.mark.parametrize(
    ("more", "hidden"),
    [
        ("functions: {f: {handler: h, events: [{sns: t}]}}", ["`functions`"]),
        ("plugins: [serverless-alarms]", ["`plugins`"]),
        ("functions: {}\nplugins: []\ncustom: {a: b}", []),
    ],
)
def test_what_the_framework_makes_itself_is_not_seen(more: str, hidden: list[str]) -> None:
    assert blind(unit(f"resources:\n  Resources:\n    A: {TOPIC}\n{more}\n")) == hidden


@pytest.mark.parametrize(
    ("variable", "hidden"),
    [
        ("${file(b.yml)}", "`${file(b.yml)}`: there is no `b.yml`"),
        ("${file(b.yml):Topic}", "`${file(b.yml):Topic}`"),
        ("${self:custom.topic}", "`${self:custom.topic}`"),
    ],
)
def test_a_resource_that_is_a_variable_is_not_seen(variable: str, hidden: str) -> None:
    text = f"resources:\n  Resources:\n    A: {TOPIC}\n    B: {variable}\n"
    found = unit(text)
    assert blind(found) == [hidden]
    assert not found.unreadable


def test_a_resource_that_is_a_file_is_read_in_its_place() -> None:
    text = f"resources:\n  Resources:\n    A: {TOPIC}\n    B: ${{file(./b.yml)}}\n"
    other = "Type: AWS::SNS::Subscription\nProperties: {TopicArn: !Ref A}\n"
    found = unit(text, b_yml=other)
    subscription = only(text, Subscription, b_yml=other)
    resource = subscription.resource
    assert (resource.address, resource.span.path) == ("B", "b.yml")
    assert other[resource.span.start : resource.span.end] == "AWS::SNS::Subscription"
    assert Estate((found,)).denotes(subscription.topic, only(text, Topic, b_yml=other)) is Truth.YES
    assert blind(found) == []


def test_the_files_that_a_serverless_file_puts_together_are_one_unit() -> None:
    text = "resources:\n  - ${file(./a.yml)}\n  - ${file(b.yml)}\n"
    other = "Resources: {B: {Type: 'AWS::SNS::Subscription', Properties: {TopicArn: !Ref A}}}"
    parts = {"a_yml": f"Resources: {{A: {TOPIC}}}", "b_yml": other}
    found = unit(text, **parts)
    topic, subscription = only(text, Topic, **parts), only(text, Subscription, **parts)
    assert topic.resource.span.path == "a.yml"
    assert Estate((found,)).denotes(subscription.topic, topic) is Truth.YES
    assert blind(found) == []


def test_a_file_that_is_not_at_hand_hides_resources() -> None:
    text = f"resources:\n  - ${{file(gone.yml)}}\n  - ${{self:custom.more}}\n  - Resources: {{A: {TOPIC}}}\n"
    assert blind(unit(text)) == ["`${self:custom.more}`", "`${file(gone.yml)}`"]


def test_a_file_that_puts_itself_together_is_read_once() -> None:
    text = f"resources:\n  - ${{file(t.yaml)}}\n  - Resources: {{A: {TOPIC}}}\n"
    assert len(declared(text, Topic)) == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("'${self:custom.${opt:stage}.name}-x'", "⟨`${self:custom.${opt:stage}.name}`⟩-x"),
        ("'${env:NAME}'", "⟨`${env:NAME}`⟩"),
        ("'{{ topic }}-x'", "⟨`{{ topic }}`⟩-x"),
        ("'%TOPIC%'", "⟨`%TOPIC%`⟩"),
        ("'<%= name %>'", "⟨`<%= name %>`⟩"),
        ("!Sub '{{ topic }}-${AWS::Partition}'", "⟨`{{ topic }}`⟩-aws"),
        ("'${aws:username}'", "${aws:username}"),
        ("'100%25 of %E2%80%99'", "100%25 of %E2%80%99"),
    ],
)
def test_what_another_program_fills_in_is_not_known(written: str, shown: str) -> None:
    assert show(value(written)) == shown


def test_braces_of_a_script_are_its_own() -> None:
    assert show(value("|\n        a = {{1}}\n        b\n")) == "a = {{1}}\nb\n"


def test_an_include_among_the_entries_hides_some() -> None:
    text = "Resources:\n  K:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      <<: !Include x.yml\n"
    key = only(text, AccessKey)
    assert key.resource.body.rest is not None


def test_the_organization_of_org_formation_is_read_with_the_resources() -> None:
    text = f"""
AWSTemplateFormatVersion: '2010-09-09-OC'
Organization:
  Unit: {{Type: 'OC::ORG::OrganizationalUnit', Properties: {{OrganizationalUnitName: u}}}}
Resources: {{A: {TOPIC}}}
"""
    assert list(evaluator(text).resources) == ["A", "Unit"]
    assert not unit(text).unreadable


def test_the_accounts_of_a_binding_are_at_least_one() -> None:
    text = """
AWSTemplateFormatVersion: '2010-09-09-OC'
Resources:
  Guard:
    Type: AWS::Organizations::Policy
    Properties:
      Type: SERVICE_CONTROL_POLICY
      Content: {Statement: []}
      TargetIds: Fn::EnumTargetAccounts Everybody '${account}'
"""
    policy = only(text, OrganizationPolicy)
    assert isinstance(policy.targets, List)
    assert attached(policy, Estate((unit(text),))).truth is Truth.YES
