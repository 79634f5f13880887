"""`Fn::If`, `Fn::FindInMap` and `Fn::Transform`."""

from __future__ import annotations

from rootlint.cloudformation.call import Call
from rootlint.cloudformation.choices import Values, choice
from rootlint.cloudformation.includes import value_of
from rootlint.cloudformation.nodes import Mapping, Node, Scalar
from rootlint.cloudformation.scope import scenario
from rootlint.model.same import same, text_of, unknowns
from rootlint.model.truth import Truth
from rootlint.model.value import Known, Option, Unknown, Value, Why


def if_(call: Call) -> Value | None:
    """One of two values; both, each in its scenario, where the condition is not decided."""
    arguments = call.arguments()
    if len(arguments) != 3:
        return call.wrong()
    condition, then, otherwise = arguments
    if not isinstance(condition, Scalar):
        return call.wrong()
    name = call.scope.filled(condition.text)
    truth, because = call.evaluator.conditions.decide(name, call.scope.assumed)
    if truth is Truth.YES:
        return call.value(then)
    if truth is Truth.NO:
        return call.value(otherwise)
    assert because is not None
    options = [_option(call, name, then, holds=True), _option(call, name, otherwise, holds=False)]
    return choice(options, because, call.span)


def _option(call: Call, name: str, node: Node, *, holds: bool) -> Option:
    inside = call._replace(scope=call.scope.assuming(name, holds=holds))
    shown = call.evaluator.setting.prefix + name
    return Option(scenario(shown, holds=holds), inside.value(node))


def find_in_map(call: Call) -> Value | None:
    """A value of the `Mappings` section, or the `DefaultValue` where there is none."""
    arguments = call.arguments()
    if not 3 <= len(arguments) <= 4:
        return call.wrong()
    fallback = arguments[3] if len(arguments) == 4 else None
    default = fallback.get("DefaultValue") if isinstance(fallback, Mapping) else None
    return call.spread(arguments[:3], lambda found: _find(call, found, default))


def _find(call: Call, found: Values, default: Node | None) -> Value | None:
    table: Node | None = None
    name = found[0]
    if isinstance(name, Known):
        entry = call.evaluator.home.mappings.get(text_of(name.value))
        table = entry.node if entry else None
        # A table is worked out where it is written.
        call = call._replace(evaluator=entry.evaluator) if entry else call
    candidates: list[Node] = [table] if table is not None else []
    for key in found[1:]:
        candidates = [inner for node in candidates for inner in _under(node, key)]
    hidden = next((hole for key in found for hole in unknowns(key)), None)
    if hidden is not None:
        return _agreed(call, candidates, hidden) if default is None else _part(call, hidden)
    if candidates:
        return call.value(candidates[0])
    return call.value(default) if default is not None else _missing(call)


def _under(node: Node, key: Value | None) -> list[Node]:
    """The values that a key may pick; all of them where it is not known."""
    if not isinstance(node, Mapping):
        return []
    if isinstance(key, Known):
        found = node.get(text_of(key.value))
        return [found] if found is not None else []
    return [value for _, value in node.entries.values()]


def _agreed(call: Call, candidates: list[Node], hidden: Unknown) -> Value | None:
    """The value that all candidates have: then it does not matter which one it is."""
    values = [call.value(node) for node in candidates[:100]]
    first = values[0] if values else None
    alike = len(candidates) <= 100 and all(same(first, other) is Truth.YES for other in values)
    return first if isinstance(first, Known) and alike else _part(call, hidden)


def _part(call: Call, hidden: Unknown) -> Unknown:
    return Unknown(hidden.why, f"`Fn::FindInMap` by {hidden.detail}", call.span)


def _missing(call: Call) -> Unknown:
    return Unknown(Why.UNDECLARED, "`Fn::FindInMap` finds nothing", call.span)


def transform(call: Call) -> Value | None:
    """What a file holds that is included; what a macro makes is not known."""
    return value_of(call.evaluator, call.argument, call.span, call.scope)


def include_file(call: Call) -> Value | None:
    """`!Include` of org-formation."""
    return value_of(call.evaluator, call.node, call.span, call.scope)
