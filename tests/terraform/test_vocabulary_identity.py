import pytest

from rootlint.model.identity import (
    AccessKey,
    AccessPolicy,
    Group,
    Holder,
    LockoutCheck,
    LoginProfile,
    Membership,
    MfaDevice,
    PolicyAttachment,
    Role,
    User,
)
from rootlint.model.policy import PolicyKind
from rootlint.model.unit import Unit
from rootlint.model.value import Known, Unknown, Why
from tests.terraform.reading import declared, unit, written

POLICY = 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*" }] })'


def block(kind: str, body: str) -> Unit:
    return unit(f'resource "{kind}" "x" {{\n{body}\n}}\n')


def test_an_access_key_is_made_for_a_user() -> None:
    (key,) = declared(block("aws_iam_access_key", 'user = "root"'), AccessKey)
    assert written(key.user) == "root"


def test_a_user_with_a_password() -> None:
    found = unit(
        'resource "aws_iam_user" "u" {\n  name = "ann"\n}\n'
        'resource "aws_iam_user_login_profile" "p" {\n  user = aws_iam_user.u.name\n}\n'
    )
    (user,), (profile,) = declared(found, User), declared(found, LoginProfile)
    assert written(user.name) == written(profile.user) == "ann"
    assert isinstance(profile.user, Known)
    assert profile.user.refers == (".", "aws_iam_user.u", "name")


def test_a_password_that_has_to_be_changed() -> None:
    body = 'user = "ann"\n'
    (kept,) = declared(block("aws_iam_user_login_profile", body), LoginProfile)
    body += "password_reset_required = true"
    (changed,) = declared(block("aws_iam_user_login_profile", body), LoginProfile)
    assert (written(kept.reset), written(changed.reset)) == (False, True)


def test_users_and_roles_may_be_bounded() -> None:
    (user,) = declared(block("aws_iam_user", 'permissions_boundary = "arn:b"'), User)
    (role,) = declared(block("aws_iam_role", 'permissions_boundary = "arn:b"'), Role)
    assert (written(user.boundary), written(role.boundary)) == ("arn:b", "arn:b")


def test_a_group() -> None:
    (group,) = declared(block("aws_iam_group", 'name = "staff"'), Group)
    assert written(group.name) == "staff"


def test_a_virtual_mfa_device_hands_its_seed_out() -> None:
    body = 'virtual_mfa_device_name = "ann"'
    (device,) = declared(block("aws_iam_virtual_mfa_device", body), MfaDevice)
    assert (written(device.name), device.exports) == (
        "ann",
        ("base_32_string_seed", "qr_code_png"),
    )


@pytest.mark.parametrize(
    "kind",
    [
        "aws_kms_external_key",
        "aws_kms_key",
        "aws_kms_key_policy",
        "aws_kms_replica_external_key",
        "aws_kms_replica_key",
    ],
)
def test_the_check_against_a_lockout_is_on_unless_bypassed(kind: str) -> None:
    (key,) = declared(block(kind, ""), LockoutCheck)
    body = f"bypass_policy_lockout_safety_check = true\npolicy = {POLICY}"
    (bypassed,) = declared(block(kind, body), LockoutCheck)
    (policy,) = declared(block(kind, body), AccessPolicy)
    assert (written(key.bypass), written(bypassed.bypass), policy.service) == (False, True, "kms")


@pytest.mark.parametrize(
    ("kind", "body", "holder", "name"),
    [
        ("aws_iam_user_policy", 'user = "a"', Holder.USER, "a"),
        ("aws_iam_group_policy", 'group = "a"', Holder.GROUP, "a"),
        ("aws_iam_role_policy", 'role = "a"', Holder.ROLE, "a"),
        ("aws_iam_policy", "", None, None),
    ],
)
def test_an_identity_policy_has_its_holder(
    kind: str, body: str, holder: Holder | None, name: str | None
) -> None:
    (found,) = declared(block(kind, f"{body}\npolicy = {POLICY}"), AccessPolicy)
    assert (found.kind, found.holder, written(found.holder_name)) == (
        PolicyKind.IDENTITY,
        holder,
        name,
    )
    assert found.document is not None
    assert len(found.document.statements) == 1


