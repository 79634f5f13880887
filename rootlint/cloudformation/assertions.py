"""What the assertions of a template leave of the values that a parameter may have.

A stack is not made where an assertion of its `Rules` fails:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html. Only what
holds in every case and names the values is worked out; anything else narrows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapped

from rootlint.cloudformation.intrinsic import intrinsic
from rootlint.cloudformation.nodes import Mapping, Node, Scalar, Sequence

_DEEPEST = 8
_Claim = tuple[str, tuple[Scalar, ...]]


def asserted(root: Mapping) -> Mapped[str, tuple[Scalar, ...]]:
    """The values that assertions leave a parameter, by its name; those of all that speak of it."""
    found: dict[str, tuple[Scalar, ...]] = {}
    for name, values in _claims(root):
        kept = {value.text for value in values}
        before = found.get(name, values)
        found[name] = tuple(value for value in before if value.text in kept)
    return {name: values for name, values in found.items() if values}


def _claims(root: Mapping) -> Iterator[_Claim]:
    rules = root.get("Rules")
    for _, rule in rules.entries.values() if isinstance(rules, Mapping) else ():
        always = isinstance(rule, Mapping) and rule.get("RuleCondition") is None
        listed = rule.get("Assertions") if always and isinstance(rule, Mapping) else None
        for one in listed.items if isinstance(listed, Sequence) else ():
            node = one.get("Assert") if isinstance(one, Mapping) else None
            if node is not None:
                yield from _all_of(node, _DEEPEST)


def _all_of(node: Node, levels: int) -> Iterator[_Claim]:
    name, parts = _called(node)
    if name == "Fn::And" and levels:
        for part in parts:
            yield from _all_of(part, levels - 1)
    elif (claim := _claim(node, levels)) is not None:
        yield claim


def _claim(node: Node, levels: int) -> _Claim | None:
    """The one parameter that an assertion speaks of, and all values with which it holds."""
    name, parts = _called(node)
    if name == "Fn::Or" and levels:
        return _any_of([_claim(part, levels - 1) for part in parts])
    if len(parts) != 2:
        return None
    if name == "Fn::Contains":
        listed, about = parts
        values = _plain(listed.items) if isinstance(listed, Sequence) else ()
    elif name == "Fn::Equals":
        values = _plain(part for part in parts if _parameter(part) is None)
        about = next((part for part in parts if _parameter(part) is not None), node)
        values = values if len(values) == 1 else ()
    else:
        return None
    parameter = _parameter(about)
    return (parameter, values) if parameter is not None and values else None


def _any_of(claims: list[_Claim | None]) -> _Claim | None:
    known = [claim for claim in claims if claim is not None]
    if len({name for name, _ in known}) != 1 or len(known) != len(claims):
        return None
    return known[0][0], tuple(value for _, values in known for value in values)


def _called(node: Node) -> tuple[str, tuple[Node, ...]]:
    called = intrinsic(node)
    if called is None or not isinstance(called[1], Sequence):
        return "", ()
    return called[0], called[1].items


def _parameter(node: Node) -> str | None:
    called = intrinsic(node)
    if called is None or called[0] != "Ref" or not isinstance(called[1], Scalar):
        return None
    return called[1].text


def _plain(nodes: Iterator[Node] | tuple[Node, ...]) -> tuple[Scalar, ...]:
    """The nodes, if all of them are plain texts; else none."""
    every = tuple(nodes)
    plain = tuple(node for node in every if isinstance(node, Scalar) and not node.tag)
    return plain if len(plain) == len(every) else ()
