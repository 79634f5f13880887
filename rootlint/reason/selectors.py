"""Why the selectors of a trail leave an event out: the part of one that decides, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.read import elements, flag, text
from rootlint.model.truth import Truth
from rootlint.model.value import Map, Value
from rootlint.model.watch import Trail
from rootlint.reason.events import RootEvent
from rootlint.reason.trail import field_of, takes_field
from rootlint.source import Span

_CALLS = {True: "reading", False: "writing"}


class Refusal(NamedTuple):
    """The part of a selector that does not take an event, in words, and its place."""

    reason: str
    span: Span


def refusal(trail: Trail, event: RootEvent) -> Refusal | None:
    """The first part of a selector that leaves the event out; None where there is none for certain."""
    basic = (_basic(x, event) for x in elements(trail.event_selectors)[0])
    advanced = (_advanced(x, event) for x in elements(trail.advanced_event_selectors)[0])
    return next((found for parts in (basic, advanced) for found in parts if found), None)


def _basic(selector: Value, event: RootEvent) -> Refusal | None:
    if not isinstance(selector, Map):
        return None
    management = selector.get("IncludeManagementEvents")
    if management is not None and flag(management) is Truth.NO:
        return Refusal("the selector takes no management events", management.span)
    wanted = selector.get("ReadWriteType")
    kind = _CALLS[event.record["readOnly"]]
    if wanted is not None and text(wanted) in {"ReadOnly", "WriteOnly"}:
        return Refusal(f"the selector is {text(wanted)}, the event is a {kind} call", wanted.span)
    return None


def _advanced(selector: Value, event: RootEvent) -> Refusal | None:
    fields = elements(selector.get("FieldSelectors"))[0] if isinstance(selector, Map) else ()
    for found in fields:
        if isinstance(found, Map) and takes_field(found, event.record) is Truth.NO:
            name = text(found.get("Field")) or ""
            has = field_of(event.record, name) or "not there"
            at = next(_conditions(found), found)
            return Refusal(f"the selector leaves out `{name}` {has}", at.span)
    return None


def _conditions(selector: Map) -> Iterator[Value]:
    """What a field selector compares with; a plan has an empty list for each operator that is not written."""
    entries = selector.entries.items()
    return (value for name, value in entries if name != "Field" and elements(value) != ((), None))
