from rootlint.model.organization import (
    Account,
    Control,
    LandingZone,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
    RootFeatures,
)
from rootlint.model.value import Known
from tests.terraform.reading import declared, unit, written

ORGANIZATION = 'resource "aws_organizations_organization" "o" {\n%s\n}\n'


def test_an_organization_has_all_features_and_no_policy_type_unless_written() -> None:
    (found,) = declared(unit(ORGANIZATION % ""), Organization)
    shown = (
        written(found.feature_set),
        written(found.policy_types),
        written(found.trusted_services),
    )
    assert shown == ("ALL", [], [])


def test_an_organization_as_written() -> None:
    body = 'enabled_policy_types = ["SERVICE_CONTROL_POLICY"]\nfeature_set = var.set'
    (found,) = declared(unit(ORGANIZATION % body), Organization)
    assert (written(found.feature_set), written(found.policy_types)) == (
        "?",
        ["SERVICE_CONTROL_POLICY"],
    )


def test_units_and_accounts_keep_their_parents() -> None:
    found = unit(
        ORGANIZATION % ""
        + """
resource "aws_organizations_organizational_unit" "ou" {
  name      = "prod"
  parent_id = aws_organizations_organization.o.roots[0].id
}
resource "aws_organizations_account" "a" {
  name      = "a"
  email     = "a@example.com"
  parent_id = aws_organizations_organizational_unit.ou.id
}
"""
    )
    (part,), (account,) = declared(found, OrganizationalUnit), declared(found, Account)
    assert part.parent is not None
    assert getattr(part.parent, "refers")[:2] == (".", "aws_organizations_organization.o")  # noqa: B009 - not every value has one
    assert getattr(account.parent, "refers")[1] == "aws_organizations_organizational_unit.ou"  # noqa: B009 - likewise


def test_a_policy_without_a_type_is_a_service_control_policy() -> None:
    found = unit(
        'resource "aws_organizations_policy" "p" {\n  name = "deny"\n'
        '  content = jsonencode({ Statement = { Effect = "Deny", Action = "*" } })\n}\n'
        'resource "aws_organizations_policy_attachment" "a" {\n'
        '  policy_id = aws_organizations_policy.p.id\n  target_id = "r-1"\n}\n'
    )
    (policy,) = declared(found, OrganizationPolicy)
    (attached,) = declared(found, OrganizationPolicyAttachment)
    assert written(policy.type) == "SERVICE_CONTROL_POLICY"
    assert policy.document is not None
    assert getattr(attached.policy, "refers")[1] == "aws_organizations_policy.p"  # noqa: B009 - not every value has one


def test_a_tag_policy_is_no_document_of_statements() -> None:
    text = 'resource "aws_organizations_policy" "p" {\n  type = "TAG_POLICY"\n  content = "{}"\n}\n'
    (policy,) = declared(unit(text), OrganizationPolicy)
    assert (policy.document, policy.hidden, written(policy.content)) == (None, None, "{}")


def test_the_parameter_of_a_control_is_decoded() -> None:
    text = """
resource "aws_controltower_control" "c" {
  control_identifier = "arn:aws:controltower:us-east-1::control/AWS-GR_RESTRICT_ROOT_USER"
  target_identifier  = "arn:ou"
  parameters {
    key   = "ExemptAssumeRoot"
    value = jsonencode(true)
  }
}
"""
    (control,) = declared(unit(text), Control)
    assert written(control.parameters) == [{"Key": "ExemptAssumeRoot", "Value": True}]


def test_landing_zone_and_root_features() -> None:
    found = unit(
        'resource "aws_controltower_landing_zone" "z" {\n  manifest_json = "{}"\n}\n'
        'resource "aws_iam_organizations_features" "f" {\n'
        '  enabled_features = ["RootSessions"]\n}\n'
    )
    (zone,), (features,) = declared(found, LandingZone), declared(found, RootFeatures)
    assert isinstance(zone.manifest, Known)
    assert written(features.features) == ["RootSessions"]
