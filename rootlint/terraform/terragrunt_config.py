"""One file of Terragrunt with the scope of its expressions, and the files that it includes.

https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/#include
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rootlint.model.read import flag, text
from rootlint.model.truth import Truth
from rootlint.model.value import Unknown, Value, Why
from rootlint.source import SourceFile
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.syntax import Attribute, Block, Body, Expression
from rootlint.terraform.terragrunt_paths import Surroundings
from rootlint.terraform.terragrunt_scope import TerragruntScope


class Config:
    """One file with the scope of its expressions."""

    def __init__(self, file: SourceFile, around: Surroundings) -> None:
        self.body: Body = around.body(file)
        self.scope = TerragruntScope(file.path, around)

    def blocks(self, kind: str) -> Iterator[Block]:
        yield from (block for block in self.body.blocks if block.kind == kind)

    def value(self, expr: Expression) -> Value:
        return evaluate(self.scope.rewritten(expr), self.scope)

    def of(self, attribute: Attribute | None) -> Value | None:
        return self.value(attribute.expr) if attribute else None


class Include(NamedTuple):
    """An included file that is merged in, and how: "shallow" or "deep"."""

    config: Config
    strategy: str


class Included(NamedTuple):
    """The files that are merged in, those that win last; `hidden` where one is not there."""

    includes: tuple[Include, ...]
    hidden: Unknown | None


def included(config: Config, around: Surroundings) -> Included:
    """The files that a file includes and merges in, and what is not known of them."""
    found: list[Include] = []
    hidden: Unknown | None = None
    for block in config.blocks("include"):
        attributes = block.body.attributes
        path = text(config.of(attributes.get("path")))
        strategy = text(config.of(attributes.get("merge_strategy"))) or "shallow"
        file = around.read(path) if path else None
        if file is not None:
            _expose(config, block, file.path)
        if strategy == "no_merge":
            continue
        if file is None:
            said = "an included file of Terragrunt is not in the scanned tree"
            hidden = Unknown(Why.FILE, said, block.header)
        else:
            found.append(Include(Config(file, around), strategy))
    return Included(tuple(found), hidden)


def _expose(config: Config, block: Block, path: str) -> None:
    label = block.labels[0] if block.labels else ""
    config.scope.includes[label] = path
    if flag(config.of(block.body.attributes.get("expose")), default=False) is Truth.YES:
        config.scope.exposed.add(label)
