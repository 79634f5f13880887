"""Alternatives: a function of values of which some are not decided, in each scenario for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rootlint.model.value import Choice, Known, Map, Option, Unknown, Value, Why
from rootlint.source import Span

MOST_ALTERNATIVES = 64

Values = tuple[Value | None, ...]


def spread(
    values: Sequence[Value | None], build: Callable[[Values], Value | None], span: Span
) -> Value | None:
    """What `build` makes of the values in each scenario. Choices on one condition go together."""
    budget = [MOST_ALTERNATIVES]
    return _spread(tuple(values), build, span, budget)


def _spread(
    values: Values, build: Callable[[Values], Value | None], span: Span, budget: list[int]
) -> Value | None:
    first = next((value for value in values if isinstance(value, Choice)), None)
    if first is None:
        return build(values)
    budget[0] -= len(first.options)
    if budget[0] < 0:
        return Unknown(Why.LIMIT, f"more than {MOST_ALTERNATIVES} alternatives", span)
    options = [
        Option(when, _spread(tuple(_settle(values, when)), build, span, budget))
        for when, _ in first.options
    ]
    return choice(options, first.because, span)


def _settle(values: Values, when: str) -> Iterator[Value | None]:
    """The values in a scenario; a choice that does not know it stays one."""
    for value in values:
        if isinstance(value, Choice) and any(option.when == when for option in value.options):
            yield next(option.value for option in value.options if option.when == when)
        else:
            yield value


def choice(options: Sequence[Option], because: Unknown, span: Span) -> Value | None:
    """Alternatives; None where the property is written in none of them."""
    if all(option.value is None for option in options):
        return None
    return Choice(tuple(options), because, span)


def each(value: Value | None, change: Callable[[Value], Value | None]) -> Value | None:
    """A value, changed; of a choice, every alternative."""
    if not isinstance(value, Choice):
        return change(value) if value is not None else None
    return spread((value,), lambda settled: settled[0] and change(settled[0]), value.span)


def as_map(value: Value | None, span: Span) -> Map:
    """A map, also where only its alternatives are maps: then its entries are the alternatives."""
    if value is None or (isinstance(value, Known) and value.value is None):
        return Map({}, span)
    if isinstance(value, Map):
        return value
    if not isinstance(value, Choice):
        rest = value if isinstance(value, Unknown) else None
        return Map({}, span, rest or Unknown(Why.BROKEN, "this is no map", value.span))
    maps = [Option(when, as_map(option, span)) for when, option in value.options]
    return _merged(maps, value)


def _merged(maps: list[Option], decided: Choice) -> Map:
    found = [(when, option) for when, option in maps if isinstance(option, Map)]
    names = {name: None for _, option in found for name in option.entries}
    entries = {}
    for name in names:
        options = [Option(when, option.get(name)) for when, option in found]
        value = choice(options, decided.because, decided.span)
        if value is not None:
            entries[name] = value
    rest = next((option.rest for _, option in found if option.rest), None)
    keys = {name: span for _, option in reversed(found) for name, span in option.keys.items()}
    return Map(entries, decided.span, rest, keys)
