"""The names and functions that expressions of Terragrunt may use.

https://terragrunt.gruntwork.io/docs/reference/hcl/functions/
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from rootlint.model.value import Map, Unknown, Value, Why
from rootlint.source import SourceFile, Sources, Span
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.parse import parse_body
from rootlint.terraform.syntax import Body, Call, Expression, Literal, Traversal

T = TypeVar("T")
_DEFAULT = "terragrunt.hcl"
_CONFIG = "read_terragrunt_config "
_DEEPEST = 10
_WHY = {
    "dependency": (Why.IMPORT, "output of another unit of Terragrunt"),
    "feature": (Why.VARIABLE, "feature flag of Terragrunt"),
    "include": (Why.FILE, "value of an included file"),
    "unit": (Why.VARIABLE, "value of a stack of Terragrunt"),
    "values": (Why.VARIABLE, "value of a stack of Terragrunt"),
}


class Surroundings:
    """The folder of the `terragrunt.hcl` that is read, and the files of the scanned tree.

    All paths that expressions give are relative to that folder.
    """

    def __init__(self, folder: str, files: Mapping[str, tuple[str, ...]], sources: Sources) -> None:
        self.folder = folder
        self.files = files
        self._sources = sources

    def read(self, path: str) -> SourceFile | None:
        if posixpath.isabs(path):
            return None
        found = posixpath.normpath(posixpath.join(self.folder, path))
        if found not in self.files.get(posixpath.dirname(found) or ".", ()):
            return None
        file = self._sources.read(found)
        return file if isinstance(file, SourceFile) else None

    def above(self, name: str) -> str | None:
        """The nearest file or folder of that name in a folder above."""
        up = ".."
        folder = self.folder
        while folder not in {"", ".", "/"} and posixpath.basename(folder) != "..":
            folder = posixpath.dirname(folder) or "."
            found = posixpath.normpath(posixpath.join(folder, name))
            if found in self.files or found in self.files.get(posixpath.dirname(found) or ".", ()):
                return posixpath.join(up, name)
            up += "/.."
        return None


class TerragruntScope:
    """The scope of one file; `depth` counts the files of settings that led to it."""

    def __init__(self, path: str, around: Surroundings, depth: int = 0) -> None:
        self._path = path
        self._around = around
        self._depth = depth
        self._open: set[str] = set()
        self._locals: Mapping[str, Expression] | None = None

    def resolve(self, root: str, path: tuple[str, ...], span: Span) -> tuple[Value, int] | None:
        if root == "local" and path:
            found = self._local(path[0], span)
            return None if found is None else (found, 1)
        if root.startswith(_CONFIG):
            return self._settings(root.removeprefix(_CONFIG), span), 0
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
        given = [arg.value for arg in call.args if isinstance(arg, Literal)]
        if len(given) < len(call.args):
            return None
        base, here = posixpath.dirname(self._path) or ".", self._around.folder
        paths = {
            "get_original_terragrunt_dir": ".",
            "get_parent_terragrunt_dir": posixpath.relpath(base, here),
            "get_terragrunt_dir": ".",
            "path_relative_from_include": posixpath.relpath(base, here),
            "path_relative_to_include": posixpath.relpath(here, base),
        }
        first = given[0] if given else None
        if call.name in paths and not given:
            return Literal(paths[call.name], call.span)
        if call.name == "find_in_parent_folders":
            return self._found(str(first or _DEFAULT), call)
        if call.name == "read_terragrunt_config" and isinstance(first, str):
            known = self._around.read(first)
            return Traversal(_CONFIG + first, (), call.span, call.name) if known else None
        return None

    def _found(self, name: str, call: Call) -> Literal | None:
        path = self._around.above(name)
        return None if path is None else Literal(path, call.span)

    def _local(self, name: str, span: Span) -> Value | None:
        if self._locals is None:
            file = self._around.read(posixpath.relpath(self._path, self._around.folder))
            self._locals = _locals(parse_body(file)) if file else {}
        if name not in self._locals:
            return None
        if name in self._open:
            return Unknown(Why.LIMIT, f"`local.{name}` depends on itself", span)
        self._open.add(name)
        try:
            return evaluate(self.rewritten(self._locals[name]), self)
        finally:
            self._open.discard(name)

    def _settings(self, path: str, span: Span) -> Value:
        """The locals and inputs of a file, as `read_terragrunt_config` gives them."""
        file = self._around.read(path)
        if file is None or self._depth > _DEEPEST:
            return Unknown(Why.FILE, f"`{path}` is not read", span)
        scope = TerragruntScope(file.path, self._around, self._depth + 1)
        body = parse_body(file)
        found: dict[str, Value] = {
            name: scope.resolve("local", (name,), span)[0]  # type: ignore[index]  # it is declared
            for name in _locals(body)
        }
        entries: dict[str, Value] = {"locals": Map(found, span)}
        inputs = body.attributes.get("inputs")
        if inputs is not None:
            entries["inputs"] = evaluate(scope.rewritten(inputs.expr), scope)
        return Map(entries, span, Unknown(Why.FILE, f"a part of `{path}` that is not read", span))


def _locals(body: Body) -> dict[str, Expression]:
    found: dict[str, Expression] = {}
    for block in body.blocks:
        if block.kind == "locals":
            found.update({name: at.expr for name, at in block.body.attributes.items()})
    return found
