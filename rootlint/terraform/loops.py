"""`for` expressions, `%{ for }` directives and splats, also over what is known in part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, Protocol

from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Known, List, Map, Option, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.convert import joined, to_text, to_truth
from rootlint.terraform.objects import ObjectMaker
from rootlint.terraform.operators import hidden
from rootlint.terraform.steps import listed
from rootlint.terraform.syntax import Expression, ForExpr, Part, Splat, Step, TemplateFor
from rootlint.terraform.values import (
    MOST_ITEMS,
    Failed,
    ListOf,
    Object,
    Set,
    Tuple,
    certain,
    choose,
    entries_of,
    failed,
    first_unknown,
    known,
    leaves,
    like,
    may_be_absent,
    over,
    perhaps,
)

Names = Mapping[str, Value]
"""The names that a `for` or a dynamic block binds."""


class Evaluator(Protocol):
    """What is needed of the evaluator."""

    def value(self, expr: Expression, names: Names) -> Value: ...
    def text(self, parts: tuple[Part, ...], names: Names, span: Span) -> Value: ...
    def walk(self, value: Value, path: tuple[Step, ...], names: Names) -> Value: ...
    def doubt(self, hole: Unknown | None) -> None: ...
    def spend(self, steps: int) -> bool: ...


class Element(NamedTuple):
    """One element with its key."""

    key: Value
    value: Value


def elements(value: List | Map) -> Iterator[Element]:
    """The elements in Terraform's order, without the rest."""
    if isinstance(value, Map):
        for name, entry in entries_of(value).items():
            yield Element(known(name, value.keys.get(name, entry.span)), entry)
    else:
        yield from _of_list(value)


def _of_list(value: List) -> Iterator[Element]:
    # Where it may be a set its keys may be its elements.
    sure = isinstance(value, Tuple | ListOf)
    for place, item in enumerate(value.items):
        sure = sure and not may_be_absent(item)
        if isinstance(value, Set):
            yield Element(item, item)
        elif sure:
            yield Element(Known(place, item.span), item)
        else:
            hole = value.rest or first_unknown(value)
            yield Element(hole or Unknown(Why.FUNCTION, "place is not known", item.span), item)


def mapped(evaluator: Evaluator, expr: ForExpr, names: Names) -> Value:
    """The list or object that a `for` expression makes."""
    source = evaluator.value(expr.source, names)

    def work(values: tuple[Value, ...]) -> Value:
        found = values[0]
        if isinstance(found, Unknown):
            evaluator.doubt(found)
            found = found if isinstance(found, Failed) else List((), expr.span, rest=found)
        if not isinstance(found, List | Map):
            return found if isinstance(found, Failed) else failed("nothing to walk", expr.span)
        return _Loop(evaluator, expr, names).run(found)

    if isinstance(source, Choice):
        evaluator.doubt(source.because)
    return over((source,), work, expr.span)


class _Loop:
    """One `for` expression at work."""

    def __init__(self, evaluator: Evaluator, expr: ForExpr, names: Names) -> None:
        self._evaluator = evaluator
        self._expr = expr
        self._names = names

    def run(self, source: List | Map) -> Value:
        if len(source.items if isinstance(source, List) else source.entries) > MOST_ITEMS:
            return Unknown(Why.LIMIT, "too many elements", self._expr.span)
        if self._expr.result_key is None:
            return self._list(source)
        return self._grouped(source) if self._expr.grouping else self._object(source)

    def _list(self, source: List | Map) -> Value:
        items: list[Value] = []
        for element in elements(source):
            item = self._item(element, self._expr.value)
            if isinstance(item, Failed):
                return item
            if item is not None:
                items.append(item)
        return self._like(source, items)

    def _like(self, source: List | Map, items: list[Value]) -> Value:
        made = like(source, items, self._expr.span, Tuple)
        return replace(made, rest=self._rest(source))

    def _rest(self, source: List | Map) -> Unknown | None:
        """What stands for the elements that are not known: it may still refer to resources."""
        if source.rest is None:
            return None
        made = self._one(Element(hidden(source.rest), source.rest), self._expr.value)
        return made if isinstance(made, Unknown) else hidden(source.rest)

    def _object(self, source: List | Map) -> Value:
        maker = ObjectMaker(self._expr.span)
        maker.rest = source.rest and hidden(source.rest)
        for key, value in self._pairs(source):
            twice = isinstance(key, Known) and str(key.value) in maker.entries
            if isinstance(key, Known) and twice and not may_be_absent(value):
                maker.fail(failed(f"key `{key.value}` comes twice", key.span))
            # A key that is not known is compared with all others.
            if not self._evaluator.spend(0 if isinstance(key, Known) else len(maker.entries)):
                return Unknown(Why.LIMIT, "too much to work out", self._expr.span)
            maker.add(key, value)
        self._evaluator.doubt(maker.rest)
        return maker.made()

    def _grouped(self, source: List | Map) -> Value:
        """With `...`, the values of a key are a list."""
        groups: dict[str, list[Value]] = {}
        keys: dict[str, Span] = {}
        rest = source.rest and hidden(source.rest)
        for key, value in self._pairs(source):
            name = to_text(key)
            if isinstance(name, Failed):
                return name
            if not isinstance(name, Known):
                rest = rest or hidden(first_unknown(name) or _no_key(key))
                continue
            groups.setdefault(str(name.value), []).append(value)
            keys.setdefault(str(name.value), key.span)
        span = self._expr.span
        entries: dict[str, Value] = {
            name: Tuple(tuple(values), span, rest) for name, values in groups.items()
        }
        return Object(entries, span, rest, keys)

    def _pairs(self, source: List | Map) -> Iterator[tuple[Value, Value]]:
        """Key and value of each element that is not certainly filtered out."""
        assert self._expr.result_key is not None
        for element in elements(source):
            value = self._item(element, self._expr.value)
            if value is None:
                continue
            key = self._one(element, self._expr.result_key)
            yield (value if isinstance(value, Failed) else key), value

    def _item(self, element: Element, expr: Expression) -> Value | None:
        """What the element becomes; None where it is filtered out, a choice where it may be."""
        if not may_be_absent(element.value):
            return self._filtered(element, expr)
        assert isinstance(element.value, Choice)
        options = []
        for leaf in leaves(element.value):
            inner = leaf.value and self._filtered(element._replace(value=leaf.value), expr)
            options.append(Option(leaf.when, inner))
        if all(option.value is None for option in options):
            return None
        return choose(options, element.value.because, element.value.span)

    def _filtered(self, element: Element, expr: Expression) -> Value | None:
        if self._expr.condition is None:
            return self._one(element, expr)
        condition = self._one(element, self._expr.condition)
        truth = _whether(condition)
        if isinstance(truth, Failed):
            return truth
        if isinstance(truth, Unknown):
            self._evaluator.doubt(truth)
            text = self._expr.text
            when, unless = f"when `{text}` is true", f"when `{text}` is false"
            return perhaps(self._one(element, expr), when, unless, hidden(truth))
        return self._one(element, expr) if truth is Truth.YES else None

    def _one(self, element: Element, expr: Expression) -> Value:
        names = {**self._names, self._expr.name: element.value}
        if self._expr.key is not None:
            names[self._expr.key] = element.key
        return self._evaluator.value(expr, names)


