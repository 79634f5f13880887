"""A `terragrunt.hcl` → the module that it deploys, and the inputs that it passes to it.

https://terragrunt.gruntwork.io/docs/reference/hcl/: what other units give (`dependency`), the
environment and commands are unknown; locals, included files, files of settings and generated files
are read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from rootlint.model.read import text
from rootlint.model.value import Unknown, Why
from rootlint.source import SourceFile, Sources, Unreadable
from rootlint.terraform.blind import hidden_by
from rootlint.terraform.files import loaded
from rootlint.terraform.given import Inputs
from rootlint.terraform.project import TOO_DEEP
from rootlint.terraform.terragrunt_config import Config, Included, included
from rootlint.terraform.terragrunt_generate import Generated, generated
from rootlint.terraform.terragrunt_merge import merged
from rootlint.terraform.terragrunt_paths import Surroundings

_HIDING = frozenset({"arguments", "env_vars", "optional_var_files", "required_var_files"})


class Wrapped(NamedTuple):
    """The folder of the module that a file deploys, what it passes to it and puts beside it.

    `hidden` are files that it puts there and that cannot be read, `faults` what of its own files
    could not be. `told` are the folders of all files of Terragrunt that were read for it.
    """

    folder: str
    inputs: Inputs = Inputs()
    generated: tuple[Generated, ...] = ()
    hidden: tuple[Unknown, ...] = ()
    faults: tuple[Unreadable, ...] = ()
    told: frozenset[str] = frozenset()


def wrapped(path: str, files: Mapping[str, tuple[str, ...]], sources: Sources) -> Wrapped | None:
    """What a `terragrunt.hcl` deploys; None where its source is not in the scanned tree."""
    around = Surroundings(posixpath.dirname(path) or ".", files, sources)
    file = sources.read(path)
    if not isinstance(file, SourceFile):
        return Wrapped(around.folder, Inputs({}, hidden_by(file)), faults=(file,))
    own = Config(file, around)
    found = included(own, around)
    configs = tuple(one.config for one in found.includes)
    folder = _source((own, *reversed(configs)), around)
    faults = tuple(around.faults)
    if folder is None or folder not in files:
        return Wrapped(around.folder, faults=faults) if faults else None
    made = generated((*configs, own), around)
    inputs = _inputs(own, found, faults)._replace(names=made.names)
    faults += tuple(
        Unreadable(span.path, TOO_DEEP, span, partial=True, configuration=False)
        for span in around.budget.too_deep[:1]
    )
    return Wrapped(folder, inputs, made.files, made.hidden, faults, around.told)


def _source(configs: tuple[Config, ...], around: Surroundings) -> str | None:
    """The folder of the module: the nearest `terraform.source`, or the folder itself."""
    for config in configs:
        for block in config.blocks("terraform"):
            written = block.body.attributes.get("source")
            if written is not None:
                source = (text(config.of(written)) or "").partition("?")[0]
                local = source.startswith(("./", "../", "/")) or source in {".", ".."}
                return around.inside(source.replace("//", "/")) if local else None
    return around.folder if loaded(around.files.get(around.folder, ())) else None


def _inputs(own: Config, found: Included, faults: tuple[Unreadable, ...]) -> Inputs:
    """The inputs of all files: those nearer to the unit are over those farther away."""
    values, rest = own.of(own.body.attributes.get("inputs")), found.hidden or _added(own)
    for include in reversed(found.includes):
        config = include.config
        above = config.of(config.body.attributes.get("inputs"))
        values = merged(above, values, deep=include.strategy == "deep")
        rest = rest or _added(config)
    passed = merged(None, values, deep=False)
    if faults and rest is None:
        rest = hidden_by(faults[0])
    return Inputs(passed.entries if passed else {}, (passed and passed.rest) or rest)


def _added(config: Config) -> Unknown | None:
    for block in config.blocks("terraform"):
        for extra in block.body.blocks:
            if extra.kind == "extra_arguments" and _HIDING & extra.body.attributes.keys():
                said = "arguments that Terragrunt adds may set variables"
                return Unknown(Why.VARIABLE, said, extra.header)
    return None
