"""The requests that are tried: of the root user, and of people who have no MFA.

What each credential puts into a request is what AWS documents of the global condition keys:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from rootlint.reason.answer import Request

ACCOUNT = "111122223333"
NOW = "2026-11-23T12:00:00Z"
_NOW_IN_SECONDS = "1795435200"
_SIGNED_IN = "2026-11-23T11:55:00Z"

_Keys = Mapping[str, tuple[str, ...]]


class Credential(NamedTuple):
    """How a request is signed, and which condition keys follow from that."""

    name: str
    keys: _Keys
    hidden: frozenset[str] = frozenset()
    console: bool = False


class Address(NamedTuple):
    """Where a request comes from, and which condition keys follow from that."""

    name: str
    keys: _Keys


def _keys(**keys: str) -> _Keys:
    return MappingProxyType({f"aws:{name}": (value,) for name, value in keys.items()})


LONG_TERM_KEY = Credential("long-term key", _keys())
CONSOLE_WITHOUT_MFA = Credential(
    "console session without MFA",
    _keys(multifactorauthpresent="false", tokenissuetime=_SIGNED_IN),
    console=True,
)
CONSOLE_WITH_MFA = Credential(
    "console session with MFA",
    _keys(multifactorauthpresent="true", multifactorauthage="300", tokenissuetime=_SIGNED_IN),
    console=True,
)
# What AWS puts into an AssumeRoot session about MFA, the user id and the type is not documented.
ASSUME_ROOT = Credential(
    "AssumeRoot session",
    _keys(assumedroot="true", tokenissuetime=_SIGNED_IN),
    frozenset({"aws:multifactorauthpresent", "aws:principaltype", "aws:userid"}),
)
ROOT_CREDENTIALS = (LONG_TERM_KEY, CONSOLE_WITHOUT_MFA, CONSOLE_WITH_MFA)


def address(ip: str) -> Address:
    """A public address, as AWS sees it."""
    return Address(f"from {ip}", _keys(sourceip=ip))


FOREIGN = address("198.51.100.23")
FOREIGN_IPV6 = address("2001:db8::1")
OFFICE = address("203.0.113.10")
ENDPOINT = Address(
    "through a VPC endpoint",
    _keys(
        vpcsourceip="10.0.0.5",
        sourcevpc="vpc-0123456789abcdef0",
        sourcevpce="vpce-0123456789abcdef0",
    ),
)
ADDRESSES = (FOREIGN, FOREIGN_IPV6, OFFICE, ENDPOINT)

# The most telling first: what makes a key or a password, what turns MFA off, what lasts.
CREDENTIAL_ACTIONS = (
    "iam:CreateAccessKey",
    "iam:UpdateAccessKey",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
    "iam:DeactivateMFADevice",
    "iam:EnableMFADevice",
    "iam:CreateVirtualMFADevice",
    "iam:UploadSigningCertificate",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
)
LASTING_ACTIONS = (
    "organizations:LeaveOrganization",
    "account:CloseAccount",
    "account:PutContactInformation",
    "cloudtrail:StopLogging",
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "iam:CreateUser",
    "iam:AttachUserPolicy",
    "s3:PutBucketPolicy",
    "s3:DeleteBucketPolicy",
    "sqs:SetQueueAttributes",
    "kms:ScheduleKeyDeletion",
    "ec2:RunInstances",
)
ROOT_ACTIONS = CREDENTIAL_ACTIONS + LASTING_ACTIONS
# What the task policies of AssumeRoot let a session do.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
RECOVERY_ACTIONS = (
    "s3:DeleteBucketPolicy",
    "sqs:SetQueueAttributes",
    "iam:DeleteLoginProfile",
    "iam:DeleteAccessKey",
    "iam:DeactivateMFADevice",
    "iam:CreateLoginProfile",
)

_REGIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "aws": ("us-east-1", "eu-west-1"),
        "aws-cn": ("cn-north-1", "cn-northwest-1"),
        "aws-us-gov": ("us-gov-west-1", "us-gov-east-1"),
        "aws-eusc": ("eusc-de-east-1", "eusc-de-east-1"),
        "aws-iso": ("us-iso-east-1", "us-iso-west-1"),
        "aws-iso-b": ("us-isob-east-1", "us-isob-east-1"),
    }
)
_GLOBAL = frozenset(
    {"account", "billing", "cloudfront", "iam", "organizations", "route53", "support"}
)
# The partitions in which a root user has a console to sign in to.
_WITHOUT_CONSOLE = frozenset({"aws-us-gov"})
_RESOURCES: Mapping[str, str] = MappingProxyType(
    {
        "iam:CreateVirtualMFADevice": "iam::{account}:mfa/root-account-mfa-device",
        "iam:CreateUser": "iam::{account}:user/somebody",
        "iam:AttachUserPolicy": "iam::{account}:user/somebody",
        "cloudtrail:StopLogging": "cloudtrail:{region}:{account}:trail/main",
        "cloudtrail:DeleteTrail": "cloudtrail:{region}:{account}:trail/main",
        "cloudtrail:PutEventSelectors": "cloudtrail:{region}:{account}:trail/main",
        "s3:PutBucketPolicy": "s3:::example-bucket",
        "s3:DeleteBucketPolicy": "s3:::example-bucket",
        "sqs:SetQueueAttributes": "sqs:{region}:{account}:example-queue",
        "kms:ScheduleKeyDeletion": (
            "kms:{region}:{account}:key/00000000-0000-0000-0000-000000000000"
        ),
        "ec2:RunInstances": "ec2:{region}:{account}:instance/*",
        "sts:GetFederationToken": "sts::{account}:federated-user/somebody",
    }
)
# The values of these depend on the organization and the caller's tools, or AWS says "in most cases".
_HIDDEN = frozenset(
    {
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:resourceorgpaths",
        "aws:useragent",
    }
)


def root_requests(
    actions: Iterable[str] = CREDENTIAL_ACTIONS,
    *,
    partition: str = "aws",
    account: str = ACCOUNT,
    credentials: Iterable[Credential] = ROOT_CREDENTIALS,
    addresses: Iterable[Address] = (FOREIGN,),
    regions: int = 1,
    forwarded: Iterable[bool] = (False,),
) -> tuple[Request, ...]:
    """Requests of the root user, the smallest first.

    The smallest is a call with the first credential, from the first address, in the first Region;
    each of these that is another makes it larger. Among equals the order of `actions` counts.
    `regions` is how many Regions are tried, 1 or 2: global services are called in the first alone.
    `forwarded` says whether a service makes the call for root (`aws:ViaAWSService`).
    """
    able = [one for one in credentials if not (one.console and partition in _WITHOUT_CONSOLE)]
    axes = (tuple(forwarded), tuple(addresses), able)
    sized = [
        (
            sum(bool(at) for at in (*place, number)),
            _root(action, credential, address, _Where(partition, account, region), via=via),
        )
        for action in actions
        for number, region in enumerate(_regions(action, partition, regions))
        for place, (via, address, credential) in zip(_places(axes), product(*axes), strict=True)
    ]
    return tuple(request for _, request in sorted(sized, key=itemgetter(0)))


def recovery_requests(
    actions: Iterable[str] = RECOVERY_ACTIONS, *, partition: str = "aws", account: str = ACCOUNT
) -> tuple[Request, ...]:
    """Requests of AssumeRoot sessions in a member account, from every address."""
    return root_requests(
        actions,
        partition=partition,
        account=account,
        credentials=(ASSUME_ROOT,),
        addresses=ADDRESSES,
    )


def _places(axes: Sequence[Sequence[object]]) -> Iterator[tuple[int, ...]]:
    """Where on each axis the elements of their product stand."""
    return product(*(range(len(axis)) for axis in axes))


def _regions(action: str, partition: str, count: int) -> Iterable[str]:
    first, second = _REGIONS.get(partition, _REGIONS["aws"])
    everywhere = action.partition(":")[0] not in _GLOBAL and count > 1 and first != second
    return (first, second) if everywhere else (first,)


class _Where(NamedTuple):
    partition: str
    account: str
    region: str

    def arn(self, rest: str) -> str:
        """An ARN of this partition, account and Region filled in."""
        shape = rest.format(account=self.account, region=self.region)
        return f"arn:{self.partition}:{shape}"


def _root(
    action: str, credential: Credential, address: Address, where: _Where, *, via: bool
) -> Request:
    arn = where.arn("iam::{account}:root")
    context = {
        **_common(arn, where, via=via),
        "aws:principaltype": ("Account",),
        "aws:userid": (where.account,),
        **credential.keys,
        **address.keys,
    }
    for hidden in credential.hidden:
        context.pop(hidden, None)
    resource = _resource(action, where) or _own(action, arn)
    return Request(
        action,
        resource,
        arn,
        MappingProxyType(context),
        title="root",
        credential=credential.name,
        # AWS does not say whether root is a user for `Resource`: arn:aws:iam::*:user/*.
        or_resource=where.arn("iam::{account}:user/root") if resource == arn else "",
        hidden=_HIDDEN | credential.hidden,
    )


def _common(arn: str, where: _Where, *, via: bool) -> dict[str, tuple[str, ...]]:
    """The keys that every signed request carries."""
    return {
        "aws:principalarn": (arn,),
        "aws:principalaccount": (where.account,),
        "aws:principalisawsservice": ("false",),
        "aws:requestedregion": (where.region,),
        "aws:securetransport": ("true",),
        "aws:currenttime": (NOW,),
        "aws:epochtime": (_NOW_IN_SECONDS,),
        "aws:viaawsservice": ("true" if via else "false",),
    }


def _resource(action: str, where: _Where) -> str:
    shape = _RESOURCES.get(action)
    return where.arn(shape) if shape else ""


def _own(action: str, arn: str) -> str:
    """What an action without a resource of its own acts on: in IAM the root user, else anything."""
    return arn if action.startswith("iam:") else "*"


def people_without_mfa(
    action: str, resource: str, *, partition: str = "aws", account: str = ACCOUNT
) -> tuple[Request, ...]:
    """Requests of an IAM user who has not used MFA, the long-term key first.

    A long-term key carries no MFA key at all; a console session carries `false`.
    """
    return tuple(
        _person(credential, action, resource, partition, account)
        for credential in (LONG_TERM_KEY, CONSOLE_WITHOUT_MFA)
    )


def of_user(request: Request, arn: str) -> Request:
    """The same request, made by the user of that ARN."""
    name = arn.rpartition("/")[2]
    context = {**request.context, "aws:principalarn": (arn,), "aws:username": (name,)}
    return request._replace(principal=arn, context=MappingProxyType(context))


def console_without_mfa(action: str, resource: str, *, account: str = ACCOUNT) -> Request:
    """The request of an IAM user who has signed in with a password alone."""
    return _person(CONSOLE_WITHOUT_MFA, action, resource, "aws", account)


def people_with_mfa(
    action: str, resource: str, *, partition: str = "aws", account: str = ACCOUNT
) -> tuple[Request, ...]:
    """Requests of an IAM user who has signed in with MFA."""
    return (_person(CONSOLE_WITH_MFA, action, resource, partition, account),)


def _person(
    credential: Credential, action: str, resource: str, partition: str, account: str
) -> Request:
    where = _Where(partition, account, next(iter(_regions(action, partition, 1))))
    arn = where.arn("iam::{account}:user/somebody")
    context = {
        **_common(arn, where, via=False),
        "aws:principaltype": ("User",),
        "aws:username": ("somebody",),
        **credential.keys,
        **FOREIGN.keys,
    }
    return Request(
        action,
        resource,
        arn,
        MappingProxyType(context),
        title="an IAM user",
        credential=credential.name,
        hidden=_HIDDEN | {"aws:userid"},
    )
