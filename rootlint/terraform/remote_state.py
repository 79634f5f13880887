"""Outputs that one root module hands to another through its remote state.

https://developer.hashicorp.com/terraform/language/state/remote-state-data
"""

from __future__ import annotations

from collections.abc import Mapping

from rootlint.model.read import text
from rootlint.model.resource import Resource
from rootlint.model.value import List, Map, Reference, Unknown, Value, Why
from rootlint.terraform.evaluate import evaluate_body
from rootlint.terraform.module import Module

# What tells the states of one backend apart.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "azurerm": ("storage_account_name", "container_name", "key"),
    "gcs": ("bucket", "prefix"),
    "s3": ("bucket", "key"),
}


def export_of(root: Module) -> str | None:
    """The name of a root module's state, if its backend is written out."""
    for declaration in root.configuration.settings:
        for block in declaration.block.body.blocks:
            if block.kind == "backend" and block.labels:
                return _name(block.labels[0], evaluate_body(block.body, root))
    return None


def remote_state(source: Resource) -> Map:
    """`data "terraform_remote_state"`: each output refers to the export of that name."""
    backend = text(source.body.get("backend"))
    config = source.body.get("config")
    if isinstance(config, List) and config.items:
        config = config.items[0]
    name = _name(backend, config) if backend and isinstance(config, Map) else None
    refers = Reference("", "export", name) if name else source.reference
    rest = Unknown(Why.IMPORT, f"`{source.address}` is another module's state", source.span, refers)
    outputs: dict[str, Value] = {"outputs": Map({}, source.span, rest, refers=refers)}
    return Map({**source.body.entries, **outputs}, source.span, rest, source.body.keys)


def _name(backend: str, config: Map) -> str | None:
    wanted = _PLACES.get(backend)
    found = [text(config.get(name)) for name in wanted or ()]
    known = [part for part in found if part is not None]
    return f"{backend}:{'/'.join(known)}" if known and len(known) == len(found) else None
