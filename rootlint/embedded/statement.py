"""One statement of a policy document out of a map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rootlint.model.policy import Condition, Elements, Principals, Statement
from rootlint.model.value import Choice, Known, List, Map, Unknown, Value, Why
from rootlint.source import Span

_NAMES = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
_BY_LOWER = {name.lower(): name for name in _NAMES}


def statement(document: Map, index: int) -> Statement:
    """The statement at `index` of its policy; parts that cannot be read stay as unknowns in it."""
    parts = dict(document.entries)
    odd = _respell(parts, document)
    conditions, hidden = _conditions(parts.get("Condition"))
    return Statement(
        index=index,
        span=document.span,
        effect=_effect(parts, document),
        sid=_written(parts.get("Sid")),
        action=_elements(parts.get("Action")),
        not_action=_elements(parts.get("NotAction")),
        resource=_elements(parts.get("Resource")),
        not_resource=_elements(parts.get("NotResource")),
        principal=_principals(parts.get("Principal")),
        not_principal=_principals(parts.get("NotPrincipal")),
        conditions=conditions,
        conditions_rest=hidden or document.rest or odd,
    )


def _respell(parts: dict[str, Value], document: Map) -> Unknown | None:
    """Read `action` as `Action`, and say that AWS does not document whether it does so too."""
    odd = None
    for name in tuple(parts):
        meant = _BY_LOWER.get(name.lower())
        if meant is None or meant == name:
            continue
        place = document.keys.get(name, parts[name].span)
        odd = Unknown(Why.UNSPECIFIED, f"`{name}` is not spelt `{meant}`", place)
        parts.setdefault(meant, parts[name])
    return odd


def _effect(parts: Mapping[str, Value], document: Map) -> Value:
    written = _written(parts.get("Effect"))
    if written is not None:
        return written
    return document.rest or Unknown(Why.SYNTAX, "the statement has no `Effect`", document.span)


def _written(value: Value | None) -> Value | None:
    """A value; `None` also for a `null`, which is how some languages leave a property out."""
    return None if isinstance(value, Known) and value.value is None else value


def _elements(value: Value | None) -> Elements | None:
    """The strings of an element, which is one or a list of them. A hole of its own may be several."""
    match _written(value):
        case None:
            return None
        case List() as found:
            return Elements(found.items, found.span, found.rest)
        case Unknown(shape="") as hole:
            return Elements((), hole.span, hole)
        case other:
            return Elements((other,), other.span)


def _principals(value: Value | None) -> Principals | None:
    match _written(value):
        case None:
            return None
        case Known(value="*") as everyone:
            return Principals({}, everyone.span, anyone=True)
        case Map() as found:
            by_type = {name: _elements(entry) for name, entry in found.entries.items()}
            named = {name: entry for name, entry in by_type.items() if entry is not None}
            return Principals(named, found.span, rest=found.rest)
        case Unknown() as hole:
            return Principals({}, hole.span, rest=hole)
        case Choice() as choice:
            return Principals({}, choice.span, rest=choice.because)
        case other:
            detail = "a principal is `*` or an object, this is neither"
            return Principals({}, other.span, rest=Unknown(Why.SYNTAX, detail, other.span))


class _Found(NamedTuple):
    conditions: tuple[Condition, ...]
    rest: Unknown | None


def _conditions(value: Value | None) -> _Found:
    match _written(value):
        case None:
            return _Found((), None)
        case Map() as blocks:
            found = [
                _block(operator, blocks.keys.get(operator, blocks.span), entry)
                for operator, entry in blocks.entries.items()
            ]
            conditions = tuple(one for each in found for one in each.conditions)
            rest = next((each.rest for each in found if each.rest), None)
            return _Found(conditions, rest or blocks.rest)
        case other:
            return _Found((), _hidden(other, "a condition"))


def _block(operator: str, span: Span, value: Value) -> _Found:
    """The conditions of one operator: `{"aws:PrincipalArn": [...], ...}`."""
    match _written(value):
        case None:
            return _Found((), None)
        case Map() as keys:
            return _Found(tuple(_by_key(operator, span, keys)), keys.rest)
        case other:
            return _Found((), _hidden(other, "the block of a condition operator"))


def _by_key(operator: str, span: Span, keys: Map) -> Iterator[Condition]:
    for key, value in keys.entries.items():
        values = _elements(value) or Elements((), value.span)
        yield Condition(operator, span, key, keys.keys.get(key, keys.span), values)


def _hidden(value: Value, what: str) -> Unknown:
    match value:
        case Unknown():
            return value
        case Choice():
            return value.because
        case _:
            return Unknown(Why.SYNTAX, f"{what} is a JSON object, this is none", value.span)
