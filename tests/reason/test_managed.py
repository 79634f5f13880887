import pytest

from rootlint.model.truth import Truth
from rootlint.model.value import Known, Text, Unknown, Why
from rootlint.reason.iam import allows, denies
from rootlint.reason.managed import managed
from rootlint.reason.root import people_without_mfa
from rootlint.source import Span

SPAN = Span("main.tf", 0, 10)


def known(name: str) -> Known:
    return Known(f"arn:aws:iam::aws:policy/{name}", SPAN)


@pytest.mark.parametrize(
    ("name", "action", "allowed"),
    [
        ("AdministratorAccess", "iam:CreateUser", Truth.YES),
        ("PowerUserAccess", "ec2:RunInstances", Truth.YES),
        ("PowerUserAccess", "iam:CreateUser", Truth.NO),
        ("PowerUserAccess", "iam:ListRoles", Truth.YES),
        ("IAMFullAccess", "iam:CreateUser", Truth.YES),
        ("IAMFullAccess", "ec2:RunInstances", Truth.NO),
    ],
)
def test_the_documents_allow_what_aws_says(name: str, action: str, allowed: Truth) -> None:
    found = managed(known(name))
    assert found is not None
    assert found.document is not None
    request = people_without_mfa(action, "*")[0]
    assert allows(found.document, request).truth is allowed
    assert denies(found.document, request).truth is Truth.NO


def test_what_is_read_only_makes_no_administrator() -> None:
    found = managed(known("job-function/ViewOnlyAccess"))
    assert found is not None
    assert (found.document, found.modest, found.denies) == (None, True, False)


def test_the_quarantine_of_leaked_keys_denies() -> None:
    found = managed(known("AWSCompromisedKeyQuarantineV3"))
    assert found is not None
    assert found.denies


def test_any_partition_will_do() -> None:
    hole = Unknown(Why.PSEUDO, "the partition", SPAN, shape="partition")
    found = managed(Text(("arn:", hole, ":iam::aws:policy/AdministratorAccess"), SPAN))
    assert found is not None
    assert found.name == "AdministratorAccess"


@pytest.mark.parametrize(
    "arn", ["arn:aws:iam::111122223333:policy/AdministratorAccess", "AdministratorAccess"]
)
def test_a_policy_of_the_customer_is_no_policy_of_aws(arn: str) -> None:
    assert managed(Known(arn, SPAN)) is None


def test_a_name_with_a_hole_is_not_known() -> None:
    hole = Unknown(Why.VARIABLE, "var.name", SPAN)
    assert managed(Text(("arn:aws:iam::aws:policy/", hole), SPAN)) is None
