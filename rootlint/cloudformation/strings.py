"""The functions of strings and lists.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

from __future__ import annotations

from binascii import b2a_base64

from rootlint.cloudformation.assembly import Assembly
from rootlint.cloudformation.call import Call
from rootlint.cloudformation.choices import Values, spread
from rootlint.cloudformation.splitting import split
from rootlint.model.same import text_of
from rootlint.model.value import Encoded, Known, List, Text, Unknown, Value, Why


def join(call: Call) -> Value | None:
    if len(call.arguments()) != 2:
        return call.wrong()
    return call.spread(call.arguments(), lambda found: _join(call, found))


def _join(call: Call, found: Values) -> Value | None:
    delimiter, elements = found
    if isinstance(elements, Unknown):
        return elements
    if not isinstance(delimiter, Known) or not isinstance(elements, List):
        return call.wrong()
    # Alternatives among the elements are alternatives of the whole.
    return spread(
        elements.items, lambda items: _joined(call, delimiter, elements, items), call.span
    )


def _joined(call: Call, delimiter: Known, elements: List, items: Values) -> Value:
    made = Assembly(call.span)
    written = [item for item in items if item is not None]
    for number, item in enumerate(written):
        if number and text_of(delimiter.value):
            made.add(delimiter)
        made.add(item)
    if elements.rest is not None:
        made.hole(elements.rest, elements.rest.span)
    return made.value()


def select(call: Call) -> Value | None:
    if len(call.arguments()) != 2:
        return call.wrong()
    return call.spread(call.arguments(), lambda found: _select(call, found))


def _select(call: Call, found: Values) -> Value | None:
    index, elements = found
    hidden = next((value for value in found if isinstance(value, Unknown)), None)
    if hidden is not None:
        return _part_of(hidden)
    if not isinstance(index, Known) or not isinstance(elements, List):
        return call.wrong()
    text = text_of(index.value)
    if not (text.isascii() and text.isdigit()):
        return call.wrong()
    if int(text[:9]) < len(elements.items):
        return elements.items[int(text[:9])]
    return _part_of(elements.rest) if elements.rest else call.wrong()


def _part_of(hidden: Unknown) -> Unknown:
    """A part of what is not known: not the same as the whole."""
    return Unknown(hidden.why, f"a part of it: {hidden.detail}", hidden.span)


def split_text(call: Call) -> Value | None:
    if len(call.arguments()) != 2:
        return call.wrong()
    return call.spread(call.arguments(), lambda found: _split(call, found))


def _split(call: Call, found: Values) -> Value | None:
    delimiter, text = found
    if isinstance(delimiter, Known) and isinstance(text, Known | Text):
        return split(text, text_of(delimiter.value))
    if isinstance(text, Unknown):
        return List((), call.span, rest=_part_of(text))
    return call.wrong()


def base64(call: Call) -> Value | None:
    """The Base64 of a text, or the text itself where that is what is wanted."""
    if call.scope.decoded:
        return call._replace(scope=call.scope._replace(decoded=False)).value(call.argument)
    return call.spread((call.argument,), lambda found: _base64(call, found[0]))


def _base64(call: Call, found: Value | None) -> Value | None:
    if isinstance(found, Known):
        encoded = b2a_base64(text_of(found.value).encode("utf-8", "replace"), newline=False)
        return Known(encoded.decode("ascii"), call.span)
    return Unknown(Why.FUNCTION, "the Base64 of a text that is not known", call.span)


def length(call: Call) -> Value | None:
    return call.spread((call.argument,), lambda found: _length(call, found[0]))


def _length(call: Call, found: Value | None) -> Value | None:
    if isinstance(found, List) and found.rest is None:
        return Known(len(found.items), call.span)
    hidden = found.rest if isinstance(found, List) else found
    return _part_of(hidden) if isinstance(hidden, Unknown) else call.wrong()


def to_json_string(call: Call) -> Value | None:
    value = call._replace(scope=call.scope._replace(decoded=False)).value(call.argument)
    return Encoded(value, call.span) if value is not None else call.wrong()


def get_azs(call: Call) -> Value | None:
    return List((), call.span, rest=Unknown(Why.PSEUDO, "the zones of a Region", call.span))


def cidr(call: Call) -> Value | None:
    return List((), call.span, rest=Unknown(Why.FUNCTION, "`Fn::Cidr`", call.span))
