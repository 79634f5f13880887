"""Policies that are put on a bucket, a key or a queue.

Arguments as on the provider's pages of `aws_s3_bucket*`, `aws_kms_*key*` and `aws_sqs_queue*`
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key). By default KMS's
check against a lock-out is not bypassed, and a key without a policy gets one that trusts its account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.embedded.access import access_policy
from rootlint.model.identity import LockoutCheck
from rootlint.model.policy import PolicyKind
from rootlint.model.read import default
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.watch import EncryptionKey
from rootlint.terraform.vocabulary.credentials import versioned
from rootlint.terraform.vocabulary.written import Reader, field


def _policy(service: str, argument: str = "") -> Reader:
    """The policy inside a resource, or on the one that `argument` names."""

    def read(resource: Resource) -> Iterator[Declared]:
        written = field(resource.body, "policy")
        target = field(resource.body, argument) if argument else None
        yield from access_policy(
            resource, PolicyKind.RESOURCE, written, target=target, service=service
        )

    return read


def _key(argument: str = "") -> Reader:
    policy = _policy("kms", argument)

    def read(resource: Resource) -> Iterator[Declared]:
        if not argument:
            yield EncryptionKey(resource)
        bypass = field(resource.body, "bypass_policy_lockout_safety_check")
        yield LockoutCheck(resource, default(bypass, scalar=False, span=resource.span))
        yield from policy(resource)

    return read


def _bucket(resource: Resource) -> Iterator[Declared]:
    yield from _policy("s3")(resource)
    yield from versioned(resource)


READERS: Mapping[str, Reader] = {
    "aws_kms_external_key": _key(),
    "aws_kms_key": _key(),
    "aws_kms_key_policy": _key("key_id"),
    "aws_kms_replica_external_key": _key(),
    "aws_kms_replica_key": _key(),
    "aws_s3_bucket": _bucket,
    "aws_s3_bucket_policy": _policy("s3", "bucket"),
    "aws_sqs_queue": _policy("sqs"),
    "aws_sqs_queue_policy": _policy("sqs", "queue_url"),
}
