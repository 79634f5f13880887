import pytest

from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import PolicyKind
from tests.cloudformation.reading import declared, show

DOCUMENT = "{Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}]}"


@pytest.mark.parametrize(
    ("kind", "properties", "targets"),
    [
        ("AWS::KMS::Key", f"{{KeyPolicy: {DOCUMENT}}}", ["nothing"]),
        ("AWS::KMS::Key", "{}", []),
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
