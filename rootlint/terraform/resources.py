"""A resource or data block → its instances, and the value that a reference to it reads."""

from __future__ import annotations

from collections.abc import Callable

from rootlint.model.read import text
from rootlint.model.resource import Label, Resource, Scope
from rootlint.model.value import Choice, Known, Map, Option, Unknown, Value, Why
from rootlint.source import Span
from rootlint.terraform.bounds import DEEPEST_BLOCK, Bounds
from rootlint.terraform.computed import readable
from rootlint.terraform.data import looked_up
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.evaluate import evaluate, evaluate_body
from rootlint.terraform.expand import Instance, collect
from rootlint.terraform.lifecycle import after_changes
from rootlint.terraform.module import Inside, Later, Module
from rootlint.terraform.providers import scope_of, with_region
from rootlint.terraform.syntax import Block, Body

_COMMENT = "//"
_META = frozenset({_COMMENT, "count", "depends_on", "for_each", "provider"})
_META_BLOCKS = frozenset({"connection", "lifecycle"})


def resource(module: Module, name: str) -> Later:
    """What gives the value of a managed resource; its instances are kept in the module."""
    declaration = module.configuration.resources[name]
    return _made(module, name, declaration, readable)


def data(module: Module, name: str) -> Later:
    """What gives the value of a data source; its instances are kept in the module."""
    declaration = module.configuration.data[name]
    return _made(module, f"data.{name}", declaration, lambda found: looked_up(found, declaration))


def _made(
    module: Module, name: str, declaration: Declaration, read: Callable[[Resource], Map]
) -> Later:
    block = declaration.block
    expansion = module.project.expand(block.body.attributes, module)
    scope = _scope(module, declaration)
    found = tuple(_instance(module, name, declaration, one, scope) for one in expansion.instances)
    module.resources[name] = found

    def value() -> Value:
        said = f"how many `{module.address(name)}` there are is not known"
        rest = Unknown(Why.COUNT, said, block.header, module.reference(name))
        return collect(expansion, [read(one) for one in found], block.header, rest)

    return value


def _scope(module: Module, declaration: Declaration) -> Scope:
    written = declaration.block.body.attributes.get("provider")
    return scope_of(module, written.expr if written else None)


def _instance(
    module: Module, name: str, declaration: Declaration, one: Instance, scope: Scope
) -> Resource:
    address = module.address(name + one.suffix)
    block = declaration.block
    used = declaration.contains("self")
    own = _itself(module, name + one.suffix, block.header) if used else None
    body = evaluate_body(_arguments(block.body), Inside(module, one.bound, own))
    body = after_changes(_in_force(body, module.project.bounds), block)
    presence = one.presence.inside(module.place.presence)
    kind = block.labels[0]
    return Resource(
        module.project.unit,
        address,
        kind if block.kind == "resource" else f"data.{kind}",
        body,
        block.header,
        block.span,
        presence.exists,
        presence.because,
        presence.switch,
        with_region(scope, body.get("region")),
        (*module.place.calls, *_construct(block, module)),
    )


def _construct(block: Block, module: Module) -> tuple[Label, ...]:
    """The construct of CDK for Terraform that made a resource.

    https://developer.hashicorp.com/terraform/cdktf/concepts/cdktf-architecture
    """
    comment = block.body.attributes.get(_COMMENT)
    found: Value | None = evaluate(comment.expr, module) if comment else None
    for name in ("metadata", "path"):
        found = found.get(name) if isinstance(found, Map) else None
    path = text(found)
    if found is None or path is None:
        return ()
    return (Label(found.span, f"made by the construct `{path}`"),)


def _arguments(body: Body) -> Body:
    """A body without what Terraform itself reads of it."""
    return Body(
        {name: at for name, at in body.attributes.items() if name not in _META},
        tuple(block for block in body.blocks if block.kind not in _META_BLOCKS),
        body.span,
        body.faults,
    )


def _itself(module: Module, name: str, span: Span) -> Map:
    """`self` in a provisioner."""
    refers = module.reference(name)
    rest = Unknown(Why.ATTRIBUTE, f"`{module.address(name)}` is known after apply", span, refers)
    return Map({}, span, rest, refers=refers)


def _in_force(body: Map, bounds: Bounds) -> Map:
    """The arguments that are written: one that is null is not."""
    entries = {
        name: _written(bounds.bounded(value, DEEPEST_BLOCK)) for name, value in body.entries.items()
    }
    kept = {name: value for name, value in entries.items() if value is not None}
    return Map(kept, body.span, body.rest, body.keys, body.refers)


def _written(value: Value) -> Value | None:
    match value:
        case Known(value=None):
            return None
        case Choice():
            options = tuple(
                Option(when, option and _written(option)) for when, option in value.options
            )
            return Choice(options, value.because, value.span)
        case _:
            return value
