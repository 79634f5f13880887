from __future__ import annotations

from typing import Any

import pytest

from rootlint.model.estate import Estate
from rootlint.model.organization import Account, Organization, OrganizationalUnit
from rootlint.model.truth import Truth
from rootlint.model.unit import Declared, Unit
from rootlint.model.value import Value, Why
from rootlint.reason.tree import members, path, reaches
from tests.embedded.making import hole
from tests.reason.making import refers, resource, value

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
ROOT = refers("org", "roots[0].id")


def unit(address: str, parent: Any) -> OrganizationalUnit:
    return OrganizationalUnit(resource(address), value(address), value(parent))


PROD = unit("prod", ROOT)
SHOP = unit("shop", refers("prod", "id"))
LOST = unit("lost", hole())
TILL = Account(resource("till"), value("till"), None, refers("shop", "id"))
AUDIT = Account(resource("audit"), value("audit"))
STRAY = Account(resource("stray"), value("stray"), None, refers("lost", "id"))


def estate(*more: OrganizationalUnit) -> Estate:
    things: tuple[Declared, ...] = (
        Organization(resource("org")),
        PROD,
        SHOP,
        LOST,
        TILL,
        AUDIT,
        STRAY,
        *more,
    )
    return Estate((Unit("main", things, tuple(thing.resource for thing in things)),))


def test_the_way_up() -> None:
    found = path(TILL, estate())
    assert [member.resource.address for member in found.members] == ["till", "shop", "prod"]
    assert not found.hidden


def test_an_account_without_a_parent_lies_in_the_root() -> None:
    assert path(AUDIT, estate()) == ((AUDIT,), ())


def test_a_unit_without_a_parent_lies_in_the_root() -> None:
    top = OrganizationalUnit(resource("top"), value("top"))
    assert path(top, estate(top)) == ((top,), ())


def test_a_way_that_is_not_known() -> None:
    found = path(STRAY, estate())
    assert [why.why for why in found.hidden] == [Why.VARIABLE]


def test_units_that_lie_in_one_another() -> None:
    one, other = unit("one", refers("other", "id")), unit("other", refers("one", "id"))
    found = path(one, estate(one, other))
    assert [why.why for why in found.hidden] == [Why.LIMIT]


@pytest.mark.parametrize(
    ("target", "member", "expected"),
    [
        (ROOT, TILL, YES),
        (ROOT, STRAY, YES),
        (refers("prod", "id"), TILL, YES),
        (refers("till", "id"), TILL, YES),
        (refers("prod", "id"), AUDIT, NO),
        (refers("till", "id"), AUDIT, NO),
        (refers("prod", "id"), STRAY, UNKNOWN),
        (value("ou-ab12-11111111"), TILL, UNKNOWN),
        (value("111122223333"), AUDIT, UNKNOWN),
        (hole(), AUDIT, UNKNOWN),
    ],
)
def test_what_a_target_reaches(target: Value, member: Any, expected: Truth) -> None:
    code = estate()
    assert reaches(target, path(member, code), code) is expected


def test_members_of_a_unit_of_code() -> None:
    assert len(members("main", estate())) == 6
    assert not members("elsewhere", estate())
