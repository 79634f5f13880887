"""The values in force of input variables: arguments of the call, or tfvars files, then defaults."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace

from rootlint.embedded import parse_json
from rootlint.model.value import Known, List, Map, Piece, Unknown, Value, Why
from rootlint.source import SourceFile, Unreadable
from rootlint.terraform.constraint import conform
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.module import Inside, Module
from rootlint.terraform.parse import parse_body

_AUTOMATIC = (".auto.tfvars", ".auto.tfvars.json")


def variable(module: Module, name: str) -> Value:
    """The value of `var.NAME` in a module."""
    declaration = module.configuration.variables[name]
    attributes = declaration.block.body.attributes
    given = _argument(module, name) if module.place.parent else module.project.variables.get(name)
    if given is None or (_is_null(given) and _refuses_null(declaration)):
        given = _default(module, name, declaration)
    constraint = attributes.get("type")
    return conform(given, constraint.expr, module) if constraint else given


def tfvars(root: Module, faults: list[Unreadable]) -> dict[str, Value]:
    """What the variable files say that Terraform loads by itself, in its order.

    https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
    """
    found: dict[str, Value] = {}
    for path in _variable_files(root.project.files.get(root.project.unit, ())):
        file = root.project.sources.read(path)
        if isinstance(file, Unreadable):
            faults.append(file)
            continue
        values = _of_json(file, faults) if path.endswith(".json") else _of_text(file, root, faults)
        found.update((name, _noted(value, f"by `{path}`")) for name, value in values.items())
    return found


def _variable_files(paths: tuple[str, ...]) -> tuple[str, ...]:
    main = ("terraform.tfvars", "terraform.tfvars.json")
    first = [path for name in main for path in paths if posixpath.basename(path) == name]
    return (*first, *sorted(path for path in paths if path.endswith(_AUTOMATIC)))


def _of_text(file: SourceFile, root: Module, faults: list[Unreadable]) -> dict[str, Value]:
    body = parse_body(file)
    faults.extend(body.faults)
    return {name: evaluate(at.expr, root) for name, at in body.attributes.items()}


def _of_json(file: SourceFile, faults: list[Unreadable]) -> Mapping[str, Value]:
    span = file.span(0, len(file.text))
    found = parse_json(Known(file.text, span, pieces=(Piece(0, span, exact=True),)))
    if isinstance(found, Map):
        return found.entries
    reason = found.detail if isinstance(found, Unknown) else "no JSON object"
    faults.append(Unreadable(file.path, reason, found.span))
    return {}


def _argument(module: Module, name: str) -> Value | None:
    parent = module.place.parent
    assert parent is not None
    call = parent.configuration.modules[module.place.path[-1]].block
    written = call.body.attributes.get(name)
    return evaluate(written.expr, Inside(parent, module.place.bound)) if written else None


def _default(module: Module, name: str, declaration: Declaration) -> Value:
    written = declaration.block.body.attributes.get("default")
    if written is not None:
        return _noted(evaluate(written.expr, module), f"by default of `var.{name}`")
    return Unknown(Why.VARIABLE, f"`var.{name}` has no value", declaration.header)


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.value is None


def _refuses_null(declaration: Declaration) -> bool:
    written = declaration.block.body.attributes.get("nullable")
    return written is not None and getattr(written.expr, "value", None) is False


def _noted(value: Value, note: str) -> Value:
    """The value, with a note on every scalar of it."""
    match value:
        case Known():
            return replace(value, note=note)
        case List():
            return replace(value, items=tuple(_noted(item, note) for item in value.items))
        case Map():
            entries = {key: _noted(item, note) for key, item in value.entries.items()}
            return replace(value, entries=entries)
        case _:
            return value