def test_the_policy_of_a_permission_set() -> None:
    body = f'permission_set_arn = "arn:ps"\ninline_policy = {POLICY}'
    (found,) = declared(block("aws_ssoadmin_permission_set_inline_policy", body), AccessPolicy)
    assert (found.holder, written(found.holder_name)) == (Holder.PERMISSION_SET, "arn:ps")


def test_a_policy_that_cannot_be_read_is_there_all_the_same() -> None:
    (found,) = declared(block("aws_iam_policy", 'policy = "no json"'), AccessPolicy)
    assert found.document is None
    assert found.hidden is not None
    assert found.hidden.why is Why.SYNTAX


def test_a_role_with_its_trust_its_inline_and_its_managed_policies() -> None:
    found = block(
        "aws_iam_role",
        f"""name = "r"
        assume_role_policy = {POLICY}
        managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
        inline_policy {{
          name   = "i"
          policy = {POLICY}
        }}""",
    )
    (role,) = declared(found, Role)
    policies = declared(found, AccessPolicy)
    (attached,) = declared(found, PolicyAttachment)
    assert written(role.name) == "r"
    assert [(each.kind, written(each.name)) for each in policies] == [
        (PolicyKind.TRUST, None),
        (PolicyKind.IDENTITY, "i"),
    ]
    assert written(attached.policy) == "arn:aws:iam::aws:policy/AdministratorAccess"


def test_a_name_prefix_begins_the_name() -> None:
    (role,) = declared(block("aws_iam_role", 'name_prefix = "ci-"'), Role)
    assert written(role.name) == "ci-{`aws_iam_role.x.name` is known after apply}"


@pytest.mark.parametrize(
    ("kind", "body", "holder"),
    [
        ("aws_iam_user_policy_attachment", 'user = "a"', Holder.USER),
        ("aws_iam_group_policy_attachment", 'group = "a"', Holder.GROUP),
        ("aws_iam_role_policy_attachment", 'role = "a"', Holder.ROLE),
    ],
)
def test_an_attachment_names_its_holder(kind: str, body: str, holder: Holder) -> None:
    (found,) = declared(block(kind, f'{body}\npolicy_arn = "arn:p"'), PolicyAttachment)
    assert (found.holder, written(found.holder_name), written(found.policy)) == (
        holder,
        "a",
        "arn:p",
    )


def test_an_attachment_to_many_is_one_for_each() -> None:
    body = 'policy_arn = "arn:p"\nusers = ["a", "b"]\ngroups = ["g"]\nroles = var.roles'
    found = declared(block("aws_iam_policy_attachment", body), PolicyAttachment)
    assert [(each.holder, written(each.holder_name)) for each in found] == [
        (Holder.USER, "a"),
        (Holder.USER, "b"),
        (Holder.GROUP, "g"),
        (Holder.ROLE, "?"),
    ]


def test_memberships_from_both_sides() -> None:
    by_user = block("aws_iam_user_group_membership", 'user = "u"\ngroups = ["g", "h"]')
    by_group = block("aws_iam_group_membership", 'group = "g"\nusers = ["u"]')
    found = declared(by_user, Membership) + declared(by_group, Membership)
    assert [(written(each.user), written(each.group)) for each in found] == [
        ("u", "g"),
        ("u", "h"),
        ("u", "g"),
    ]


def test_a_policy_of_a_queue_names_its_queue() -> None:
    body = f'queue_url = "https://q"\npolicy = {POLICY}'
    (found,) = declared(block("aws_sqs_queue_policy", body), AccessPolicy)
    assert (found.kind, written(found.target)) == (PolicyKind.RESOURCE, "https://q")


def test_an_unknown_policy_is_hidden_by_its_reason() -> None:
    (found,) = declared(block("aws_kms_key", "policy = var.policy"), AccessPolicy)
    assert isinstance(found.hidden, Unknown)
    assert found.hidden.why is Why.UNDECLARED
