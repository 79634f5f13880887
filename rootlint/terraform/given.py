"""What holds for the root modules of a run and is not written in them: options, and what a wrapper passes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rootlint.model.value import Unknown, Value


class Inputs(NamedTuple):
    """Values that a wrapper such as Terragrunt passes as environment variables.

    `rest` hides more of them: then no default is certain. They yield to variable files. `forced`
    are the values that a plan was made with: nothing is above them. `names` stand for values in the
    files that a wrapper generates.
    """

    values: Mapping[str, Value] = {}
    rest: Unknown | None = None
    forced: Mapping[str, Value] = {}
    names: Mapping[str, Value] = {}


class Given(NamedTuple):
    """The surroundings of a run.

    `region` holds where the code gives none. `var_files` and `variables` (name and text) are what
    `-var-file` and `-var` say, in their order; they apply to root modules. `workspace` is the
    value of `terraform.workspace`.
    """

    partition: str = "aws"
    region: str | None = None
    workspace: str | None = None
    var_files: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


NOTHING = Given()
NO_INPUTS = Inputs()
