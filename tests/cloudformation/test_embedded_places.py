"""What is written as text within a template stands where it is written: the span cuts it out of the file."""

import textwrap
from pathlib import Path

import pytest

from rootlint.pipeline import run
from rootlint.settings import Settings

CALL = "aws iam create-access-key"


def body(kind: str, text: str) -> str:
    return f"Resources:\n  It:\n    Type: {kind}\n    Properties:\n{textwrap.indent(textwrap.dedent(text).strip(), ' ' * 6)}\n"


CASES = {
    "inline code": (body("AWS::Lambda::Function", """
        Code:
          ZipFile: |
            import boto3
            boto3.client("iam").create_access_key()
        """), "create_access_key()"),
    "inline code of SAM, filled in": (body("AWS::Serverless::Function", """
        InlineCode: !Sub |
          # ${AWS::Region}
          iam.create_access_key()
        """), "create_access_key()"),
    "code in lines that are joined": (body("AWS::Lambda::Function", """
        Code:
          ZipFile: !Join ["\\n", ["import boto3", "iam.create_access_key()"]]
        """), "create_access_key()"),
    "SSM document": (body("AWS::SSM::Document", """
        Content:
          mainSteps:
            - inputs: {runCommand: [echo 1, aws iam create-access-key]}
        """), CALL),
    "SSM document as JSON": (body("AWS::SSM::Document", """
        Content: |
          {"mainSteps": [{"inputs": {"runCommand": ["echo", "aws iam create-access-key"]}}]}
        """), CALL),
    "SSM document as YAML": (body("AWS::SSM::Document", """
        Content: |
          # steps
          mainSteps:
            - action: aws:executeAwsApi
              inputs: {Service: iam, Api: CreateAccessKey}
        """), "CreateAccessKey"),
    "build specification": (body("AWS::CodeBuild::Project", """
        Source:
          BuildSpec: |
            phases:
              build:
                commands:
                  - echo
                  - aws iam create-access-key
        """), CALL),
    "build specification, filled in": (body("AWS::CodeBuild::Project", """
        Source:
          BuildSpec: !Sub |
            phases: {build: {commands: ["echo ${AWS::Region}", "aws iam create-access-key"]}}
        """), CALL),
    "build specification with values beside it": (body("AWS::CodeBuild::Project", """
        SecondarySources:
          - BuildSpec: !Sub
              - |
                phases:
                  build:
                    commands:
                      - aws ${Service} create-access-key
              - Service: iam
        """), "aws ${Service} create-access-key"),
    "user data": (body("AWS::EC2::Instance", """
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash
            echo ${AWS::StackName}
            aws iam create-access-key
        """), CALL),
    "user data of a template, joined": (body("AWS::EC2::LaunchTemplate", """
        LaunchTemplateData:
          UserData:
            Fn::Base64: {"Fn::Join": ["\\n", ["#!/bin/bash", "aws iam create-access-key"]]}
        """), CALL),
    "a call of CDK": (body("Custom::AWS", """
        Create: '{"service":"IAM","action":"createAccessKey","parameters":{}}'
        """), '"createAccessKey"'),
    "a stack set's template": (body("AWS::CloudFormation::StackSet", """
        TemplateBody: |
          Resources:
            Fn:
              Type: AWS::Lambda::Function
              Properties:
                Code:
                  ZipFile: |
                    iam.create_access_key()
        """), "create_access_key()"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_script_stands_where_it_is_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    template, expected = CASES[name]
    Path("t.yaml").write_text(template)
    report = run(["."], Settings(select=("create-access-key-without-user",), isolated=True))
    (found,) = report.findings
    at = found.violation.at
    assert template[at.start : at.end] == expected


KEY = "aws:PrincipalArn"
STATEMENT = (
    '{"Effect": "Deny", "Action": "*", "Resource": "*",'
    ' "Condition": {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}}'
)
POLICIES = {
    "an object": f"Content: {{Version: '2012-10-17', Statement: [{STATEMENT}]}}",
    "a JSON text": f'Content: |\n  {{"Version": "2012-10-17",\n   "Statement": [{STATEMENT}]}}',
    "a JSON text in quotes": f"Content: '{{\"Version\": \"2012-10-17\", \"Statement\": [{STATEMENT}]}}'",
    "a JSON text, filled in": 'Content: !Sub |\n  {"Version": "2012-10-17",\n   "Statement": ['
    + STATEMENT.replace("arn:aws:", "arn:${AWS::Partition}:") + "]}",
    "Fn::ToJsonString": f"Content: {{'Fn::ToJsonString': {{Version: '2012-10-17', Statement: [{STATEMENT}]}}}}",
}  # fmt: skip


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_stands_where_it_is_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    properties = f"Name: n\nType: SERVICE_CONTROL_POLICY\nTargetIds: [r-abcd]\n{POLICIES[name]}"
    template = body("AWS::Organizations::Policy", properties)
    Path("t.yaml").write_text(template)
    report = run(["."], Settings(select=("root-deny-never-matches",), isolated=True))
    (found,) = report.findings
    at = found.violation.at
    assert template[at.start : at.end].strip('"') == "StringEquals"
