"""Policies that are put on a bucket, a key or a queue.

Arguments as on the provider's pages of `aws_s3_bucket*`, `aws_kms_key*` and `aws_sqs_queue*`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.embedded.access import access_policy
from rootlint.model.policy import PolicyKind
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.watch import EncryptionKey
from rootlint.terraform.vocabulary.written import Reader, field


def _inline(resource: Resource) -> Iterator[Declared]:
    yield from access_policy(resource, PolicyKind.RESOURCE, field(resource.body, "policy"))


def _key(resource: Resource) -> Iterator[Declared]:
    yield EncryptionKey(resource)
    yield from _inline(resource)


def _on(argument: str) -> Reader:
    def read(resource: Resource) -> Iterator[Declared]:
        written, target = field(resource.body, "policy"), field(resource.body, argument)
        yield from access_policy(resource, PolicyKind.RESOURCE, written, target=target)

    return read


READERS: Mapping[str, Reader] = {
    "aws_kms_key": _key,
    "aws_kms_key_policy": _on("key_id"),
    "aws_s3_bucket": _inline,
    "aws_s3_bucket_policy": _on("bucket"),
    "aws_sqs_queue": _inline,
    "aws_sqs_queue_policy": _on("queue_url"),
}
