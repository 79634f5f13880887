"""A resource of Terraform → what it declares, in the words of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.terraform.vocabulary import kinds
from rootlint.terraform.vocabulary.written import Reader

_SERVICES = {
    "account": kinds.ACCOUNT,
    "alarm": kinds.ALARM,
    "config": kinds.CONFIG,
    "credentials": kinds.CREDENTIALS,
    "detective": kinds.DETECTIVE,
    "identity": kinds.IDENTITY,
    "notify": kinds.NOTIFY,
    "organization": kinds.ORGANIZATION,
    "resource_policy": kinds.RESOURCE_POLICY,
    "scripts": kinds.SCRIPT,
    "security_hub": kinds.SECURITY_HUB,
    "trail": kinds.TRAIL,
}


def declared(resource: Resource) -> Iterator[Declared]:
    """Everything that a resource declares; a service's vocabulary is loaded when it is first met."""
    reader = _readers(resource.kind).get(resource.kind)
    if reader is not None:
        yield from reader(resource)
    if "provisioner" in resource.body.entries:
        from rootlint.terraform.vocabulary.scripts import provisioned

        yield from provisioned(resource)


def _readers(kind: str) -> Mapping[str, Reader]:
    for service, known in _SERVICES.items():
        if kind in known:
            module = import_module(f"rootlint.terraform.vocabulary.{service}")
            readers: Mapping[str, Reader] = module.READERS
            return readers
    return {}
