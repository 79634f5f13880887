"""The seed of an MFA device lies in the state.

AWS returns the seed of a virtual MFA device once, when it is made. Terraform keeps the answer: whoever
reads the state or a plan computes the same codes as the device, for ever. That is no second factor. For
the root user it is worse, and a template cannot make one for root at all: a device is the root user's
only when the root user enrols it.

## Fix

Remove the resource, delete the device, and enrol a security key or a passkey by hand.
"""

from collections.abc import Iterator

from rootlint.check import (
    ROOT_DEVICE,
    ROOT_MFA,
    DeclaredProof,
    Door,
    Estate,
    Group,
    Known,
    MfaDevice,
    Outcome,
    Severity,
    Truth,
    Undecided,
    Violation,
    check,
    is_root_name,
    is_roots,
    names_root,
    printed,
    unknowns,
)

CALL = "iam:CreateVirtualMFADevice"


@check(
    MfaDevice,
    group=Group.MFA,
    severity=Severity.MEDIUM,
    since="0.1.0",
    refs=(
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_virtual_mfa_device",
    ),
    controls=ROOT_MFA,
)
def mfa_seed_in_state(device: MfaDevice, estate: Estate) -> Iterator[Outcome]:
    roots = is_roots(device)
    if roots is Truth.YES:
        yield _for_root(device)
    elif device.exports:
        yield _kept(device)
    elif roots is Truth.UNKNOWN:
        holes = (*unknowns(device.name), *unknowns(device.user))
        yield Undecided(device.resource.span, "is this the MFA device of the root user?", holes)
    for door in printed(device, estate):
        yield _printed(device, door)


def _kept(device: MfaDevice) -> Violation:
    return Violation(
        at=device.resource.span,
        seen="its seed is stored",
        message="the seed of an MFA device lies in the state",
        proof=_seed(device, "whoever reads the state has the device"),
        fix="enrol a security key or a passkey by hand",
        deciding=device.exports[0],
    )


def _printed(device: MfaDevice, door: Door) -> Violation:
    return Violation(
        at=door.value.span,
        seen="prints the seed",
        message=f"output `{door.name}` prints the seed of an MFA device",
        proof=_seed(device, f"output `{door.name}` shows it in every plan and apply"),
        fix="remove the output",
        severity=Severity.HIGH,
        deciding=f"output {door.name}",
    )


def _seed(device: MfaDevice, told: str) -> DeclaredProof:
    exports = device.exports
    return DeclaredProof(
        CALL,
        "Base32StringSeed",
        Known(exports[0], device.resource.span),
        holds=lambda attribute: attribute in exports,
        told=(f"→ {told}",),
        shown=f"→ {' and '.join(exports)} are kept",
    )


def _for_root(device: MfaDevice) -> Violation:
    by_user = device.user is not None and names_root(device.user) is Truth.YES
    at = device.user if by_user else device.name
    assert at is not None
    return Violation(
        at=at.span,
        seen="is the root user's",
        message="an MFA device for the root user is made by code",
        proof=DeclaredProof(
            CALL,
            "UserName" if by_user else "VirtualMFADeviceName",
            at,
            holds=is_root_name if by_user else ROOT_DEVICE.__eq__,
            told=("→ a device of that name; root's own is enrolled by root alone",),
        ),
        fix="enrol a security key or a passkey by hand, signed in as root",
        severity=Severity.HIGH,
        deciding="root",
    )
