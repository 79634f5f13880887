"""Policies that are put on a bucket, a key or a queue.

Properties as on the pages of `AWS::KMS::Key`, `AWS::S3::BucketPolicy` and `AWS::SQS::QueuePolicy`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.written import Reader, each, field, text
from rootlint.embedded.access import access_policy
from rootlint.model.policy import PolicyKind
from rootlint.model.unit import Declared
from rootlint.model.watch import EncryptionKey


def _key(written: Written) -> Iterator[Declared]:
    yield EncryptionKey(written.resource)
    document = field(written.resource.body, "KeyPolicy")
    yield from access_policy(written.resource, PolicyKind.RESOURCE, document)


def _on(property_name: str) -> Reader:
    def read(written: Written) -> Iterator[Declared]:
        body = written.resource.body
        document, target = field(body, "PolicyDocument"), text(body, property_name)
        yield from access_policy(written.resource, PolicyKind.RESOURCE, document, target=target)

    return read


def _queues(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    document = field(body, "PolicyDocument")
    for queue in each(field(body, "Queues")) or (None,):
        yield from access_policy(written.resource, PolicyKind.RESOURCE, document, target=queue)


READERS: Mapping[str, Reader] = {
    "AWS::KMS::Key": _key,
    "AWS::S3::BucketPolicy": _on("Bucket"),
    "AWS::SQS::QueueInlinePolicy": _on("Queue"),
    "AWS::SQS::QueuePolicy": _queues,
}
