import pytest

from rootlint.cloudformation.vocabulary.kinds import is_worth_reading
from rootlint.model.credentials import ClearText, Keeper
from rootlint.model.read import text
from tests.cloudformation.reading import unit

KEY = "AKIA" + "Q" * 16
HOLDERS = {
    "AWS::Lambda::Function": "Environment: {Variables: {KEY: VALUE}}",
    "AWS::Serverless::Function": "Environment: {Variables: {KEY: VALUE}}",
    "AWS::CodeBuild::Project": "Environment: {EnvironmentVariables: [{Name: KEY, Value: VALUE}]}",
    "AWS::ECS::TaskDefinition": "ContainerDefinitions: [{Environment: [{Name: KEY, Value: VALUE}]}]",
    "AWS::Batch::JobDefinition": "ContainerProperties: {Environment: [{Name: KEY, Value: VALUE}]}",
    "AWS::SSM::Parameter": "Name: KEY, Type: String, Value: VALUE",
}


def kept(template: str) -> list[tuple[str, str | None, str | None]]:
    things = unit(template).declares
    return [
        (thing.keeper.value, text(thing.name), text(thing.value))
        for thing in things
        if isinstance(thing, ClearText)
    ]


@pytest.mark.parametrize("kind", HOLDERS)
def test_what_is_handed_over_in_the_clear(kind: str) -> None:
    written = HOLDERS[kind].replace("VALUE", KEY)
    template = f"Resources:\n  R:\n    Type: {kind}\n    Properties: {{{written}}}\n"
    keeper = Keeper.PARAMETER if kind == "AWS::SSM::Parameter" else Keeper.ENVIRONMENT
    assert kept(template) == [(keeper.value, "KEY", KEY)]


def test_a_variable_that_is_looked_up_holds_a_name_only() -> None:
    variables = (
        "[{Name: A, Value: /a, Type: PARAMETER_STORE}, {Name: B, Value: b, Type: PLAINTEXT}]"
    )
    project = f"Environment: {{EnvironmentVariables: {variables}}}"
    template = (
        f"Resources:\n  R:\n    Type: AWS::CodeBuild::Project\n    Properties:\n      {project}\n"
    )
    assert kept(template) == [("environment", "B", "b")]


def test_defaults_of_parameters_masked_or_not() -> None:
    template = f"""
Parameters:
  Key: {{Type: String, Default: {KEY}}}
  Secret: {{Type: String, NoEcho: true, Default: hidden}}
  Empty: {{Type: String, Default: ""}}
  Open: {{Type: String}}
Resources:
  Topic: {{Type: AWS::SNS::Topic}}
"""
    assert kept(template) == [("parameter", "Key", KEY), ("parameter", "Secret", "hidden")]


@pytest.mark.parametrize("word", [KEY, "AWS::IAM::User", "AWS::CloudFormation::Stack"])
def test_a_template_with_a_key_is_worth_reading(word: str) -> None:
    assert is_worth_reading(f"A: {word}".encode())
    assert not is_worth_reading(b"Type: AWS::SSM::Parameter")
