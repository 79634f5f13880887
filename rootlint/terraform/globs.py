"""The patterns of `fileset`: https://developer.hashicorp.com/terraform/language/functions/fileset."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"(?P<deep>(?<![^/])\*\*(?:/|\Z))|(?P<star>\*+)|(?P<one>\?)|\\(?P<escaped>.)"
    r"|\[(?P<not>[!^]?)(?P<class>[^\]/\\]+)\]|(?P<mark>[{},])|(?P<other>[^\\\[])",
    re.DOTALL,
)
_LONGEST = 200


@lru_cache(maxsize=64)
def pattern(glob: str) -> re.Pattern[str] | None:
    """An expression that a path must match wholly; None for a pattern that is not followed.

    `*` and `?` stay within a folder, `**/` spans folders, `{a,b}` is one of several.
    """
    if len(glob) > _LONGEST:
        return None
    parts, at, depth = [], 0, 0
    while at < len(glob):
        found = _TOKEN.match(glob, at)
        if found is None:
            return None
        at = found.end()
        mark = found["mark"]
        depth += (mark == "{") - (mark == "}")
        if depth < 0:
            return None
        parts.append(_part(found, inside=depth > 0))
    return re.compile("".join(parts), re.DOTALL) if depth == 0 else None


def _part(found: re.Match[str], *, inside: bool) -> str:
    match found.lastgroup:
        case "deep":
            return "(?:[^/]+/)*" if found[0].endswith("/") else ".*"
        case "star":
            return "[^/]*"
        case "one":
            return "[^/]"
        case "class":
            return f"[{'^/' if found['not'] else ''}{re.escape(found['class']).replace(chr(92) + '-', '-')}]"
        case "mark":
            return {"{": "(?:", "}": ")"}.get(found[0], "|" if inside else ",")
        case _:
            return re.escape(found["escaped"] or found["other"])
