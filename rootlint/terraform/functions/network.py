"""Functions of IP networks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rootlint.model.value import Value
from rootlint.terraform.functions.arguments import Args, Fails, Function, Site, text, whole
from rootlint.terraform.types import STRING
from rootlint.terraform.values import ListOf, known

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

_LEADING_ZEROS = re.compile(r"(?<![0-9a-fA-F:])0+(?=[0-9])")
_MOST_BITS = 32


def _network(value: Value) -> IPv4Network | IPv6Network:
    import ipaddress

    written = text(value)
    address, slash, bits = written.partition("/")
    if not slash or not (bits.isascii() and bits.isdigit()):
        raise Fails("not a network")
    if ":" not in address:  # Terraform still reads `010` as ten
        address = _LEADING_ZEROS.sub("", address)
    try:
        return ipaddress.ip_network(f"{address}/{bits}", strict=False)
    except ValueError as problem:
        raise Fails("not a network") from problem


def _cidrhost(site: Site, args: Args) -> Value:
    network, host = _network(args[0]), whole(args[1])
    size = network.num_addresses
    if not -size <= host < size:
        raise Fails("no such host")
    return known(str(network[host]), site.span)


def _cidrnetmask(site: Site, args: Args) -> Value:
    network = _network(args[0])
    if network.version != 4:
        raise Fails("not an IPv4 network")
    return known(str(network.netmask), site.span)


def _subnet(network: IPv4Network | IPv6Network, bits: int, number: int) -> str:
    import ipaddress

    length = network.prefixlen + bits
    if not bits >= 0 or length > network.max_prefixlen or not 0 <= number < 1 << bits:
        raise Fails("no such subnet")
    first = int(network.network_address) + (number << (network.max_prefixlen - length))
    address = ipaddress.IPv4Address if network.version == 4 else ipaddress.IPv6Address
    return f"{address(first)}/{length}"


def _cidrsubnet(site: Site, args: Args) -> Value:
    found = _subnet(_network(args[0]), whole(args[1]), whole(args[2]))
    return known(found, site.span)


def _cidrsubnets(site: Site, args: Args) -> Value:
    """Subnets one after the other, each at the next place that its size allows."""
    network = _network(args[0])
    start, made = int(network.network_address), []
    end = start + network.num_addresses
    for arg in args[1:]:
        bits = whole(arg)
        if not 1 <= bits <= _MOST_BITS or network.prefixlen + bits > network.max_prefixlen:
            raise Fails("no such subnet")
        size = 1 << (network.max_prefixlen - network.prefixlen - bits)
        start = -(-start // size) * size
        if start + size > end:
            raise Fails("not enough room")
        number = (start - int(network.network_address)) // size
        made.append(known(_subnet(network, bits, number), site.span))
        start += size
    return ListOf(tuple(made), site.span, of=STRING)


FUNCTIONS: Mapping[str, Function] = {
    "cidrhost": Function(_cidrhost, 2, 2),
    "cidrnetmask": Function(_cidrnetmask, 1, 1),
    "cidrsubnet": Function(_cidrsubnet, 3, 3),
    "cidrsubnets": Function(_cidrsubnets, 1, None),
}
