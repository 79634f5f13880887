"""The names and functions that expressions of Terragrunt may use.

https://terragrunt.gruntwork.io/docs/reference/hcl/functions/
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from rootlint.model.read import text
from rootlint.model.value import Map, Unknown, Value, Why
from rootlint.source import SourceFile, Span
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.syntax import Body, Call, Expression, Literal, Traversal
from rootlint.terraform.terragrunt_paths import DEFAULT, Surroundings

T = TypeVar("T")
_CONFIG = "read_terragrunt_config "
_WHY = {
    "dependency": (Why.IMPORT, "output of another unit of Terragrunt"),
    "feature": (Why.VARIABLE, "feature flag of Terragrunt"),
    "include": (Why.FILE, "value of an included file"),
    "unit": (Why.VARIABLE, "value of a stack of Terragrunt"),
    "values": (Why.VARIABLE, "value of a stack of Terragrunt"),
}


class TerragruntScope:
    """The scope of one file. `includes` are the files that it includes, by label, `exposed` among them."""

    def __init__(self, path: str, around: Surroundings) -> None:
        self.includes: dict[str, str] = {}
        self.exposed: set[str] = set()
        self.budget = around.budget
        self._path = path
        self._around = around
        self._open: set[str] = set()
        self._known: dict[str, Value] = {}
        self._locals: Mapping[str, Expression] | None = None

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        if root == "local" and path:
            found = self._local(path[0], span)
            return None if found is None else (found, 1)
        if root.startswith(_CONFIG):
            return self._settings(root.removeprefix(_CONFIG), span), 0
        if root == "include":
            included = self._included(path, span)
            if included is not None:
                return included
        why = _WHY.get(root)
        if why is None:
            return None
        return Unknown(why[0], f"`{'.'.join((root, *path))}`: {why[1]}", span), len(path)

    def read_file(self, path: str, span: Span) -> SourceFile | Unknown:
        file = self._around.read(path)
        return file or Unknown(Why.FILE, f"`{path}` is not in the scanned tree", span)

    def files(self, folder: str, pattern: str) -> tuple[str, ...] | None:  # noqa: ARG002 - a scope takes it
        return None

    def rewritten(self, node: T) -> T:
        """An expression with the functions of Terragrunt that say a path in place of their calls."""
        if isinstance(node, tuple) and not isinstance(node, Span):
            return tuple(map(self.rewritten, node)) if type(node) is tuple else node  # type: ignore[return-value]  # as it was
        if not is_dataclass(node) or isinstance(node, type):
            return node
        inner = replace(
            node, **{each.name: self.rewritten(getattr(node, each.name)) for each in fields(node)}
        )
        return (self._called(inner) or inner) if isinstance(inner, Call) else inner  # type: ignore[return-value]  # an expression for one

    def _called(self, call: Call) -> Expression | None:
        """What stands for a call of a function of Terragrunt; None for any other."""
        if call.name == "find_in_parent_folders":
            return self._found(call)
        if call.name == "read_terragrunt_config" and call.args:
            return self._read(call)
        if len(call.args) > 1:
            return None
        label = self._text(call.args[0]) if call.args else next(iter(self.includes), "")
        included = self.includes.get(label or "", self._path if not call.args else None)
        if included is None:
            return None
        said = self._around.said(posixpath.dirname(included) or ".").get(call.name)
        return None if said is None else Literal(said, call.span)

    def _text(self, expr: Expression) -> str | None:
        return text(evaluate(expr, self))

    def _found(self, call: Call) -> Expression | None:
        """The nearest file above, or the second argument where there is none."""
        name = self._text(call.args[0]) if call.args else DEFAULT
        path = self._around.above(name) if name else None
        if path is not None:
            return Literal(path, call.span)
        return call.args[1] if name and len(call.args) > 1 else None

    def _read(self, call: Call) -> Expression | None:
        path = self._text(call.args[0])
        if path is not None and self._around.read(path):
            return Traversal(_CONFIG + path, (), call.span, call.name)
        return call.args[1] if path is not None and len(call.args) > 1 else None

    def _local(self, name: str, span: Span) -> Value | None:
        if name in self._known:
            return self._known[name]
        if self._locals is None:
            file = self._around.read(posixpath.relpath(self._path, self._around.folder))
            self._locals = _locals(self._around.body(file)) if file else {}
        if name not in self._locals:
            return None
        if name in self._open:
            return Unknown(Why.LIMIT, f"`local.{name}` depends on itself", span)
        self._open.add(name)
        try:
            self._known[name] = evaluate(self.rewritten(self._locals[name]), self)
        finally:
            self._open.discard(name)
        return self._known[name]

    def _included(self, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        """What an included file exposes: by its label, or without one."""
        label = path[0] if path and path[0] in self.includes else ""
        if label not in self.exposed:
            return None
        base = self._around.folder
        return self._settings(posixpath.relpath(self.includes[label], base), span), len(
            label and path[:1]
        )

    def _settings(self, path: str, span: Span) -> Value:
        """The locals and inputs of a file, as `read_terragrunt_config` gives them."""
        file = self._around.read(path)
        if file is None:
            return Unknown(Why.FILE, f"`{path}` is not read", span)
        made = self._around.settings
        if file.path in made:
            return made[file.path] or Unknown(Why.LIMIT, f"`{file.path}` reads itself", span)
        made[file.path] = None
        made[file.path] = found = self._made(file, span)
        return found

    def _made(self, file: SourceFile, span: Span) -> Map:
        scope = TerragruntScope(file.path, self._around)
        body = self._around.body(file)
        found = {name: scope._local(name, span) for name in _locals(body)}
        known = {name: value for name, value in found.items() if value is not None}
        entries: dict[str, Value] = {"locals": Map(known, span)}
        inputs = body.attributes.get("inputs")
        if inputs is not None:
            entries["inputs"] = evaluate(scope.rewritten(inputs.expr), scope)
        rest = Unknown(Why.FILE, f"a part of `{file.path}` that is not read", span)
        return Map(entries, span, rest)


def _locals(body: Body) -> dict[str, Expression]:
    found: dict[str, Expression] = {}
    for block in body.blocks:
        if block.kind == "locals":
            found.update({name: at.expr for name, at in block.body.attributes.items()})
    return found
