from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.estate import Estate
from rootlint.model.organization import (
    Account,
    Organization,
    OrganizationalUnit,
    OrganizationPolicy,
    OrganizationPolicyAttachment,
)
from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Unit
from rootlint.model.value import Choice, Known, List, Map, Option, Reference, Unknown, Value, Why
from rootlint.reason.binding import (
    attached,
    covers_root,
    is_management_account,
    is_organization_root,
    targets,
)
from rootlint.source import Span
from tests.embedded.making import hole

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
SPAN = Span("main.tf", 0, 1)
TYPE = Known("SERVICE_CONTROL_POLICY", SPAN)


def resource(address: str, exists: Truth = YES) -> Resource:
    because = hole("var.on") if exists is UNKNOWN else None
    return Resource(
        "org", address, address.partition(".")[0], Map({}, SPAN), SPAN, SPAN, exists, because
    )


def refer(address: str, attribute: str = "id") -> Unknown:
    refers = Reference("org", address, attribute)
    return Unknown(Why.ATTRIBUTE, f"`{address}` is known after apply", SPAN, refers)


def known(text: str) -> Known:
    return Known(text, SPAN)


POLICY = refer("p.deny")
ROOT = refer("o.main", "roots[0].id")


def policy(own: Value | None = None) -> OrganizationPolicy:
    return OrganizationPolicy(resource("p.deny"), TYPE, None, targets=own)


def attachment(
    target: Value | None, to: Value = POLICY, exists: Truth = YES
) -> OrganizationPolicyAttachment:
    return OrganizationPolicyAttachment(resource("a.one", exists), to, target)


def estate(*things: Declared, **unit: Any) -> Estate:
    organization = Organization(resource("o.main"))
    units = OrganizationalUnit(resource("u.prod"), known("prod"))
    account = Account(resource("m.shop"), known("shop"))
    declared: tuple[Declared, ...] = (organization, units, account, *things)
    resources = tuple(thing.resource for thing in declared)
    return Estate([Unit("org", declared, resources, **unit)])


@pytest.mark.parametrize(
    ("own", "attachments", "bound", "covers"),
    [
        (None, [], NO, NO),
        (List((), SPAN), [], NO, NO),
        (List((ROOT,), SPAN), [], YES, YES),
        (List((refer("u.prod"),), SPAN), [], YES, NO),
        (List((hole(),), SPAN), [], YES, UNKNOWN),
        (List((), SPAN, rest=hole()), [], UNKNOWN, UNKNOWN),
        (hole(), [], UNKNOWN, UNKNOWN),
        (None, [attachment(ROOT)], YES, YES),
        (None, [attachment(known("r-ab12"))], YES, YES),
        (None, [attachment(known("ou-ab12-11111111"))], YES, NO),
        (None, [attachment(known("111122223333"))], YES, NO),
        (None, [attachment(refer("m.shop"))], YES, NO),
        (None, [attachment(ROOT, to=refer("p.other"))], UNKNOWN, UNKNOWN),
        (None, [attachment(ROOT, exists=UNKNOWN)], UNKNOWN, UNKNOWN),
        (None, [attachment(ROOT, exists=NO)], NO, NO),
        (None, [attachment(ROOT, to=hole())], UNKNOWN, UNKNOWN),
    ],
)
def test_what_a_policy_is_attached_to(
    own: Value | None,
    attachments: list[OrganizationPolicyAttachment],
    bound: Truth,
    covers: Truth,
) -> None:
    deny = policy(own)
    read = estate(deny, *attachments)
    assert attached(deny, read).truth is bound
    assert covers_root(deny, read).truth is covers


def test_another_policys_attachment_does_not_count() -> None:
    deny, other = policy(), OrganizationPolicy(resource("p.other"), TYPE, None)
    read = estate(deny, other, attachment(ROOT, to=refer("p.other")))
    assert attached(deny, read).truth is NO


def test_a_target_that_may_be_left_out_binds_perhaps() -> None:
    options = (Option("in production", ROOT), Option("else", None))
    deny = policy(List((Choice(options, hole(), SPAN),), SPAN))
    assert attached(deny, estate(deny)).truth is UNKNOWN


def test_a_policy_that_others_receive_may_be_attached_there() -> None:
    deny = policy()
    found = attached(deny, estate(deny, doors=(Door("id", POLICY),)))
    assert found.truth is UNKNOWN
    assert [one.why for one in found.unknowns] == [Why.OUTPUT]


def test_a_module_that_is_not_on_disk_may_attach_it() -> None:
    deny = policy()
    spots = (BlindSpot(hole("module.attach"), frozenset({"p.deny"})),)
    found = attached(deny, estate(deny, blind_spots=spots))
    assert (found.truth, found.unknowns) == (UNKNOWN, (hole("module.attach"),))


def test_an_attachment_that_may_not_exist_says_why() -> None:
    deny = policy()
    found = attached(deny, estate(deny, attachment(ROOT, exists=UNKNOWN)))
    assert hole("var.on") in found.unknowns


def test_a_target_says_where_it_is_written() -> None:
    deny, one = policy(), attachment(ROOT)
    found = targets(deny, estate(deny, one))
    assert [(target.value, target.by.address) for target in found.values] == [(ROOT, "a.one")]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (refer("data.o.main", "roots"), YES),
        (refer("Org", "RootId"), YES),
        (known("r-examplerootid111"), YES),
        (known("r-"), NO),
        (refer("m.shop"), NO),
        (hole(), UNKNOWN),
        (Choice((Option("a", ROOT), Option("b", known("r-ab12"))), hole(), SPAN), YES),
        (Choice((Option("a", ROOT), Option("b", None)), hole(), SPAN), UNKNOWN),
    ],
)
def test_the_root_of_an_organization(value: Value, wanted: Truth) -> None:
    assert is_organization_root(value, estate()) is wanted


def test_the_account_that_owns_the_organization() -> None:
    by, own = resource("a.one"), hole("the account's id", "account")
    code = estate(Organization(resource("o.main"), owner=own))
    assert is_management_account(refer("o.main", "master_account_id"), by, code) is YES
    assert is_management_account(own, by, code) is YES
    assert is_management_account(own, by, estate()) is UNKNOWN
    assert is_management_account(known("111122223333"), by, code) is UNKNOWN
    assert is_management_account(ROOT, by, code) is NO
