"""IAM and Identity Center: users, keys, groups, roles, policies and who holds them.

Arguments as on the provider's pages of `aws_iam_*` and `aws_ssoadmin_*`
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs). By default a login profile asks for
no new password at the first sign-in, and nothing has a permissions boundary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.embedded.access import access_policy
from rootlint.model.identity import (
    AccessKey,
    Group,
    Holder,
    LoginProfile,
    Membership,
    MfaDevice,
    PolicyAttachment,
    Role,
    User,
)
from rootlint.model.policy import PolicyKind
from rootlint.model.read import default, each
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.terraform.computed import made_up, name_of
from rootlint.terraform.vocabulary.written import Reader, field


def _access_key(resource: Resource) -> Iterator[Declared]:
    yield AccessKey(resource, field(resource.body, "user"))


def _user(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    yield User(resource, field(body, "name"), boundary=field(body, "permissions_boundary"))


def _login_profile(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    reset = default(field(body, "password_reset_required"), scalar=False, span=resource.span)
    yield LoginProfile(resource, field(body, "user"), reset)


def _mfa_device(resource: Resource) -> Iterator[Declared]:
    """The seed of its codes is exported twice: as text, and as a picture of the QR code."""
    name = field(resource.body, "virtual_mfa_device_name")
    yield MfaDevice(resource, name, exports=("base_32_string_seed", "qr_code_png"))


def _group(resource: Resource) -> Iterator[Declared]:
    yield Group(resource, field(resource.body, "name"))


def _group_membership(resource: Resource) -> Iterator[Declared]:
    group = field(resource.body, "group")
    for user in each(field(resource.body, "users")):
        yield Membership(resource, user, group)


def _user_groups(resource: Resource) -> Iterator[Declared]:
    user = field(resource.body, "user")
    for group in each(field(resource.body, "groups")):
        yield Membership(resource, user, group)


def _managed_policy(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    written = field(body, "policy")
    yield from access_policy(resource, PolicyKind.IDENTITY, written, name=name_of(resource))


def _role(resource: Resource) -> Iterator[Declared]:
    body = resource.body
    name = name_of(resource)
    yield Role(resource, name, field(body, "permissions_boundary"))
    own = name or made_up(resource, "name")
    trust = field(body, "assume_role_policy")
    yield from access_policy(resource, PolicyKind.TRUST, trust, holder=Holder.ROLE, holder_name=own)
    for inline in each(field(body, "inline_policy")):
        yield from access_policy(
            resource,
            PolicyKind.IDENTITY,
            field(inline, "policy"),
            name=field(inline, "name"),
            holder=Holder.ROLE,
            holder_name=own,
        )
    for policy in each(field(body, "managed_policy_arns")):
        yield PolicyAttachment(resource, policy, Holder.ROLE, own)


def _inline(holder: Holder, argument: str, document: str = "policy") -> Reader:
    def read(resource: Resource) -> Iterator[Declared]:
        body = resource.body
        yield from access_policy(
            resource,
            PolicyKind.IDENTITY,
            field(body, document),
            name=name_of(resource),
            holder=holder,
            holder_name=field(body, argument),
        )

    return read


def _attached(holder: Holder, argument: str, policy: str = "policy_arn") -> Reader:
    def read(resource: Resource) -> Iterator[Declared]:
        for written in each(field(resource.body, policy)):
            yield PolicyAttachment(resource, written, holder, field(resource.body, argument))

    return read


def _attached_to_many(resource: Resource) -> Iterator[Declared]:
    policy = field(resource.body, "policy_arn")
    holders = {"users": Holder.USER, "groups": Holder.GROUP, "roles": Holder.ROLE}
    for argument, holder in holders.items():
        for name in each(field(resource.body, argument)):
            if policy is not None:
                yield PolicyAttachment(resource, policy, holder, name)


def _customer_managed(resource: Resource) -> Iterator[Declared]:
    """A policy that Identity Center names, and not by its ARN."""
    for written in each(field(resource.body, "customer_managed_policy_reference")):
        name = field(written, "name")
        if name is not None:
            owner = field(resource.body, "permission_set_arn")
            yield PolicyAttachment(resource, name, Holder.PERMISSION_SET, owner)


READERS: Mapping[str, Reader] = {
    "aws_iam_access_key": _access_key,
    "aws_iam_group": _group,
    "aws_iam_group_membership": _group_membership,
    "aws_iam_group_policy": _inline(Holder.GROUP, "group"),
    "aws_iam_group_policy_attachment": _attached(Holder.GROUP, "group"),
    "aws_iam_group_policy_attachments_exclusive": _attached(
        Holder.GROUP, "group_name", "policy_arns"
    ),
    "aws_iam_policy": _managed_policy,
    "aws_iam_policy_attachment": _attached_to_many,
    "aws_iam_role": _role,
    "aws_iam_role_policy": _inline(Holder.ROLE, "role"),
    "aws_iam_role_policy_attachment": _attached(Holder.ROLE, "role"),
    "aws_iam_role_policy_attachments_exclusive": _attached(Holder.ROLE, "role_name", "policy_arns"),
    "aws_iam_user": _user,
    "aws_iam_user_group_membership": _user_groups,
    "aws_iam_user_login_profile": _login_profile,
    "aws_iam_user_policy": _inline(Holder.USER, "user"),
    "aws_iam_user_policy_attachment": _attached(Holder.USER, "user"),
    "aws_iam_user_policy_attachments_exclusive": _attached(Holder.USER, "user_name", "policy_arns"),
    "aws_iam_virtual_mfa_device": _mfa_device,
    "aws_ssoadmin_customer_managed_policy_attachment": _customer_managed,
    "aws_ssoadmin_managed_policy_attachment": _attached(
        Holder.PERMISSION_SET, "permission_set_arn", "managed_policy_arn"
    ),
    "aws_ssoadmin_permission_set_inline_policy": _inline(
        Holder.PERMISSION_SET, "permission_set_arn", "inline_policy"
    ),
}
