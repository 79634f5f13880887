"""The values in force of input variables: arguments of the call, or what is given to the root module, then defaults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rootlint.model.same import unknowns
from rootlint.model.value import Choice, Known, List, Map, Option, Unknown, Value, Why
from rootlint.source import Unreadable
from rootlint.terraform.constraint import conform
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.given import Given, Inputs
from rootlint.terraform.module import Inside, Module
from rootlint.terraform.parse import parse_expression
from rootlint.terraform.plan_values import overlaid
from rootlint.terraform.syntax import Expression, Traversal
from rootlint.terraform.values import is_null
from rootlint.terraform.variable_files import automatic, values

_PRIMITIVE = frozenset({"bool", "number", "string"})


def variable(module: Module, name: str) -> Value:
    """The value of `var.NAME` in a module."""
    declaration = module.configuration.variables[name]
    attributes = declaration.block.body.attributes
    given = _argument(module, name) if module.place.parent else module.project.variables.get(name)
    if given is None or (is_null(given) and _refuses_null(declaration)):
        given = _default(module, name, declaration)
    elif _refuses_null(declaration):
        given = _without_null(given, module, name, declaration)
    constraint = attributes.get("type")
    return conform(given, constraint.expr, module) if constraint else given


def in_force(
    root: Module, given: Given, inputs: Inputs, faults: list[Unreadable]
) -> dict[str, Value]:
    """The values that are given to a root module, each under the name of its variable.

    What comes later wins: the environment, the files that are loaded by themselves, `-var-file`,
    `-var`. https://developer.hashicorp.com/terraform/language/values/variables
    """
    project = root.project
    beside = automatic(project.files.get(project.folder, ()))
    found = dict(inputs.values)
    for path, name, value in values((*beside, *given.var_files), project.sources, root, faults):
        found[name] = noted(value, f"by `{path}`")
    found.update(_of_options(root, given))
    for name, value in inputs.forced.items():
        found[name] = _where_said(value, found.get(name) or _written(root, name))
    if inputs.rest is not None:
        missing = root.configuration.variables.keys() - found.keys()
        found.update(dict.fromkeys(missing, inputs.rest))
    return found


def _written(root: Module, name: str) -> Value | None:
    declaration = root.configuration.variables.get(name)
    return None if declaration is None else _default(root, name, declaration)


def _where_said(value: Value, said: Value | None) -> Value:
    """A value that a plan was made with: as the source says it, with its place, where it says the same."""
    if said is None or next(unknowns(value), None) is not None:
        return value
    return said if overlaid(said, value) == said else value


def _of_options(root: Module, given: Given) -> Iterator[tuple[str, Value]]:
    for name, text in given.variables:
        declaration = root.configuration.variables.get(name)
        if declaration is not None:
            value = _of_text(text, declaration, root)
            yield name, noted(value, f"by `--var {name}`")


def _of_text(text: str, declaration: Declaration, root: Module) -> Value:
    """What `-var` says of a variable: an expression where its type is no primitive one, else a text.

    It is written nowhere, so that its place is the variable's.
    """
    constraint = declaration.block.body.attributes.get("type")
    if constraint is None or _is_primitive(constraint.expr):
        return Known(text, declaration.header)
    value = evaluate(parse_expression(text), root)
    return _placed(value, declaration)


def _is_primitive(constraint: Expression) -> bool:
    return isinstance(constraint, Traversal) and constraint.root in _PRIMITIVE


def _placed(value: Value, declaration: Declaration) -> Value:
    span = declaration.header
    match value:
        case List():
            items = tuple(_placed(item, declaration) for item in value.items)
            return replace(value, items=items, span=span)
        case Map():
            entries = {key: _placed(item, declaration) for key, item in value.entries.items()}
            return Map(entries, span, value.rest)
        case Known():
            return Known(value.value, span)
        case _:
            return replace(value, span=span)


def _argument(module: Module, name: str) -> Value | None:
    parent = module.place.parent
    assert parent is not None
    call = parent.configuration.modules[module.place.path[-1]]
    written = call.attribute(name)
    return evaluate(written.expr, Inside(parent, module.place.bound)) if written else None


def _default(module: Module, name: str, declaration: Declaration) -> Value:
    written = declaration.block.body.attributes.get("default")
    if written is not None:
        return noted(evaluate(written.expr, module), f"by default of `var.{name}`")
    return Unknown(Why.VARIABLE, f"`var.{name}` has no value", declaration.header)


def _refuses_null(declaration: Declaration) -> bool:
    written = declaration.block.body.attributes.get("nullable")
    return written is not None and getattr(written.expr, "value", None) is False


def _without_null(value: Value, module: Module, name: str, declaration: Declaration) -> Value:
    """A choice that is null in one scenario takes the default there."""
    if not isinstance(value, Choice):
        return value
    options = tuple(
        Option(
            when,
            _default(module, name, declaration)
            if option is None or is_null(option)
            else _without_null(option, module, name, declaration),
        )
        for when, option in value.options
    )
    return replace(value, options=options)


def noted(value: Value, note: str) -> Value:
    """The value, with a note on every scalar of it."""
    match value:
        case Known():
            return replace(value, note=note)
        case List():
            return replace(value, items=tuple(noted(item, note) for item in value.items))
        case Map():
            entries = {key: noted(item, note) for key, item in value.entries.items()}
            return replace(value, entries=entries)
        case _:
            return value