def _no_key(key: Value) -> Unknown:
    return Unknown(Why.FUNCTION, "key is not known", key.span)


def _whether(condition: Value) -> Truth | Unknown:
    """A condition; a choice whose options agree is decided."""
    answers = {_of_option(option.value) for option in leaves(condition)}
    if len(answers) == 1:
        answer = answers.pop()
        if answer is not None:
            return answer
    return to_truth(condition)


def _of_option(value: Value | None) -> Truth | None:
    truth = None if value is None else to_truth(value)
    return truth if isinstance(truth, Truth) else None


def splat(evaluator: Evaluator, value: Value, step: Splat, names: Names) -> Value:
    """The steps of a splat done to every element."""

    def work(values: tuple[Value, ...]) -> Value:
        source = listed(values[0], step.span)
        if not isinstance(source, List):
            return source
        items = [
            _each(one, lambda it: evaluator.walk(it, step.each, names)) for one in source.items
        ]
        broken = next((item for item in items if isinstance(item, Failed)), None)
        if broken is not None:
            return broken
        rest = source.rest
        if rest is not None and step.each:
            made = evaluator.walk(rest, step.each, names)
            rest = made if isinstance(made, Unknown) else hidden(rest)
        return replace(like(source, items, source.span, _splatted(source)), rest=rest)

    if isinstance(value, Unknown | Choice):
        evaluator.doubt(value if isinstance(value, Unknown) else value.because)
    return over((value,), work, step.span)


def _splatted(source: List) -> type[List]:
    """What a splat over a list, a set or a tuple makes."""
    if isinstance(source, ListOf | Set):
        return ListOf
    return Tuple if isinstance(source, Tuple) else List


def _each(item: Value, work: Callable[[Value], Value]) -> Value:
    """Do something to an element that may be absent in some scenarios."""
    if not isinstance(item, Choice) or not may_be_absent(item):
        return work(item)
    options = [
        Option(leaf.when, None if leaf.value is None else work(leaf.value)) for leaf in leaves(item)
    ]
    return choose(options, item.because, item.span)


def repeated(evaluator: Evaluator, part: TemplateFor, names: Names) -> Value:
    """The text that a `%{ for }` directive makes."""
    source = evaluator.value(part.source, names)

    def work(values: tuple[Value, ...]) -> Value:
        found = values[0]
        if isinstance(found, Unknown):
            return found
        if not isinstance(found, List | Map):
            return failed("nothing to walk", part.span)
        hole = _uncertain(found)
        if hole is not None:
            return hidden(hole)
        texts = []
        for element in elements(found):
            bound = {**names, part.name: element.value}
            if part.key is not None:
                bound[part.key] = element.key
            texts.append((evaluator.text(part.parts, bound, part.span), None))
        return joined(texts, part.span)

    return over((source,), work, part.span)


def _uncertain(value: List | Map) -> Unknown | None:
    if isinstance(value, List):
        return None if certain(value) else first_unknown(value)
    return value.rest
