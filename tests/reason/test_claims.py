import pytest

from rootlint.reason.claims import claims_root_deny


@pytest.mark.parametrize(
    "name",
    [
        "deny-root",
        "DenyRootUser",
        "deny_root_account",
        "DENY_ROOT_USER",
        "denyRootPrincipal",
        "Restrict root",
        "BlockRootAccess",
        "denyRootPolicy",
        "Denies the ability to use the AWS account root user (https://docs.aws.amazon.com)",
        "scp-prevent-use-of-root",
        "deny-root.json",
        "Deny all actions by root users",
    ],
)
def test_names_that_promise_to_deny_root(name: str) -> None:
    assert claims_root_deny(name.removesuffix(".json"))


@pytest.mark.parametrize(
    "name",
    [
        "root_scp",
        "root-ou",
        "RootPolicies",
        "lz_root_policies",
        "deny-root-ou",
        "DenyRootVolumeDeletion",
        "deny-non-root",
        "block public access at root",
        "deny_leave_org_root",
        "root user may deny nothing",
        "prevent-rootkit",
        "denied",
        "root",
        "",
    ],
)
def test_names_that_do_not(name: str) -> None:
    assert not claims_root_deny(name)
