"""The names that a text may refer to, found without parsing it: each with the name behind its dot."""

from __future__ import annotations

import re

Dotted = frozenset[tuple[str, str]]
_DOT = re.compile(r"\.\s*([^\W\d][\w-]*)")
_NO_NAME = "-0123456789"


def dotted(text: str, start: int, end: int) -> Dotted | None:
    """Every `first.second` in a stretch of a text; None where a comment may stand between the two."""
    if text.find("/*", start, end) >= 0:
        return None
    found = _DOT.finditer(text, start, end)
    pairs = ((_before(text, start, each.start()), each[1]) for each in found)
    return frozenset(pair for pair in pairs if pair[0])


def _before(text: str, start: int, end: int) -> str:
    """The name at the end of a stretch, or ""; blanks may follow it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    at = end
    while at > start and (text[at - 1].isalnum() or text[at - 1] in "_-"):
        at -= 1
    return text[at:end].lstrip(_NO_NAME)
