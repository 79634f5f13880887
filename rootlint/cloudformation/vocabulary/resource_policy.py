"""Policies that are put on a bucket, a key or a queue.

Properties as on the pages of `AWS::KMS::Key`, `AWS::S3::BucketPolicy` and `AWS::SQS::QueuePolicy`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
By default KMS's check against a lock-out is not bypassed; a replica key cannot bypass it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, field, flag, text
from rootlint.embedded.access import access_policy
from rootlint.model.identity import LockoutCheck
from rootlint.model.policy import PolicyKind
from rootlint.model.read import default, each
from rootlint.model.unit import Declared
from rootlint.model.watch import EncryptionKey


def _key(written: Written) -> Iterator[Declared]:
    resource = written.resource
    bypass = flag(resource.body, "BypassPolicyLockoutSafetyCheck")
    yield LockoutCheck(resource, default(bypass, scalar=False, span=resource.span))
    yield from _replica(written)


def _replica(written: Written) -> Iterator[Declared]:
    """A replica cannot skip the check against a lock-out.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html
    """
    resource = written.resource
    yield EncryptionKey(resource)
    document = field(resource.body, "KeyPolicy")
    yield from access_policy(resource, PolicyKind.RESOURCE, document, service="kms")


def _on(service: str, property_name: str) -> Reader:
    def read(written: Written) -> Iterator[Declared]:
        body = written.resource.body
        document, target = field(body, "PolicyDocument"), text(body, property_name)
        yield from access_policy(
            written.resource, PolicyKind.RESOURCE, document, target=target, service=service
        )

    return read


def _queues(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    document = field(body, "PolicyDocument")
    for queue in each(field(body, "Queues")) or (None,):
        yield from access_policy(
            written.resource, PolicyKind.RESOURCE, document, target=queue, service="sqs"
        )


READERS: Mapping[str, Reader] = {
    "AWS::KMS::Key": _key,
    "AWS::KMS::ReplicaKey": _replica,
    "AWS::S3::BucketPolicy": _on("s3", "Bucket"),
    "AWS::SQS::QueueInlinePolicy": _on("sqs", "Queue"),
    "AWS::SQS::QueuePolicy": _queues,
}
