"""The steps of a reference: `.name`, `[key]` and splats, on values that may not be known."""

from __future__ import annotations

from rootlint.model.value import Choice, Known, List, Map, Option, Reference, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.convert import show, to_number
from rootlint.terraform.operators import hidden
from rootlint.terraform.values import (
    Failed,
    Loose,
    Set,
    Tuple,
    certain,
    choose,
    failed,
    may_be_absent,
    over,
    referred,
    renamed,
    unsure,
    why_unknown,
    with_reference,
)

_MOST_CANDIDATES = 8


def attribute(value: Value, name: str, span: Span) -> Value:
    """`value.name`; `span` is where that is written.

    What is read of a resource refers to that resource and attribute.
    """

    def work(values: tuple[Value, ...]) -> Value:
        return _attribute(values[0], name, span)

    return over((value,), work, span)


def _attribute(value: Value, name: str, span: Span) -> Value:
    match value:
        case Map():
            return _entry(value, name, f".{name}", span)
        case List() if value.refers and value.refers.attribute and len(value.items) == 1:
            return _attribute(value.items[0], name, span)  # a block that is written once
        case Unknown():
            return _of_unknown(value, f".{name}")
        case _:
            return failed(f"there is no attribute `{name}`", span)


def _of_unknown(value: Unknown, step: str) -> Unknown:
    """A part of an unknown: unknown for the same reason."""
    if isinstance(value, Failed):
        return value
    return Unknown(value.why, value.detail, value.span, renamed(value.refers, step))


def _entry(value: Map, name: str, step: str, span: Span) -> Value:
    """The entry of that name. An argument of a resource that names another one goes on naming it."""
    refers = renamed(value.refers, step)
    refer = referred if value.refers and not value.refers.attribute else with_reference
    entry = value.entries.get(name)
    if entry is not None and not may_be_absent(entry):
        return refer(entry, refers)
    absent = _absent_entry(value, name, refers, span)
    if not isinstance(entry, Choice):
        return absent
    options = tuple(
        Option(option.when, absent if option.value is None else option.value)
        for option in entry.options
    )
    return refer(choose(options, entry.because, entry.span), refers)


def _absent_entry(value: Map, name: str, refers: Reference | None, span: Span) -> Value:
    if value.rest is None:
        return failed(f"there is no attribute `{name}`", span)
    if refers is None or value.rest.why is not Why.ATTRIBUTE:
        return Unknown(value.rest.why, value.rest.detail, value.rest.span, refers)
    detail = f"{refers.address}.{refers.attribute} is known after apply"
    return Unknown(Why.ATTRIBUTE, detail, span, refers)


def index(value: Value, key: Value, span: Span) -> Value:
    """`value[key]`."""

    def work(values: tuple[Value, ...]) -> Value:
        return _index(values[0], values[1], span)

    return over((value, key), work, span)


def _index(value: Value, key: Value, span: Span) -> Value:
    if isinstance(value, Failed) or isinstance(key, Failed):
        return value if isinstance(value, Failed) else key
    if isinstance(value, Unknown):
        step = f"[{show(key.value)}]" if isinstance(key, Known) else ""
        return _of_unknown(value, step) if step else hidden(value)
    if not isinstance(key, Known):
        return _some(value, key, span)
    if isinstance(value, Map):
        return _by_key(value, key, span)
    if isinstance(value, List):
        return _at(value, key, span)
    return failed("value has no elements", span)


def _some(value: Value, key: Value, span: Span) -> Value:
    """The element at a place that is not known: one of few, or unknown."""
    hole = why_unknown(key)
    if hole is None or not isinstance(value, List | Map):
        return failed("not an index", span)
    if value.rest is None and isinstance(value, Map):
        found = [(f"`{name}`", entry) for name, entry in value.entries.items()]
    elif value.rest is None and isinstance(value, List) and certain(value):
        found = [(str(place), item) for place, item in enumerate(value.items)]
    else:
        found = []
    if not found or len(found) > _MOST_CANDIDATES or any(may_be_absent(v) for _, v in found):
        return hidden(hole)
    options = [Option(f"when the index is {place}", item) for place, item in found]
    return choose(options, hidden(hole), span)


def _by_key(value: Map, key: Known, span: Span) -> Value:
    if key.value is None:
        return failed("null is no key", span)
    name = show(key.value)
    step = f".{name}" if value.refers and not value.refers.attribute else f'["{name}"]'
    return _entry(value, name, step, span)


def _at(value: List, key: Known, span: Span) -> Value:
    place = to_number(key)
    if isinstance(place, Unknown) or place < 0 or int(place) != place:
        return failed("not an index", span)
    if isinstance(value, Set) and certain(value):
        return failed("elements of a set have no index", span)
    return at(value, int(place), span)


def at(value: List, place: int, span: Span) -> Value:
    """The element at a place from 0 on; `Failed` where there is certainly none."""
    sure = not isinstance(value, Loose | Set) and place < len(value.items)
    if sure and not any(may_be_absent(item) for item in value.items[: place + 1]):
        item = value.items[place]
        if value.refers is None or not value.refers.attribute:
            return item
        return referred(item, renamed(value.refers, f"[{place}]"))
    if certain(value) and place >= len(value.items):
        return failed(f"there is no element {place}", span)
    hole = unsure(value)
    if value.rest is not None and not value.items and hole.refers:
        return hole
    return hidden(hole)


def listed(value: Value, span: Span) -> Value:
    """What a splat walks: a list as it is, null as an empty list, anything else as its one element."""
    if isinstance(value, List | Failed):
        return value
    if isinstance(value, Unknown):
        return List((), value.span, rest=value)
    if isinstance(value, Known) and value.value is None:
        return Tuple((), span)
    return Tuple((value,), value.span)
