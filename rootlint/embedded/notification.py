"""The event pattern of a User Notifications rule: its fields and what narrows them, put together."""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.embedded.json_text import parse_json
from rootlint.model.value import Encoded, List, Map, Unknown, Value
from rootlint.source import Span


def notification_pattern(
    fields: Mapping[str, Value | None], narrowed: Value | None, span: Span
) -> Encoded:
    """The pattern that wants these fields, and what the pattern `narrowed` wants besides.

    https://docs.aws.amazon.com/notifications/latest/APIReference/API_CreateEventRule.html
    """
    entries: dict[str, Value] = {
        name: List((value,), value.span) for name, value in fields.items() if value is not None
    }
    inner = parse_json(narrowed) if narrowed is not None else None
    rest = None
    if isinstance(inner, Map):
        entries.update(inner.entries)
        rest = inner.rest
    elif isinstance(inner, Unknown):
        rest = inner
    return Encoded(Map(entries, span, rest), span)
