from rootlint.model.organization import (
    Account,
    Control,
    LandingZone,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
)
from rootlint.model.value import Unknown
from tests.cloudformation.reading import only, show


def one(kind: str, properties: str) -> str:
    return f"Resources:\n  It:\n    Type: {kind}\n    Properties: {properties}\n"


def test_organization() -> None:
    found = only(one("AWS::Organizations::Organization", "{}"), Organization)
    assert show(found.feature_set) == "ALL"
    assert (found.policy_types, found.trusted_services) == (None, None)


def test_unit_and_account() -> None:
    ou = only(
        one("AWS::Organizations::OrganizationalUnit", "{Name: w, ParentId: r-ab12}"),
        OrganizationalUnit,
    )
    assert (show(ou.name), show(ou.parent)) == ("w", "r-ab12")
    account = only(
        one(
            "AWS::Organizations::Account", "{AccountName: a, Email: a@x.example, ParentIds: [ou-1]}"
        ),
        Account,
    )
    assert (show(account.name), show(account.email), show(account.parent)) == (
        "a",
        "a@x.example",
        "ou-1",
    )


def test_an_account_without_a_parent() -> None:
    assert only(one("AWS::Organizations::Account", "{AccountName: a}"), Account).parent is None


def test_policy() -> None:
    found = only(
        one(
            "AWS::Organizations::Policy",
            "{Name: n, Type: SERVICE_CONTROL_POLICY, TargetIds: [r-ab12],"
            " Content: {Statement: {Effect: Deny, Action: '*', Resource: '*'}}}",
        ),
        OrganizationPolicy,
    )
    assert (show(found.type), show(found.name), show(found.targets)) == (
        "SERVICE_CONTROL_POLICY",
        "n",
        "[r-ab12]",
    )
    assert found.document is not None
    assert found.content is not None


def test_other_policies_have_no_statements() -> None:
    found = only(
        one("AWS::Organizations::Policy", "{Type: TAG_POLICY, Content: {tags: {}}}"),
        OrganizationPolicy,
    )
    assert (found.document, found.hidden, found.targets) == (None, None, None)


def test_a_policy_must_have_a_type() -> None:
    found = only(one("AWS::Organizations::Policy", "{Content: '{}'}"), OrganizationPolicy)
    assert isinstance(found.type, Unknown)


def test_control_tower() -> None:
    control = only(
        one(
            "AWS::ControlTower::EnabledControl",
            "{ControlIdentifier: c, TargetIdentifier: t, Parameters: [{Key: ExemptAssumeRoot, Value: true}]}",
        ),
        Control,
    )
    assert (show(control.identifier), show(control.target)) == ("c", "t")
    assert show(control.parameters) == "[{Key: ExemptAssumeRoot, Value: true}]"
    zone = only(one("AWS::ControlTower::LandingZone", "{Manifest: {a: 1}}"), LandingZone)
    assert show(zone.manifest) == "{a: 1}"
