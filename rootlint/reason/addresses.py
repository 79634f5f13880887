"""Allow-lists of addresses in a guardrail: who is outside of them, and whom they can ever let in."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from rootlint.model.policy import Condition, Statement
from rootlint.model.read import text
from rootlint.model.truth import Truth, all_of
from rootlint.model.value import Value
from rootlint.reason.intent import conditions_on
from rootlint.reason.operators import operator
from rootlint.reason.root import FOREIGN, FOREIGN_IPV6, Address, address

SOURCE = frozenset({"aws:sourceip"})
VPC_SOURCE = frozenset({"aws:vpcsourceip"})
KEYS = SOURCE | VPC_SOURCE
VPC_KEYS = VPC_SOURCE | {"aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpceaccount"}
# Addresses that no request arrives from at AWS's public endpoints.
# https://www.iana.org/assignments/iana-ipv4-special-registry
_NEVER_PUBLIC = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)

_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def without_addresses(statement: Statement) -> Statement:
    """A statement without its conditions on addresses."""
    kept = tuple(found for found in statement.conditions if found.key.lower() not in KEYS)
    return replace(statement, conditions=kept)


def outsiders(statement: Statement) -> tuple[Address, ...]:
    """An IPv4 and an IPv6 address outside of every range that a statement lists.

    Where its ranges hold all addresses of a version, any one of them.
    """
    listed = tuple(networks(conditions_on(statement, SOURCE)))
    return tuple(_outside(listed, usual) for usual in (FOREIGN, FOREIGN_IPV6))


def insiders(statement: Statement) -> Iterator[Address]:
    """The first address of each range that a statement lists."""
    for network in networks(conditions_on(statement, SOURCE)):
        yield address(str(network[0]))


def networks(conditions: Iterable[Condition]) -> Iterator[Network]:
    """The ranges that conditions list, as far as they are known."""
    for condition in conditions:
        for value in condition.values.items:
            found = _network(text(value) or "")
            if found is not None:
                yield found


def lets_nobody_in(condition: Condition) -> Truth:
    """Whether no public address is in the list of a condition that denies all others.

    Its ranges are all private, it has none, or it compares ranges as texts.
    """
    meant = operator(condition.operator)
    if meant is None or not meant.negated:
        return Truth.NO
    reaches = _is_private if meant.name == "NotIpAddress" else _is_range
    shut = all_of(_holds(reaches, value) for value in condition.values.items)
    return shut if condition.values.rest is None else shut & Truth.UNKNOWN


def _holds(test: Callable[[str], bool], value: Value) -> Truth:
    written = text(value)
    return Truth.UNKNOWN if written is None else Truth.of(test(written))


def _outside(listed: tuple[Network, ...], usual: Address) -> Address:
    first = ipaddress.ip_address(usual.keys["aws:sourceip"][0])
    own = [found for found in listed if found.version == first.version]
    beside = [near for network in own for near in _neighbours(network)]
    public = (found for found in (*beside, *_everywhere(first.version)) if found.is_global)
    tried = chain((first,), public, beside)
    free = (found for found in tried if not any(found in network for network in own))
    return address(str(next(free, first)))


def _neighbours(network: Network) -> Iterator[_Ip]:
    """The address before a range, and the one behind it."""
    first, last = int(network[0]), int(network[-1])
    make = type(network[0])
    if first:
        yield make(first - 1)
    if last + 1 < 1 << network.max_prefixlen:
        yield make(last + 1)


def _everywhere(version: int) -> Iterator[_Ip]:
    """Addresses all over the public space of a version."""
    if version == 4:
        return (ipaddress.IPv4Address((block << 24) + 1) for block in range(1, 224))
    return (ipaddress.IPv6Address((block << 112) + 1) for block in range(0x2400, 0x2E00))


def _is_range(written: str) -> bool:
    return "/" in written and _network(written) is not None


def _is_private(written: str) -> bool:
    network = _network(written)
    return network is not None and any(_within(network, block) for block in _blocks())


def _within(network: Network, block: Network) -> bool:
    same = network.version == block.version
    return same and int(block[0]) <= int(network[0]) <= int(network[-1]) <= int(block[-1])


@cache
def _blocks() -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(block) for block in _NEVER_PUBLIC)


def _network(written: str) -> Network | None:
    try:
        return ipaddress.ip_network(written, strict=False)
    except ValueError:
        return None
