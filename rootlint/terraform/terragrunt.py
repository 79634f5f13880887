"""A `terragrunt.hcl` → the module that it deploys, and the inputs that it passes to it.

https://terragrunt.gruntwork.io/docs/reference/hcl/: what other units give (`dependency`), the
environment and commands are unknown; locals, included files and files of settings are read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rootlint.model.read import text
from rootlint.model.value import Map, Unknown, Value, Why
from rootlint.source import SourceFile, Sources
from rootlint.terraform.calls import local_folder
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.files import loaded
from rootlint.terraform.given import Inputs
from rootlint.terraform.parse import parse_body
from rootlint.terraform.syntax import Attribute, Block, Body, Expression
from rootlint.terraform.terragrunt_scope import Surroundings, TerragruntScope

_HIDING = frozenset({"arguments", "env_vars", "optional_var_files", "required_var_files"})


class Wrapped(NamedTuple):
    """The folder of the module that a file deploys, and what it passes to it."""

    folder: str
    inputs: Inputs


def wrapped(path: str, files: Mapping[str, tuple[str, ...]], sources: Sources) -> Wrapped | None:
    """What a `terragrunt.hcl` deploys; None where its source is not in the scanned tree."""
    file = sources.read(path)
    if not isinstance(file, SourceFile):
        return None
    around = Surroundings(posixpath.dirname(path) or ".", files, sources)
    own = _Config(parse_body(file), TerragruntScope(path, around))
    included, hidden = _included(own, around)
    folder = _source((own, *included), around)
    if folder is None or folder not in files:
        return None
    passed = Inputs()
    for config in (*included, own):
        passed = _passed(passed, config)
    return Wrapped(folder, passed._replace(rest=passed.rest or hidden))


class _Config:
    """One file with the scope of its expressions; `base` is the folder that its paths start from."""

    def __init__(self, body: Body, scope: TerragruntScope) -> None:
        self.body = body
        self.scope = scope

    def blocks(self, kind: str) -> Iterator[Block]:
        yield from (block for block in self.body.blocks if block.kind == kind)

    def value(self, expr: Expression) -> Value:
        return evaluate(self.scope.rewritten(expr), self.scope)

    def of(self, attribute: Attribute | None) -> Value | None:
        return self.value(attribute.expr) if attribute else None


def _included(config: _Config, around: Surroundings) -> tuple[tuple[_Config, ...], Unknown | None]:
    """The files that a file includes, and what is not known of them."""
    found: list[_Config] = []
    hidden: Unknown | None = None
    for block in config.blocks("include"):
        path = text(config.of(block.body.attributes.get("path")))
        if text(config.of(block.body.attributes.get("merge_strategy"))) == "no_merge":
            continue
        file = around.read(path) if path else None
        if file is None:
            said = "an included file of Terragrunt is not in the scanned tree"
            hidden = Unknown(Why.FILE, said, block.header)
        else:
            found.append(_Config(parse_body(file), TerragruntScope(file.path, around)))
    return tuple(found), hidden


def _source(configs: tuple[_Config, ...], around: Surroundings) -> str | None:
    """The folder of the module: the nearest `terraform.source`, or the folder itself."""
    for config in configs:
        for block in config.blocks("terraform"):
            written = block.body.attributes.get("source")
            if written is not None:
                source = text(config.of(written)) or ""
                return local_folder(around.folder, source.replace("//", "/"))
    return around.folder if loaded(around.files.get(around.folder, ())) else None


def _passed(before: Inputs, config: _Config) -> Inputs:
    """The inputs with those of one more file over them."""
    values, rest = dict(before.values), before.rest
    written = config.of(config.body.attributes.get("inputs"))
    if isinstance(written, Map):
        values.update(written.entries)
        rest = written.rest or rest
    elif written is not None:
        rest = written if isinstance(written, Unknown) else _hidden(written)
    for block in config.blocks("terraform"):
        for extra in block.body.blocks:
            if extra.kind == "extra_arguments" and _HIDING & extra.body.attributes.keys():
                said = "arguments that Terragrunt adds may set variables"
                rest = rest or Unknown(Why.VARIABLE, said, extra.header)
    return Inputs(values, rest)


def _hidden(value: Value) -> Unknown:
    return Unknown(Why.VARIABLE, "inputs of Terragrunt are not known", value.span)
