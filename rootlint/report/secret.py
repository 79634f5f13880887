"""Credentials in what is shown: they are found by their shape, and masked."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ACCESS_KEY = r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])"
_FORTY = r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"
_SHAPES = re.compile(f"({_ACCESS_KEY})|{_FORTY}")
_NEEDS = (re.compile("[0-9]"), re.compile("[a-z]"), re.compile("[A-Z]"))


def secrets(text: str) -> Iterator[tuple[int, int]]:
    """The part of each credential that is not to be seen: all but its ends.

    An access key id keeps four characters at either end, a secret key two. Forty characters without
    a digit, a capital or a small letter are a path or a hash, and no secret key.
    """
    for found in _SHAPES.finditer(text):
        if found[1]:
            yield found.start() + 4, found.end() - 4
        elif all(kind.search(found[0]) for kind in _NEEDS):
            yield found.start() + 2, found.end() - 2


def mask(text: str) -> str:
    """The text with an ellipsis for what is not to be seen: `AKIA…MPLE`."""
    for start, end in reversed(list(secrets(text))):
        text = f"{text[:start]}\N{HORIZONTAL ELLIPSIS}{text[end:]}"
    return text
