import base64

import pytest

from rootlint.model.identity import Language, RunsAs, Script
from rootlint.model.place import spot
from rootlint.model.value import Known
from rootlint.reason.script import key_calls
from tests.cloudformation.reading import declared, only, show

CALL = "aws iam create-access-key"


def one(kind: str, properties: str, more: str = "") -> str:
    return f"Resources:\n  It:\n    Type: {kind}\n    Properties: {properties}\n{more}"


@pytest.mark.parametrize(
    ("kind", "properties", "language"),
    [
        ("AWS::EC2::Instance", f"{{UserData: !Base64 {CALL}}}", Language.SHELL),
        ("AWS::EC2::Instance", f"{{UserData: {{'Fn::Base64': {CALL}}}}}", Language.SHELL),
        ("AWS::EC2::Instance", f"{{UserData: {{'Fn::Base64': {{'Fn::Join': ['', ['{CALL}']]}}}}}}", Language.SHELL),
        ("AWS::EC2::Instance", f"{{UserData: {base64.b64encode(CALL.encode()).decode()}}}", Language.SHELL),
        ("AWS::EC2::LaunchTemplate", f"{{LaunchTemplateData: {{UserData: !Base64 {CALL}}}}}", Language.SHELL),
        ("AWS::AutoScaling::LaunchConfiguration", f"{{UserData: !Base64 {CALL}}}", Language.SHELL),
        ("AWS::CodeBuild::Project", f"{{Source: {{BuildSpec: '{CALL}'}}}}", Language.SHELL),
        ("AWS::SSM::Document", f"{{Content: {{mainSteps: [{{inputs: {{runCommand: ['{CALL}']}}}}]}}}}", Language.SHELL),
        ("AWS::SSM::Document", f"{{Content: '{{\"mainSteps\": [{{\"inputs\": {{\"runCommand\": [\"{CALL}\"]}}}}]}}'}}", Language.SHELL),
        ("AWS::SSM::Document", "{Content: {mainSteps: [{inputs: {Service: iam, Api: CreateAccessKey}}]}}", Language.CALL),
        ("AWS::SSM::Document", "{Content: {mainSteps: [{inputs: {Script: 'iam.create_access_key()'}}]}}", Language.CODE),
        ("AWS::ImageBuilder::Component", f"{{Data: '{CALL}'}}", Language.SHELL),
        ("AWS::Lambda::Function", "{Code: {ZipFile: 'iam.create_access_key()'}}", Language.CODE),
        ("AWS::Serverless::Function", "{InlineCode: 'iam.create_access_key()'}", Language.CODE),
        ("AWS::StepFunctions::StateMachine", "{Definition: {States: {A: {Resource: 'arn:aws:states:::aws-sdk:iam:createAccessKey'}}}}", Language.STATES),
        ("AWS::StepFunctions::StateMachine", "{DefinitionString: '{\"Resource\": \"arn:aws:states:::aws-sdk:iam:createAccessKey\"}'}", Language.STATES),
        ("AWS::Serverless::StateMachine", "{Definition: {Resource: 'arn:aws:states:::aws-sdk:iam:createAccessKey'}}", Language.STATES),
        ("Custom::AWS", "{Create: '{\"service\": \"IAM\", \"action\": \"createAccessKey\"}'}", Language.CALL),
        ("Custom::AWS", "{Create: {service: IAM, action: createAccessKey, parameters: {}}}", Language.CALL),
    ],
)  # fmt: skip
def test_every_script_is_found_and_searched(kind: str, properties: str, language: Language) -> None:
    script = only(one(kind, properties), Script)
    assert (script.language, script.runs_as) == (language, RunsAs.ROLE)
    assert len(list(key_calls(script))) == 1


def test_user_data_in_alternatives() -> None:
    text = "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\n" + one(
        "AWS::EC2::Instance", "{UserData: !If [C, !Base64 one, !Base64 two]}"
    )
    assert show(only(text, Script).text) == "one when `C` is true | two when `C` is false"


def test_commands_of_cfn_init() -> None:
    metadata = (
        "    Metadata:\n      AWS::CloudFormation::Init:\n        configSets: {all: [config]}\n"
        f"        config:\n          commands:\n            01: {{command: {CALL}}}\n"
        "            02: {command: [aws, iam, create-access-key]}\n"
    )
    text = one("AWS::AutoScaling::AutoScalingGroup", "{}", metadata)
    assert [show(script.text) for script in declared(text, Script)] == [CALL, CALL]


def test_a_place_in_a_script_is_a_place_in_the_file() -> None:
    text = one(
        "AWS::EC2::Instance",
        f"\n      UserData: !Base64\n        Fn::Sub: |\n          #!/bin/sh\n          {CALL} # x\n",
    )
    script = only(text, Script)
    assert isinstance(script.text, Known)
    start = str(script.text.value).index(CALL)
    place = spot(script.text, start, start + len(CALL))
    assert text[place.start : place.end] == CALL
