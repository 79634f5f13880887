"""Where the seed of a virtual MFA device goes, and whether it is the root user's."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.estate import Estate
from rootlint.model.identity import MfaDevice
from rootlint.model.read import flag, text
from rootlint.model.resource import Door
from rootlint.model.same import references
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Text, Unknown
from rootlint.reason.names import names_root

# The name that the console gives the root user's device:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html
ROOT_DEVICE = "root-account-mfa-device"


def is_roots(device: MfaDevice) -> Truth:
    """Whether a device is made for the root user: by its name, or by whose it is."""
    return any_of((_named(device), Truth.NO if device.user is None else names_root(device.user)))


def _named(device: MfaDevice) -> Truth:
    name = text(device.name)
    if name is None and isinstance(device.name, Text | Unknown):
        return Truth.UNKNOWN
    return Truth.of(name == ROOT_DEVICE)


def printed(device: MfaDevice, estate: Estate) -> Iterator[Door]:
    """The outputs that print a device's seed."""
    unit, address = device.resource.unit, device.resource.address
    for door in estate.doors(unit):
        seeds = (
            found
            for found in references(door.value)
            if (found.unit, found.address) == (unit, address) and found.attribute in device.exports
        )
        if any(seeds) and flag(door.masked, default=False) is Truth.NO:
            yield door
