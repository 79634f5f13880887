import pytest

from rootlint.cloudformation.files import is_wanted, looks_like_template
from rootlint.cloudformation.load import load
from rootlint.cloudformation.nodes import Document
from rootlint.cloudformation.template import template_of
from rootlint.cloudformation.vocabulary.kinds import RELEVANT, mentions_relevant
from rootlint.source import SourceFile


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"Resources:\n  A:\n    Type: AWS::SNS::Topic\n", True),
        (b'{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}', True),
        ("Resources: {A: {Type: 'AWS::SNS::Topic'}}".encode("utf-16"), True),
        (b"\xfe\xff" + "Resources: {A: {Type: 'AWS::SNS::Topic'}}".encode("utf-16-be"), True),
        (b"Organization:\n  A:\n    Type: OC::ORG::Account\n", True),
        (b"resources:\n  - ${file(a.yml)}\n", True),
        (b"resources: {}", False),
        (b"kind: Deployment\n", False),
        (b"", False),
    ],
)
def test_the_bytes_of_a_template(data: bytes, answer: object) -> None:
    assert looks_like_template(data) is answer


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"Resources: {A: {Type: 'AWS::SNS::Topic'}}", True),
        (b"Resources: {A: {Type: 'AWS::EC2::VPC'}}", False),
        (b"Resources: {A: {Type: 'AWS::CloudFormation::Stack'}}", True),
        (b"Resources: {A: {Type: 'AWS::EC2::VPC', Metadata: {rootlint: {}}}}", True),
        ("Resources: {A: {Type: 'AWS::SNS::Topic'}}".encode("utf-16"), True),
        ("Resources: {A: {Type: 'AWS::EC2::VPC'}}".encode("utf-16"), False),
        (b"resources:\n  - ${file(a.yml)}\n", True),
    ],
)
def test_a_template_without_anything_to_judge_is_not_wanted(data: bytes, answer: object) -> None:
    assert is_wanted(data) is answer


def test_relevant_types_are_found_among_the_bytes() -> None:
    assert all(mentions_relevant(f"Type: '{kind}'".encode()) for kind in RELEVANT)
    assert not mentions_relevant(b"Type: AWS::EC2::VPC\nType: AWS::SNS::TopicX\n")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Resources: {A: {Type: 'AWS::SNS::Topic'}}", True),
        ("Resources: {'Fn::ForEach::A': []}", True),
        ("{AWSTemplateFormatVersion: '2010-09-09', Resources: []}", True),
        ("--- a\n--- {Resources: {A: {Type: 'A::B'}}}\n", True),
        ("Resources: {A: {Type: none}}", False),
        ("Resources: [A::B]", False),
        ("AWSTemplateFormatVersion: '2010-09-09'", False),
        ("- Resources", False),
    ],
)
def test_the_structure_of_a_template(text: str, answer: object) -> None:
    document = load(SourceFile("t.yaml", text))
    assert isinstance(document, Document)
    assert (template_of(document) is not None) is answer
