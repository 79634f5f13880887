"""`Fn::Sub`: a text in which names stand for values.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.call import Call
from rootlint.cloudformation.choices import Values, spread
from rootlint.cloudformation.loops import filled
from rootlint.cloudformation.nodes import Mapping, Node, Scalar
from rootlint.cloudformation.pieces import placed
from rootlint.cloudformation.references import attribute, named
from rootlint.cloudformation.scalars import dynamic, has_holes
from rootlint.cloudformation.scope import Scope
from rootlint.model.place import spot
from rootlint.model.same import text_of
from rootlint.model.value import Known, Text, Unknown, Value, Why
from rootlint.source import Span

_NAME = re.compile(r"\$\{([^${}]*)\}")


class _Place(NamedTuple):
    """A name in the text: from where to where, and what it is in its braces."""

    start: int
    end: int
    name: str


def sub(call: Call) -> Value | None:
    """A text with its names filled in, from the map beside it or from the template."""
    arguments = call.arguments()
    text = arguments[0] if arguments else None
    if not isinstance(text, Scalar) or text.tag or len(arguments) > 2:
        return _not_written(call, text)
    own = arguments[1] if len(arguments) == 2 else None
    source = _source(call, text)
    written = text_of(source.value)
    places = [_Place(*found.span(), found.group(1).strip()) for found in _NAME.finditer(written)]
    values = [_value(call, own, source, place) for place in places]
    return spread(values, lambda found: _filled(call, source, places, found), call.span)


def _source(call: Call, text: Scalar) -> Known:
    """The text itself; identifiers of loops around are filled in before anything else."""
    file = call.evaluator.template.file
    if call.scope.names:
        return filled(file, text, call.scope)
    span, pieces = placed(file, text)
    return Known(text.text, span, None, pieces)


def _not_written(call: Call, text: Node | None) -> Unknown:
    """A text that a transform makes, or none at all."""
    value = call.value(text) if text is not None else None
    return value if isinstance(value, Unknown) else call.wrong()


def _value(call: Call, own: Node | None, source: Known, place: _Place) -> Value | None:
    """What a name stands for; `${!Literal}` is a text of its own."""
    if place.name.startswith("!"):
        return None
    if isinstance(own, Mapping):
        node = own.get(place.name)
        if node is not None:
            return call._replace(scope=_plain(call.scope)).value(node)
    at = spot(source, place.start, place.end)
    find = attribute if "." in place.name else named
    found = find(call.evaluator, place.name, at, _plain(call.scope))
    return found if found is not None else Known("", at)


def _plain(scope: Scope) -> Scope:
    return scope._replace(decoded=False)


def _filled(call: Call, source: Known, places: list[_Place], values: Values) -> Value:
    made = Assembly(source.span)
    text, pieces = text_of(source.value), source.pieces
    at = 0
    for place, value in zip(places, values, strict=True):
        made.slice(text, pieces, at, place.start)
        at = place.end
        if place.name.startswith("!"):
            made.slice(text, pieces, place.start, place.start + 2)
            made.slice(text, pieces, place.start + 3, place.end)
        else:
            made.add(value or Known("", source.span), spot(source, place.start, place.end))
    made.slice(text, pieces, at, len(text))
    return _looked_up(made.value(), call.span)


def _looked_up(value: Value, span: Span) -> Value:
    """A dynamic reference may be put together by the substitution."""
    if isinstance(value, Known) and isinstance(value.value, str) and has_holes(value.value):
        return dynamic(value.value, value.span, value.pieces)
    if isinstance(value, Text) and any(
        "{{resolve:" in part for part in value.parts if isinstance(part, str)
    ):
        return Unknown(Why.DYNAMIC, "`{{resolve:…}}`", span)
    return value
