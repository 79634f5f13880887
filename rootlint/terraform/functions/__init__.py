"""The pure functions of Terraform, by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from importlib import import_module

from rootlint.model.value import Unknown, Value, Why
from rootlint.terraform.functions.arguments import Args, Function, Site, each_option
from rootlint.terraform.operators import hidden
from rootlint.terraform.values import Failed, failed, first_unknown, type_unknown, wholly_known

__all__ = ["Site", "call", "doubt", "effort", "names", "open_call", "reasons"]
_ANY_NUMBER = frozenset(("concat", "merge", "setunion"))


# The kinds, the more used ones first: a kind is loaded when no earlier one has the function.
_KINDS = (
    *("encoding", "string", "lists", "collection", "maps", "sets", "types", "files"),
    *("numeric", "patterns", "network", "digest", "dates", "yaml", "impure"),
)


def _kind(name: str) -> Mapping[str, Function]:
    found: Mapping[str, Function] = import_module(f"{__name__}.{name}").FUNCTIONS
    return found


@lru_cache(maxsize=512)
def _function(name: str) -> Function | None:
    return next((kind[name] for kind in map(_kind, _KINDS) if name in kind), None)


def names() -> tuple[str, ...]:
    """The functions that are evaluated, in alphabetical order; `try` and `can` among them."""
    return tuple(sorted({"can", "try"}.union(*map(_kind, _KINDS))))


def reasons() -> Mapping[str, str]:
    """Why the result of some of them is not known, by name."""
    from rootlint.terraform.functions.impure import REASONS

    return REASONS


def call(name: str, args: Args, site: Site) -> Value:
    """The value of a call; unknown for a reason, or `Failed`, where it has none."""
    function = _function(name.removeprefix("core::"))
    if function is None:
        return Unknown(Why.FUNCTION, f"`{name}` is not evaluated", site.span)
    if len(args) < function.least or (function.most is not None and len(args) > function.most):
        return failed(f"`{name}` takes another number of arguments", site.span)
    broken = next((arg for arg in args if isinstance(arg, Failed)), None)
    if broken is not None:
        return broken
    if function.spread:
        return each_option(args, partial(function.work, site), site.span)
    return function.work(site, args)


def open_call(name: str, args: Args, rest: Value, site: Site) -> Value:
    """A call with more arguments than are known, given as `list...`."""
    if isinstance(rest, Unknown) and name in _ANY_NUMBER:
        return call(name, (*args, rest), site)
    hole = rest if isinstance(rest, Unknown) else first_unknown(rest)
    return hidden(hole) if hole is not None else failed("not a list of arguments", site.span)


def effort(name: str) -> int:
    """How many steps a call is worth beside the size of its values."""
    function = _function(name)
    return function.effort if function else 0


def doubt(name: str, args: Sequence[Value]) -> Unknown | None:
    """The unknown argument, or one of an unknown type, that may make a call fail."""
    function = _function(name)
    if function is not None and function.safe:
        return None
    hole = next(filter(None, map(first_unknown, args)), None)
    untold = next((arg for arg in args if hole is None and not wholly_known(arg)), None)
    return hole if untold is None else type_unknown(untold.span)
