"""A resource of CloudFormation → what it declares, in the words of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rootlint.cloudformation.resources import Written
from rootlint.cloudformation.vocabulary import kinds
from rootlint.cloudformation.vocabulary.written import Reader
from rootlint.model.unit import Declared


def is_known(kind: str) -> bool:
    return kind in kinds.RELEVANT


def declared(written: Written) -> Iterator[Declared]:
    """Everything that a resource declares; a service's vocabulary is loaded when it is first met."""
    kind = written.resource.kind
    reader = _readers(kind).get(kind)
    if reader is not None:
        yield from reader(written)
    if "Metadata" in written.node.entries:
        from rootlint.cloudformation.vocabulary.scripts import initialized

        yield from initialized(written)


def _readers(kind: str) -> Mapping[str, Reader]:  # noqa: PLR0911 - one line for each service
    if kind in kinds.IDENTITY:
        from rootlint.cloudformation.vocabulary import identity

        return identity.READERS
    if kind in kinds.ORGANIZATION:
        from rootlint.cloudformation.vocabulary import organization

        return organization.READERS
    if kind in kinds.TRAIL:
        from rootlint.cloudformation.vocabulary import trail

        return trail.READERS
    if kind in kinds.ALARM:
        from rootlint.cloudformation.vocabulary import alarm

        return alarm.READERS
    if kind in kinds.NOTIFY:
        from rootlint.cloudformation.vocabulary import notify

        return notify.READERS
    if kind in kinds.RESOURCE_POLICY:
        from rootlint.cloudformation.vocabulary import resource_policy

        return resource_policy.READERS
    if kind in kinds.SCRIPT:
        from rootlint.cloudformation.vocabulary import scripts

        return scripts.READERS
    return {}
