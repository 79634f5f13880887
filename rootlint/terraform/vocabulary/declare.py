"""A resource of Terraform → what it declares, in the words of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.model.resource import Resource
from rootlint.model.unit import Declared
from rootlint.terraform.vocabulary import kinds
from rootlint.terraform.vocabulary.written import Reader


def declared(resource: Resource) -> Iterator[Declared]:
    """Everything that a resource declares; a service's vocabulary is loaded when it is first met."""
    reader = _readers(resource.kind).get(resource.kind)
    if reader is not None:
        yield from reader(resource)
    if "provisioner" in resource.body.entries:
        from rootlint.terraform.vocabulary.scripts import provisioned

        yield from provisioned(resource)


def _readers(kind: str) -> Mapping[str, Reader]:  # noqa: PLR0911 - one line for each service
    if kind in kinds.IDENTITY:
        from rootlint.terraform.vocabulary import identity

        return identity.READERS
    if kind in kinds.ORGANIZATION:
        from rootlint.terraform.vocabulary import organization

        return organization.READERS
    if kind in kinds.TRAIL:
        from rootlint.terraform.vocabulary import trail

        return trail.READERS
    if kind in kinds.ALARM:
        from rootlint.terraform.vocabulary import alarm

        return alarm.READERS
    if kind in kinds.NOTIFY:
        from rootlint.terraform.vocabulary import notify

        return notify.READERS
    if kind in kinds.RESOURCE_POLICY:
        from rootlint.terraform.vocabulary import resource_policy

        return resource_policy.READERS
    if kind in kinds.SCRIPT:
        from rootlint.terraform.vocabulary import scripts

        return scripts.READERS
    return {}
