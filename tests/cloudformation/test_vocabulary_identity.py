import pytest

from rootlint.model.estate import Estate
from rootlint.model.identity import (
    AccessKey,
    AccessPolicy,
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
from rootlint.model.truth import Truth
from rootlint.model.value import Value, Why
from tests.cloudformation.reading import declared, only, show, unit

DOCUMENT = "{Version: '2012-10-17', Statement: [{Effect: Deny, Action: '*', Resource: '*'}]}"


def refers(value: Value | None) -> str:
    return getattr(getattr(value, "refers", None), "address", "")


def one(kind: str, properties: str) -> str:
    return f"Resources:\n  It:\n    Type: {kind}\n    Properties: {properties}\n"


def test_access_key() -> None:
    assert show(only(one("AWS::IAM::AccessKey", "{UserName: root}"), AccessKey).user) == "root"


def test_user() -> None:
    text = one(
        "AWS::IAM::User",
        "{UserName: ann, LoginProfile: {Password: !Ref AWS::StackName}, Groups: [admins],"
        f" ManagedPolicyArns: ['arn:aws:iam::aws:policy/X'], Policies: [{{PolicyName: p, PolicyDocument: {DOCUMENT}}}]}}",
    )
    user = only(text, User)
    assert (show(user.name), show(user.password)) == ("ann", "⟨AWS::StackName⟩")
    policy = only(text, AccessPolicy)
    assert (policy.kind, policy.holder, show(policy.name)) == (
        PolicyKind.IDENTITY,
        Holder.USER,
        "p",
    )
    assert (show(policy.holder_name), refers(policy.holder_name)) == ("ann", "It")
    attachment = only(text, PolicyAttachment)
    assert (show(attachment.policy), attachment.holder) == (
        "arn:aws:iam::aws:policy/X",
        Holder.USER,
    )
    membership = only(text, Membership)
    assert (refers(membership.user), show(membership.group)) == ("It", "admins")


def test_a_password_that_has_to_be_changed() -> None:
    profile = "{LoginProfile: {Password: !Ref AWS::StackName, PasswordResetRequired: 'true'}}"
    found = only(one("AWS::IAM::User", profile), LoginProfile)
    assert (refers(found.user), show(found.reset)) == ("It", "true")
    kept = only(one("AWS::IAM::User", profile.replace("'true'", "false")), LoginProfile)
    assert show(kept.reset) == "false"


def test_users_and_roles_may_be_bounded() -> None:
    bounded = "{PermissionsBoundary: 'arn:b'}"
    assert show(only(one("AWS::IAM::User", bounded), User).boundary) == "arn:b"
    assert show(only(one("AWS::IAM::Role", bounded), Role).boundary) == "arn:b"


def test_a_group() -> None:
    assert show(only(one("AWS::IAM::Group", "{GroupName: staff}"), Group).name) == "staff"


def test_a_virtual_mfa_device_keeps_its_seed() -> None:
    text = one("AWS::IAM::VirtualMFADevice", "{VirtualMfaDeviceName: d, Users: [ann]}")
    device = only(text, MfaDevice)
    assert (show(device.name), show(device.user), device.exports) == ("d", "ann", ())


def test_a_user_without_a_password() -> None:
    user = only(one("AWS::IAM::User", "{}"), User)
    assert (user.name, user.password) == (None, None)


def test_role() -> None:
    text = one(
        "AWS::IAM::Role",
        f"{{RoleName: r, AssumeRolePolicyDocument: {DOCUMENT},"
        f" Policies: [{{PolicyName: p, PolicyDocument: {DOCUMENT}}}]}}",
    )
    assert show(only(text, Role).name) == "r"
    trust, inline = declared(text, AccessPolicy)
    assert (trust.kind, inline.kind) == (PolicyKind.TRUST, PolicyKind.IDENTITY)
    assert {trust.holder, inline.holder} == {Holder.ROLE}


@pytest.mark.parametrize("kind", ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"])
def test_a_policy_with_several_holders_is_one_policy_with_attachments(kind: str) -> None:
    found = unit(one(kind, f"{{PolicyDocument: {DOCUMENT}, Users: [a], Groups: [b], Roles: [c]}}"))
    (policy,) = [thing for thing in found.declares if isinstance(thing, AccessPolicy)]
    assert policy.holder is None
    links = Estate([found]).linked(PolicyAttachment, "policy", policy)
    assert [(link.thing.holder, show(link.thing.holder_name), link.holds) for link in links] == [
        (Holder.USER, "a", Truth.YES),
        (Holder.GROUP, "b", Truth.YES),
        (Holder.ROLE, "c", Truth.YES),
    ]


@pytest.mark.parametrize(
    ("kind", "written", "holder"),
    [
        ("AWS::IAM::Policy", "Groups: [x]", Holder.GROUP),
        ("AWS::IAM::UserPolicy", "UserName: x", Holder.USER),
        ("AWS::IAM::RolePolicy", "RoleName: x", Holder.ROLE),
        ("AWS::IAM::GroupPolicy", "GroupName: x", Holder.GROUP),
    ],
)
def test_a_policy_inside_its_holder(kind: str, written: str, holder: Holder) -> None:
    policy = only(
        one(kind, f"{{PolicyName: p, PolicyDocument: {DOCUMENT}, {written}}}"), AccessPolicy
    )
    assert (policy.holder, show(policy.holder_name), show(policy.name)) == (holder, "x", "p")
    assert policy.document is not None
    assert len(policy.document.statements) == 1


def test_a_group_holds_policies() -> None:
    text = one("AWS::IAM::Group", f"{{Policies: [{{PolicyName: p, PolicyDocument: {DOCUMENT}}}]}}")
    assert only(text, AccessPolicy).holder is Holder.GROUP


def test_members() -> None:
    text = one("AWS::IAM::UserToGroupAddition", "{GroupName: g, Users: [a, b]}")
    assert [(show(it.user), show(it.group)) for it in declared(text, Membership)] == [
        ("a", "g"),
        ("b", "g"),
    ]


def test_permission_set() -> None:
    text = one(
        "AWS::SSO::PermissionSet",
        "{Name: admin, InlinePolicy: '{\"Statement\": []}', ManagedPolicies: [x],"
        " CustomerManagedPolicyReferences: [{Name: y}]}",
    )
    policy = only(text, AccessPolicy)
    assert (policy.holder, refers(policy.holder_name)) == (Holder.PERMISSION_SET, "It")
    assert [show(it.policy) for it in declared(text, PolicyAttachment)] == ["x", "y"]


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT,
        "'{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}'",
        "!Sub '{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"arn:${AWS::Partition}:x\"}]}'",
        f"{{'Fn::ToJsonString': {DOCUMENT}}}",
        "!Join ['', ['{\"Statement\": [{\"Effect\": \"De', 'ny\", \"Action\": \"*\", \"Resource\": \"*\"}]}']]",
    ],
)  # fmt: skip
def test_documents_in_every_form(document: str) -> None:
    policy = only(one("AWS::IAM::ManagedPolicy", f"{{PolicyDocument: {document}}}"), AccessPolicy)
    assert policy.document is not None
    (statement,) = policy.document.statements
    assert show(statement.effect) == "Deny"


def test_one_unknown_arn_never_loses_a_policy() -> None:
    text = one(
        "AWS::IAM::ManagedPolicy",
        "{PolicyDocument: {Statement: [{Effect: Deny, Action: '*', Resource: [!ImportValue x, '*']}]}}",
    )
    document = only(text, AccessPolicy).document
    assert document is not None
    assert document.statements[0].resource is not None
    assert len(document.statements[0].resource.items) == 2


def test_what_is_no_policy_says_so() -> None:
    policy = only(one("AWS::IAM::ManagedPolicy", "{PolicyDocument: 'none'}"), AccessPolicy)
    assert policy.document is None
    assert policy.hidden is not None
    assert policy.hidden.why is Why.SYNTAX
