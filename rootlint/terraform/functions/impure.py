"""Functions whose result nobody can know beforehand, or that only the key's owner can."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Function, Site

_REASONS = {
    "base64gzip": "`base64gzip` compresses: its bytes are those of one implementation",
    "bcrypt": "`bcrypt` salts its result anew each time",
    "issensitive": "`issensitive`: what is marked as sensitive is not followed",
    "plantimestamp": "`plantimestamp` is the time of the plan",
    "rsadecrypt": "`rsadecrypt` opens a secret",
    "timestamp": "`timestamp` is the time of the run",
    "uuid": "`uuid` is made anew each time",
}


def _unknown(reason: str, site: Site, _args: Args) -> Value:
    return Unknown(Why.FUNCTION, reason, site.span)


FUNCTIONS: Mapping[str, Function] = {
    name: Function(partial(_unknown, reason), 0, None, spread=False)
    for name, reason in _REASONS.items()
}
