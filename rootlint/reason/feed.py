"""Which log groups the trails of the code feed, and which a filter reads instead."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.estate import Estate
from rootlint.model.identity import AccessPolicy
from rootlint.model.policy import PolicyKind
from rootlint.model.read import text
from rootlint.model.remember import remembered
from rootlint.model.same import unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Unknown, Value
from rootlint.model.watch import LogGroup, Trail
from rootlint.reason.answer import Request
from rootlint.reason.iam import allows
from rootlint.reason.watch import Watch

_STANDARD = "STANDARD"
_CLOUDTRAIL = Request(
    "sts:AssumeRole", "arn:aws:iam::111122223333:role/trail", "cloudtrail.amazonaws.com", {}
)


def read_group(watch: Watch) -> LogGroup | None:
    """The log group of the code that a filter reads for certain."""
    return next((link.thing for link in watch.groups if link.holds is Truth.YES), None)


@remembered
def delivering(estate: Estate) -> tuple[Trail, ...]:
    """The trails that deliver to a log group, whichever."""
    return tuple(trail for trail in estate.every(Trail) if not _is_empty(trail.log_group))


def _is_empty(group: Value | None) -> bool:
    return group is None or (isinstance(group, Known) and group.value in {None, ""})


def takes_filters(group: LogGroup) -> Truth:
    """Whether a log group of that class takes filters: only those of the standard class do.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
    """
    if group.group_class is None:
        return Truth.YES
    written = text(group.group_class)
    return Truth.UNKNOWN if written is None else Truth.of(written.upper() == _STANDARD)


def for_cloudtrail(estate: Estate, group: LogGroup) -> bool:
    """Whether a log group seems to be meant for CloudTrail: by its name, or by a role in its unit."""
    name = (text(group.name) or "").lower()
    return "cloudtrail" in name or any(_delivers(x) for x in _trusts(estate, group))


def _trusts(estate: Estate, group: LogGroup) -> Iterator[AccessPolicy]:
    for found in estate.every(AccessPolicy):
        if found.kind is PolicyKind.TRUST and found.resource.unit == group.resource.unit:
            yield found


def _delivers(trust: AccessPolicy) -> bool:
    if trust.document is None:
        return False
    return allows(trust.document, _CLOUDTRAIL).truth is Truth.YES


def hides_feed(estate: Estate, watch: Watch, group: LogGroup) -> tuple[Unknown, ...]:
    """What may feed the log group of a filter out of our sight."""
    unit = watch.thing.resource.unit
    found = (*estate.hidden(group.resource), *estate.opaque(unit), *_names(group))
    return tuple(dict.fromkeys(found))


def _names(group: LogGroup) -> tuple[Unknown, ...]:
    return tuple(unknowns(group.name)) if group.name is not None else ()
