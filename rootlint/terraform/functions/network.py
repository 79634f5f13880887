"""Functions of networks: https://developer.hashicorp.com/terraform/language/functions/cidrsubnet and its neighbours."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping

from rootlint.model.value import List, Value
from rootlint.terraform.functions.arguments import Args, Fails, Function, Site, text, whole
from rootlint.terraform.values import known

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(value: Value) -> _Network:
    """A network argument; Terraform clears its host bits."""
    written = text(value)
    if "/" not in written:
        raise Fails(f"`{written[:40]}` is no network")
    try:
        return ipaddress.ip_network(written, strict=False)
    except ValueError:
        raise Fails(f"`{written[:40]}` is no network") from None


def _cidrhost(site: Site, args: Args) -> Value:
    network, number = _network(args[0]), whole(args[1])
    size = network.num_addresses
    if not -size <= number < size:
        raise Fails(f"the network has no host {number}")
    return known(str(network[number]), site.span)


def _cidrnetmask(site: Site, args: Args) -> Value:
    network = _network(args[0])
    if network.version == 6:
        raise Fails("an IPv6 network has no netmask")
    return known(str(network.netmask), site.span)


def _cidrsubnet(site: Site, args: Args) -> Value:
    network, bits, number = _network(args[0]), whole(args[1]), whole(args[2])
    return known(str(_subnet(network, bits, number)), site.span)


def _subnet(network: _Network, bits: int, number: int) -> _Network:
    prefix = network.prefixlen + bits
    if bits < 0 or prefix > network.max_prefixlen or not 0 <= number < 1 << bits:
        raise Fails(f"the network has no such subnet: {bits} bits, number {number}")
    start = int(network.network_address) + (number << (network.max_prefixlen - prefix))
    return ipaddress.ip_network((start, prefix))


def _cidrsubnets(site: Site, args: Args) -> Value:
    sizes = [whole(arg) for arg in args[1:]]
    found = _allotted(_network(args[0]), sizes)
    return List(tuple(known(str(subnet), site.span) for subnet in found), site.span)


def _allotted(network: _Network, sizes: list[int]) -> Iterator[_Network]:
    """Subnets one after the other, each beginning where its size lets it."""
    at, end = int(network.network_address), int(network.broadcast_address)
    for bits in sizes:
        prefix = network.prefixlen + bits
        if bits < 1 or prefix > network.max_prefixlen:
            raise Fails(f"the network has no subnet of {bits} more bits")
        size = 1 << (network.max_prefixlen - prefix)
        at = -(-at // size) * size
        if at + size - 1 > end:
            raise Fails("the network has no room for all subnets")
        yield ipaddress.ip_network((at, prefix))
        at += size


FUNCTIONS: Mapping[str, Function] = {
    "cidrhost": Function(_cidrhost, 2, 2),
    "cidrnetmask": Function(_cidrnetmask, 1, 1),
    "cidrsubnet": Function(_cidrsubnet, 3, 3),
    "cidrsubnets": Function(_cidrsubnets, 2, None),
}
