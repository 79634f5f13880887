from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.policy import Condition, Statement
from rootlint.model.truth import Truth
from rootlint.reason.addresses import insiders, lets_nobody_in, outsiders, without_addresses
from tests.reason.policies import document

YES, NO = Truth.YES, Truth.NO


def statement(*ranges: str, operator: str = "NotIpAddress", key: str = "aws:SourceIp") -> Statement:
    return document({"Condition": {operator: {key: list(ranges)}}}).statements[0]


def condition(*ranges: str, operator: str = "NotIpAddress") -> Condition:
    return statement(*ranges, operator=operator).conditions[0]


def chosen(*ranges: str) -> list[str]:
    return [place.keys["aws:sourceip"][0] for place in outsiders(statement(*ranges))]


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([], ["198.51.100.23", "2001:db8::1"]),
        (["203.0.113.0/24"], ["198.51.100.23", "2001:db8::1"]),
        (["198.51.100.0/24"], ["198.51.99.255", "2001:db8::1"]),
        (["128.0.0.0/1"], ["1.0.0.1", "2001:db8::1"]),
        (["0.0.0.0/0", "::/0"], ["198.51.100.23", "2001:db8::1"]),
        (["not a range"], ["198.51.100.23", "2001:db8::1"]),
    ],
)
def test_who_is_outside(ranges: list[str], expected: list[str]) -> None:
    assert chosen(*ranges) == expected


@given(
    st.lists(st.ip_addresses(v=4).flatmap(lambda ip: st.integers(1, 32).map(lambda n: f"{ip}/{n}")))
)
def test_an_outsider_is_outside_of_every_range_if_there_is_one(ranges: list[str]) -> None:
    found = ipaddress.IPv4Address(chosen(*ranges)[0])
    networks = [ipaddress.IPv4Network(one, strict=False) for one in ranges]
    whole = [ipaddress.IPv4Network("0.0.0.0/0")]
    if list(ipaddress.collapse_addresses(networks)) != whole:
        assert not any(found in network for network in networks)


def test_who_is_inside() -> None:
    found = insiders(statement("203.0.113.0/24", "2001:db8::/32"))
    assert [place.name for place in found] == ["from 203.0.113.0", "from 2001:db8::"]


@pytest.mark.parametrize(
    ("ranges", "operator", "expected"),
    [
        (["10.0.0.0/8"], "NotIpAddress", YES),
        (["10.1.2.3", "192.168.0.0/24", "fd00::/64"], "NotIpAddress", YES),
        (["100.64.0.0/10", "169.254.0.0/16", "::1"], "NotIpAddressIfExists", YES),
        ([], "NotIpAddress", YES),
        (["0.0.0.0/0"], "NotIpAddress", NO),
        (["10.0.0.0/7"], "NotIpAddress", NO),
        (["10.0.0.0/8", "203.0.113.0/24"], "NotIpAddress", NO),
        (["10.0.0.0/8"], "IpAddress", NO),
        (["203.0.113.0/24"], "StringNotLike", YES),
        (["203.0.113.*"], "StringNotLike", NO),
        (["203.0.113.10"], "StringNotEquals", NO),
    ],
)
def test_whether_a_list_lets_anybody_in(ranges: list[str], operator: str, expected: Truth) -> None:
    assert lets_nobody_in(condition(*ranges, operator=operator)) is expected


def test_a_statement_without_its_addresses() -> None:
    both = document(
        {
            "Condition": {
                "IpAddress": {"AWS:SOURCEIP": "1.2.3.4"},
                "Bool": {"aws:ViaAWSService": "false"},
            }
        }
    ).statements[0]
    assert [found.key for found in without_addresses(both).conditions] == ["aws:ViaAWSService"]
