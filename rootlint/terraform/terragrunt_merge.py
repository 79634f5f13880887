"""How Terragrunt puts the inputs of a file over those of a file that it includes.

https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#include: shallow takes each input of the
nearer file whole; deep goes into maps, and puts lists one after the other.
"""

from __future__ import annotations

from rootlint.model.value import Choice, Known, List, Map, Unknown, Value, Why

_EMPTY = ("", 0, False, None)


def merged(above: Value | None, near: Value | None, *, deep: bool) -> Map | None:
    """The inputs of two files; None where neither has any. What may be hidden is in `rest`."""
    if above is None and near is None:
        return None
    far, own = _inputs(above), _inputs(near)
    if far is None or own is None:
        return own or far
    return _maps(far, own, deep=deep)


def _inputs(value: Value | None) -> Map | None:
    """Inputs are a map; of any other value nothing is known."""
    if value is None or isinstance(value, Map):
        return value
    hidden = value if isinstance(value, Unknown) else None
    said = Unknown(Why.VARIABLE, "inputs of Terragrunt are not known", value.span)
    return Map({}, value.span, hidden or said)


def _maps(far: Map, own: Map, *, deep: bool) -> Map:
    kept: dict[str, Value] = dict(far.entries)
    if own.rest is not None:  # any of them may be replaced
        kept = dict.fromkeys(kept, own.rest)
    for name, value in own.entries.items():
        before = far.entries.get(name)
        kept[name] = _deep(before, value) if deep and before is not None else value
    return Map(kept, own.span, own.rest or far.rest, {**far.keys, **own.keys})


def _deep(far: Value, own: Value) -> Value:
    match far, own:
        case Map(), Map():
            return _maps(far, own, deep=True)
        case List(), List():
            return List((*far.items, *own.items), own.span, far.rest or own.rest)
        case (Known(), Known()) if own.value not in _EMPTY:
            return own
        case _:
            said = "how Terragrunt merges these values is not worked out"
            hole = own.because if isinstance(own, Choice) else own
            return hole if isinstance(hole, Unknown) else Unknown(Why.UNSPECIFIED, said, own.span)
