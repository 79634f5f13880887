"""The names that a text may refer to, found without parsing it: each with the name behind its dot."""

from __future__ import annotations

import re

Dotted = frozenset[tuple[str, str]]
# Each run of such characters is tried once: a long one must not cost its square.
_PAIR = re.compile(r"(?<![\w-])([\w-]+)\s*\.\s*(?=([\w-]+))")
_NO_NAME = "-0123456789"


def dotted(text: str, start: int, end: int) -> Dotted | None:
    """Every `first.second` in a stretch of a text; None where a comment may stand between the two."""
    if text.find("/*", start, end) >= 0:
        return None
    pairs = _PAIR.findall(text, start, end)
    return frozenset((first.lstrip(_NO_NAME), second) for first, second in pairs)
