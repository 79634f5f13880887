"""What `ignore_changes` and `removed` take away from what the code says.

*ignore_changes.* Terraform makes the resource with the value that is written, and from then on leaves
alone what somebody changes outside of it. After the first apply neither the value nor its absence is
certain: a fault in it cannot be proved, and a protection in it cannot be relied on. So the argument
is unknown, written or not; it keeps what it refers to. What names the resource is not changed in
place, and a script runs when the resource is made, with the text that is written: both stay.

*removed* with `destroy = false`. The resource lives on in AWS and no code declares it: it may be the
very alarm, policy or topic that is missed: it stays, as one that may exist and of which only the kind is
known. Without `destroy = false` it is destroyed, and nothing is left that could matter.

*moved* and *import* change which address an existing thing has, not what is in force after the apply.

https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle and
https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.model.resource import BlindSpot, Resource
from rootlint.model.truth import Truth
from rootlint.model.value import Choice, Map, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.syntax import (
    Attribute,
    Block,
    Expression,
    GetAttr,
    ListExpr,
    Literal,
    Traversal,
)
from rootlint.terraform.vocabulary import kinds

_ALL = frozenset({"*", "all"})
_NAMES = frozenset({"alarm_name", "bucket", "function_name", "name", "name_prefix", "user"})
# An absence may be that of one of these.
MISSED = kinds.ALARM | kinds.NOTIFY | kinds.ORGANIZATION | kinds.TRAIL


def after_changes(body: Map, block: Block) -> Map:
    """The arguments of a resource as they are once others may have changed them."""
    ignored = _ignored(block)
    if not ignored or block.labels[0] in kinds.SCRIPT:
        return body
    everything = bool(_ALL & ignored.keys())
    names = (*body.entries, *ignored) if everything else tuple(ignored)
    entries = dict(body.entries)
    for name in names:
        if name not in _NAMES | _ALL:
            place = next(iter(ignored.values())) if everything else ignored[name]
            entries[name] = _changed(name, place, body.get(name))
    rest = body.rest
    if everything:
        rest = rest or _changed("any argument", next(iter(ignored.values())), None)
    return replace(body, entries=entries, rest=rest)


def _changed(name: str, span: Span, value: Value | None) -> Unknown:
    refers = None if value is None or isinstance(value, Choice) else value.refers
    return Unknown(Why.ATTRIBUTE, f"changes of `{name}` are ignored", span, refers)


def _ignored(block: Block) -> dict[str, Span]:
    """The names of the arguments whose changes are ignored, and where that is written."""
    found: dict[str, Span] = {}
    for inner in block.body.blocks:
        written = inner.body.attributes.get("ignore_changes") if inner.kind == "lifecycle" else None
        if written is not None:
            expr = written.expr
            for item in expr.items if isinstance(expr, ListExpr) else (expr,):
                name = _first_name(item)
                if name:
                    found[name] = item.span
    return found


def _first_name(expr: Expression) -> str:
    if isinstance(expr, Traversal):
        return expr.root
    return (
        expr.value.partition("[")[0]
        if isinstance(expr, Literal) and isinstance(expr.value, str)
        else ""
    )


def let_go(configuration: Configuration) -> Iterator[BlindSpot]:
    """The modules that `removed` blocks leave to live on outside of the code, whatever is in them."""
    for declaration, address in _kept(configuration):
        if not _kind(address):
            yield BlindSpot(_outside(".".join(address), declaration.header), anything=True)


def living_on(configuration: Configuration, unit: str) -> Iterator[Resource]:
    """The resources that `removed` blocks leave to live on outside of the code."""
    for declaration, address in _kept(configuration):
        if _kind(address) in MISSED:
            yield unseen(unit, ".".join(address), _kind(address), declaration.header)


def unseen(unit: str, address: str, kind: str, span: Span) -> Resource:
    """A resource that may live on, and of which nothing is known but its kind."""
    because = _outside(address, span)
    body = Map({}, span, because)
    return Resource(unit, address, kind, body, span, span, Truth.UNKNOWN, because)


def _outside(address: str, span: Span) -> Unknown:
    return Unknown(Why.OUTPUT, f"`{address}` lives on outside of the code", span)


def _kept(configuration: Configuration) -> Iterator[tuple[Declaration, tuple[str, ...]]]:
    for declaration in configuration.removed:
        if not _destroys(declaration):
            yield declaration, _address(declaration.block.body.attributes.get("from"))


def _kind(address: tuple[str, ...]) -> str:
    """The type of the resource at an address, behind the modules that it is in; "" for a module."""
    while address[:1] == ("module",):
        address = address[2:]
    return address[0] if address else ""


def _address(written: Attribute | None) -> tuple[str, ...]:
    if written is None or not isinstance(written.expr, Traversal):
        return ()
    names = (step.name for step in written.expr.steps if isinstance(step, GetAttr))
    return (written.expr.root, *names)


def _destroys(declaration: Declaration) -> bool:
    for inner in declaration.block.body.blocks:
        written = inner.body.attributes.get("destroy") if inner.kind == "lifecycle" else None
        if written is not None:
            return getattr(written.expr, "value", None) is not False
    return True
