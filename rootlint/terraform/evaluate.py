"""Expressions → values, as far as they are known."""

from __future__ import annotations

from typing import Protocol

from rootlint.model.value import Map, Unknown, Value
from rootlint.source import SourceFile, Span
from rootlint.terraform.syntax import Body, Expression


class Scope(Protocol):
    """What surrounds an expression: the names it may use and the files it may read."""

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        """The value of a reference, and how many names of `path` it used up.

        `root` is the first name, `path` the attribute names that follow it directly (an index or a
        splat ends it). `var.a.b` → the value of `var.a`, 1; `data.t.n.x` → 2; `aws_x.y.id` → the
        resource as a Map (or a List or Map of instances), 1. None: not declared.
        """

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        """The text file at a path as the code writes it, for `file`, `templatefile` and the like.

        `Failed` (values.py) where it certainly is not there, `Unknown` where it may not be read.
        """

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:
        """The paths that `fileset` finds, relative to the folder; None where that is not known."""


def evaluate(expr: Expression, scope: Scope) -> Value:
    """The value of an expression; never raises."""
    raise NotImplementedError


def evaluate_body(body: Body, scope: Scope) -> Map:
    """Attributes as entries, nested blocks of a kind as a List of Maps; dynamic blocks are expanded.

    A nested block with labels is wrapped as in JSON: `provisioner "local-exec" { … }` gives
    `{"local-exec" = { … }}`. `rest` is set where a part of the body could not be read.
    """
    raise NotImplementedError
