"""Providers and backends that are handed credentials, as resources like any other.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs#provider-configuration
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.model.resource import Resource
from rootlint.terraform.evaluate import evaluate_body
from rootlint.terraform.module import Module
from rootlint.terraform.syntax import Block
from rootlint.terraform.vocabulary.kinds import KEYS, KNOWN


def configured(module: Module) -> Iterator[Resource]:
    """The blocks of a module that take credentials, and have some written."""
    for (name, alias), declaration in module.configuration.providers.items():
        address = f"provider.{name}.{alias}" if alias else f"provider.{name}"
        yield from _handed(module, f"provider.{name}", address, declaration.block)
    for declaration in module.configuration.settings:
        for block in declaration.block.body.blocks:
            if block.kind == "backend" and block.labels:
                kind = f"backend.{block.labels[0]}"
                yield from _handed(module, kind, kind, block)


def _handed(module: Module, kind: str, address: str, block: Block) -> Iterator[Resource]:
    written = {name: at for name, at in block.body.attributes.items() if name in KEYS}
    if kind not in KNOWN or not written:
        return
    body = evaluate_body(replace(block.body, attributes=written, blocks=()), module)
    yield Resource(
        module.project.unit,
        module.address(address),
        kind,
        body,
        block.header,
        block.span,
        module.place.presence.exists,
        module.place.presence.because,
        module.place.presence.switch,
        calls=module.place.calls,
    )
