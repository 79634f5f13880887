"""Functions whose result nobody can know beforehand, or that only the key's owner can."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Function, Site

REASONS: Mapping[str, str] = {
    "base64gzip": "its bytes are those of one implementation of compression",
    "bcrypt": "it salts its result anew each time",
    "issensitive": "what is marked as sensitive is not followed",
    "plantimestamp": "it is the time of the plan",
    "rsadecrypt": "it opens a secret",
    "timestamp": "it is the time of the run",
    "uuid": "it is made anew each time",
}


def _unknown(name: str, site: Site, _args: Args) -> Value:
    return Unknown(Why.FUNCTION, f"`{name}`: {REASONS[name]}", site.span)


FUNCTIONS: Mapping[str, Function] = {
    name: Function(partial(_unknown, name), 0, None, spread=False) for name in REASONS
}
