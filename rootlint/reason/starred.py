"""Texts with `*`, matched without regular expressions: no pattern makes it run long."""

from __future__ import annotations

from collections.abc import Sequence


def fits(pattern: str, value: str) -> bool:
    """Whether a value is the pattern, in which each `*` stands for any text, also for none."""
    return fits_parts(pattern.split("*"), value)


def fits_parts(parts: Sequence[str], value: str) -> bool:
    """Whether a value is these parts in this order with any text between them."""
    first, *rest = parts
    if not rest:
        return value == first
    last = rest.pop()
    if not value.startswith(first) or not value.endswith(last):
        return False
    at, end = len(first), len(value) - len(last)
    for part in rest:
        at = value.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return at <= end


def unescaped(pattern: str) -> list[str]:
    r"""The parts between the wildcards of a pattern in which what follows a `\` stands for itself."""
    parts = [""]
    letters = iter(pattern)
    for letter in letters:
        if letter == "*":
            parts.append("")
        elif letter == "\\":
            parts[-1] += next(letters, "")
        else:
            parts[-1] += letter
    return parts
