"""A resource of CloudFormation → what it declares, in the words of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary import kinds
from rootlint.cloudformation.vocabulary.written import Reader
from rootlint.model.unit import Declared

_SERVICES = {
    "account": kinds.ACCOUNT,
    "alarm": kinds.ALARM,
    "config": kinds.CONFIG,
    "credentials": kinds.CREDENTIALS,
    "detective": kinds.DETECTIVE,
    "identity": kinds.IDENTITY,
    "notify": kinds.NOTIFY,
    "org_formation": kinds.ORG_FORMATION,
    "organization": kinds.ORGANIZATION,
    "resource_policy": kinds.RESOURCE_POLICY,
    "scripts": kinds.SCRIPT,
    "security_hub": kinds.SECURITY_HUB,
    "trail": kinds.TRAIL,
}


def is_known(kind: str) -> bool:
    return kind in kinds.KNOWN


def declared(written: Written) -> Iterator[Declared]:
    """Everything that a resource declares; a service's vocabulary is loaded when it is first met."""
    reader = reader_of(written.resource.kind)
    if reader is not None:
        yield from reader(written)
    if "Metadata" in written.node.entries:
        from rootlint.cloudformation.vocabulary.scripts import initialized

        yield from initialized(written)


@cache
def reader_of(kind: str) -> Reader | None:
    """What reads resources of a kind; None for a kind that only passes by."""
    for service, known in _SERVICES.items():
        if kind in known:
            module = import_module(f"rootlint.cloudformation.vocabulary.{service}")
            readers: Mapping[str, Reader] = module.READERS
            return readers.get(kind)
    return None
