import pytest

from rootlint.model.identity import AccessPolicy, LockoutCheck
from rootlint.model.policy import PolicyKind
from tests.cloudformation.reading import declared, only, show

DOCUMENT = "{Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}]}"


@pytest.mark.parametrize(
    ("kind", "properties", "targets"),
    [
        ("AWS::KMS::Key", f"{{KeyPolicy: {DOCUMENT}}}", ["nothing"]),
        ("AWS::KMS::Key", "{}", []),
        ("AWS::KMS::ReplicaKey", f"{{KeyPolicy: {DOCUMENT}}}", ["nothing"]),
        ("AWS::S3::BucketPolicy", f"{{Bucket: b, PolicyDocument: {DOCUMENT}}}", ["b"]),
        ("AWS::SQS::QueuePolicy", f"{{Queues: [p, q], PolicyDocument: {DOCUMENT}}}", ["p", "q"]),
        ("AWS::SQS::QueueInlinePolicy", f"{{Queue: q, PolicyDocument: {DOCUMENT}}}", ["q"]),
        ("AWS::SNS::TopicPolicy", f"{{Topics: [t], PolicyDocument: {DOCUMENT}}}", ["t"]),
        ("AWS::SNS::TopicInlinePolicy", f"{{TopicArn: t, PolicyDocument: {DOCUMENT}}}", ["t"]),
    ],
)
def test_resource_policies(kind: str, properties: str, targets: list[str]) -> None:
    text = f"Resources:\n  It:\n    Type: {kind}\n    Properties: {properties}\n"
    found = declared(text, AccessPolicy)
    assert [show(policy.target) for policy in found] == targets
    assert {policy.kind for policy in found} <= {PolicyKind.RESOURCE}


@pytest.mark.parametrize(
    ("kind", "service"),
    [
        ("AWS::KMS::Key", "kms"),
        ("AWS::S3::BucketPolicy", "s3"),
        ("AWS::SQS::QueueInlinePolicy", "sqs"),
    ],
)
def test_the_service_of_a_resource_policy(kind: str, service: str) -> None:
    name = "KeyPolicy" if service == "kms" else "PolicyDocument"
    text = f"Resources:\n  It:\n    Type: {kind}\n    Properties: {{{name}: {DOCUMENT}}}\n"
    assert only(text, AccessPolicy).service == service


def test_the_check_against_a_lockout_is_on_unless_bypassed() -> None:
    text = "Resources:\n  It:\n    Type: AWS::KMS::Key\n    Properties: {}\n"
    bypassed = text.replace("{}", "{BypassPolicyLockoutSafetyCheck: 'true'}")
    assert show(only(text, LockoutCheck).bypass) == "false"
    assert show(only(bypassed, LockoutCheck).bypass) == "true"
