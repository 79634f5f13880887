"""IAM and Identity Center: users, keys, groups, roles, policies and who holds them.

Properties as on the pages of `AWS::IAM::*` and `AWS::SSO::PermissionSet`:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
By default a login profile asks for no new password at the first sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary.policies import held
from rootlint.cloudformation.vocabulary.written import Reader, field, flag, own, text
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
from rootlint.model.read import default, each, elements
from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.model.value import Value

_HOLDERS = {"Users": Holder.USER, "Groups": Holder.GROUP, "Roles": Holder.ROLE}


def _access_key(written: Written) -> Iterator[Declared]:
    yield AccessKey(written.resource, text(written.resource.body, "UserName"))


def _user(written: Written) -> Iterator[Declared]:
    resource = written.resource
    profile = field(resource.body, "LoginProfile")
    password = field(profile, "Password") or profile
    boundary = text(resource.body, "PermissionsBoundary")
    yield User(resource, text(resource.body, "UserName"), password, boundary)
    name = own(written)
    if profile is not None:
        reset = default(flag(profile, "PasswordResetRequired"), scalar=False, span=resource.span)
        yield LoginProfile(resource, name, reset)
    yield from held(resource, Holder.USER, name)
    for group in each(field(resource.body, "Groups")):
        yield Membership(resource, name, group)


def _role(written: Written) -> Iterator[Declared]:
    resource = written.resource
    boundary = text(resource.body, "PermissionsBoundary")
    yield Role(resource, text(resource.body, "RoleName"), boundary)
    name = own(written)
    trust = field(resource.body, "AssumeRolePolicyDocument")
    yield from access_policy(
        resource, PolicyKind.TRUST, trust, holder=Holder.ROLE, holder_name=name
    )
    yield from held(resource, Holder.ROLE, name)


def _mfa_device(written: Written) -> Iterator[Declared]:
    """Neither `Ref` nor `Fn::GetAtt` gives the seed of the codes."""
    body = written.resource.body
    users, hidden = elements(field(body, "Users"))
    user = users[0] if users else hidden
    yield MfaDevice(written.resource, text(body, "VirtualMfaDeviceName"), user)


def _group(written: Written) -> Iterator[Declared]:
    yield Group(written.resource, text(written.resource.body, "GroupName"))
    yield from held(written.resource, Holder.GROUP, own(written))


class _Held(NamedTuple):
    holder: Holder
    name: Value


def _holders(resource: Resource) -> tuple[_Held, ...]:
    return tuple(
        _Held(holder, name)
        for written, holder in _HOLDERS.items()
        for name in each(field(resource.body, written))
    )


def _inline_policy(written: Written) -> Iterator[Declared]:
    """A policy inside each of its holders: one document, so one policy, whoever holds it."""
    resource = written.resource
    name = text(resource.body, "PolicyName")
    document = field(resource.body, "PolicyDocument")
    holders = _holders(resource)
    if len(holders) == 1:
        holder, holder_name = holders[0]
        yield from access_policy(
            resource,
            PolicyKind.IDENTITY,
            document,
            name=name,
            holder=holder,
            holder_name=holder_name,
        )
        return
    yield from access_policy(resource, PolicyKind.IDENTITY, document, name=name)
    for holder, holder_name in holders:
        yield PolicyAttachment(resource, own(written), holder, holder_name)


def _managed_policy(written: Written) -> Iterator[Declared]:
    resource = written.resource
    document = field(resource.body, "PolicyDocument")
    name = text(resource.body, "ManagedPolicyName")
    yield from access_policy(resource, PolicyKind.IDENTITY, document, name=name)
    for holder, holder_name in _holders(resource):
        yield PolicyAttachment(resource, own(written), holder, holder_name)


def _inside(holder: Holder, property_name: str) -> Reader:
    def read(written: Written) -> Iterator[Declared]:
        body = written.resource.body
        yield from access_policy(
            written.resource,
            PolicyKind.IDENTITY,
            field(body, "PolicyDocument"),
            name=text(body, "PolicyName"),
            holder=holder,
            holder_name=text(body, property_name),
        )

    return read


def _members(written: Written) -> Iterator[Declared]:
    body = written.resource.body
    group = text(body, "GroupName")
    for user in each(field(body, "Users")):
        yield Membership(written.resource, user, group)


def _permission_set(written: Written) -> Iterator[Declared]:
    resource = written.resource
    owner = own(written, "PermissionSetArn")
    yield from access_policy(
        resource,
        PolicyKind.IDENTITY,
        field(resource.body, "InlinePolicy"),
        name=text(resource.body, "Name"),
        holder=Holder.PERMISSION_SET,
        holder_name=owner,
    )
    for arn in each(field(resource.body, "ManagedPolicies")):
        yield PolicyAttachment(resource, arn, Holder.PERMISSION_SET, owner)
    for customer in each(field(resource.body, "CustomerManagedPolicyReferences")):
        name = field(customer, "Name")
        if name is not None:
            yield PolicyAttachment(resource, name, Holder.PERMISSION_SET, owner)


READERS: Mapping[str, Reader] = {
    "AWS::IAM::AccessKey": _access_key,
    "AWS::IAM::Group": _group,
    "AWS::IAM::GroupPolicy": _inside(Holder.GROUP, "GroupName"),
    "AWS::IAM::ManagedPolicy": _managed_policy,
    "AWS::IAM::Policy": _inline_policy,
    "AWS::IAM::Role": _role,
    "AWS::IAM::RolePolicy": _inside(Holder.ROLE, "RoleName"),
    "AWS::IAM::User": _user,
    "AWS::IAM::UserPolicy": _inside(Holder.USER, "UserName"),
    "AWS::IAM::UserToGroupAddition": _members,
    "AWS::IAM::VirtualMFADevice": _mfa_device,
    "AWS::SSO::PermissionSet": _permission_set,
}
