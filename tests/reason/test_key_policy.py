from typing import Any

import pytest

from rootlint.model.truth import Truth
from rootlint.reason.key_policy import keepers
from tests.reason.policies import document

ACCOUNT = "arn:aws:iam::444455556666:root"
ROLE = "arn:aws:iam::444455556666:role/keys"


def kept(principal: Any, **statement: Any) -> tuple[Truth, int]:
    """Whether the account can change a key's policy, and how many users and roles are named."""
    body = {"Effect": "Allow", "Action": "kms:*", "Principal": principal, **statement}
    found = keepers(document(body))
    return found.account.truth, len(found.named)


@pytest.mark.parametrize("principal", [{"AWS": ACCOUNT}, {"AWS": "444455556666"}, "*"])
def test_the_account_is_trusted(principal: Any) -> None:
    assert kept(principal) == (Truth.YES, 0)


def test_a_role_alone_is_trusted() -> None:
    assert kept({"AWS": ROLE}) == (Truth.NO, 1)


def test_a_service_changes_no_policy() -> None:
    assert kept({"Service": "logs.amazonaws.com"}) == (Truth.NO, 0)


@pytest.mark.parametrize("action", ["kms:Decrypt", ["kms:Describe*", "kms:List*"]])
def test_other_actions_do_not_count(action: Any) -> None:
    assert kept({"AWS": ACCOUNT}, Action=action) == (Truth.NO, 0)


def test_a_condition_that_may_be_met_leaves_it_open() -> None:
    condition = {"StringEquals": {"kms:CallerAccount": "444455556666"}}
    assert kept("*", Condition=condition)[0] is Truth.UNKNOWN


def test_a_deny_takes_it_back() -> None:
    allow = {"Effect": "Allow", "Action": "kms:*", "Principal": {"AWS": ACCOUNT}}
    deny = {"Effect": "Deny", "Action": "kms:PutKeyPolicy", "Principal": "*"}
    assert keepers(document(allow, deny)).account.truth is Truth.NO
