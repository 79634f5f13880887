"""Where a trail delivers to: what the project declares, names, or leaves to others."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePosixPath

from rootlint.model.estate import Estate
from rootlint.model.read import text
from rootlint.model.resource import Resource
from rootlint.model.truth import Truth, any_of
from rootlint.model.value import Known, Value
from rootlint.model.watch import LogGroup, Trail


class Delivery(Enum):
    """DECLARED: the project owns what is delivered. NAMED: a bucket by a literal name. FOREIGN: others' own."""

    DECLARED = "declared"
    NAMED = "named"
    FOREIGN = "foreign"


def delivery(trail: Trail, estate: Estate) -> Delivery:
    """Whose the trail's records are: the log group decides, without one the bucket."""
    by = trail.resource
    if trail.log_group is not None:
        groups = estate.target(trail.log_group, LogGroup, by)
        own = any_of(link.holds for link in groups) is Truth.YES
        return Delivery.DECLARED if own else Delivery.FOREIGN
    if trail.bucket is None:
        return Delivery.FOREIGN
    if _declared(trail.bucket, by, estate):
        return Delivery.DECLARED
    return Delivery.NAMED if isinstance(trail.bucket, Known) else Delivery.FOREIGN


def _declared(bucket: Value, by: Resource, estate: Estate) -> bool:
    refers = getattr(bucket, "refers", None)
    name = text(bucket)
    return any(
        (refers is not None and refers.address == found.address)
        or (name is not None and name == _bucket_name(found))
        for found in estate.resources(by.unit)
    )


def _bucket_name(resource: Resource) -> str | None:
    return text(resource.body.get("bucket") or resource.body.get("BucketName"))


def shown_by_example(resource: Resource) -> bool:
    """Whether a resource is that of a module, called by an example that lies within its own folder."""
    module = PurePosixPath(resource.span.path).parent
    return bool(resource.calls) and module in PurePosixPath(resource.unit).parents
