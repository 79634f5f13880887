from rootlint.model.estate import Estate
from rootlint.model.organization import (
    Account,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
)
from rootlint.model.truth import Truth
from rootlint.reason.binding import attached, covers_root
from tests.cloudformation.reading import declared, only, show, unit

TEXT = """
AWSTemplateFormatVersion: '2010-09-09-OC'
Organization:
  Owner:
    Type: OC::ORG::MasterAccount
    Properties: {AccountName: owner, ServiceControlPolicies: !Ref Loose}
  Root:
    Type: OC::ORG::OrganizationRoot
    Properties: {ServiceControlPolicies: [!Ref Guard]}
  Outer:
    Type: OC::ORG::OrganizationalUnit
    Properties: {OrganizationalUnitName: outer, OrganizationalUnits: !Ref Inner}
  Inner:
    Type: OC::ORG::OrganizationalUnit
    Properties:
      OrganizationalUnitName: inner
      Accounts: [!Ref Member]
      ServiceControlPolicies: !Ref Local
  Member:
    Type: OC::ORG::Account
    Properties: {AccountName: member, RootEmail: root@corp.example}
  Guard:
    Type: OC::ORG::ServiceControlPolicy
    Properties: {PolicyName: guard, PolicyDocument: {Statement: [{Effect: Deny}]}}
  Local:
    Type: OC::ORG::ServiceControlPolicy
    Properties: {PolicyName: local, PolicyDocument: {Statement: []}}
  Loose:
    Type: OC::ORG::ServiceControlPolicy
    Properties: {PolicyName: loose, PolicyDocument: {Statement: []}}
  Unused:
    Type: OC::ORG::ServiceControlPolicy
    Properties: {PolicyName: unused}
"""


def policy(name: str) -> OrganizationPolicy:
    (found,) = (
        found for found in declared(TEXT, OrganizationPolicy) if found.resource.address == name
    )
    return found


def test_an_organization_has_all_features() -> None:
    assert show(only(TEXT, Organization).feature_set) == "ALL"


def test_units_and_accounts_know_what_holds_them() -> None:
    estate = Estate((unit(TEXT),))
    outer, inner = declared(TEXT, OrganizationalUnit)
    account = only(TEXT, Account)
    assert (show(account.name), show(account.email)) == ("member", "root@corp.example")
    assert estate.denotes(account.parent, inner) is Truth.YES
    assert estate.denotes(inner.parent, outer) is Truth.YES
    assert (show(inner.name), outer.parent) == ("inner", None)


def test_policies_are_attached_where_they_are_listed() -> None:
    estate = Estate((unit(TEXT),))
    assert len(declared(TEXT, OrganizationPolicyAttachment)) == 3
    assert covers_root(policy("Guard"), estate).truth is Truth.YES
    assert covers_root(policy("Local"), estate).truth is Truth.NO
    assert attached(policy("Local"), estate).truth is Truth.YES
    assert attached(policy("Unused"), estate).truth is Truth.NO


def test_a_policy_is_read_with_its_document() -> None:
    guard = policy("Guard")
    assert (show(guard.type), show(guard.name)) == ("SERVICE_CONTROL_POLICY", "guard")
    assert guard.document is not None
    assert policy("Unused").document is None


def test_a_resource_with_nothing_below_its_properties_has_none() -> None:
    text = TEXT.replace("Properties: {ServiceControlPolicies: [!Ref Guard]}", "Properties:")
    made = unit(text)
    (root,) = (x for x in made.resources if x.kind == "OC::ORG::OrganizationRoot")
    assert not root.body.entries
    assert root.body.rest is None
