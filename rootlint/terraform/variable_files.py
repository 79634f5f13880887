"""Files of variable values: which are in force in a root module, and what they say.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from rootlint.model.value import Value
from rootlint.source import SourceFile, Sources, Unreadable
from rootlint.terraform.evaluate import Scope, evaluate
from rootlint.terraform.json_expression import expression
from rootlint.terraform.json_syntax import parsed
from rootlint.terraform.parse import parse_body

ENDINGS = (".tfvars", ".tfvars.json")
_MAIN = ("terraform.tfvars", "terraform.tfvars.json")
_AUTOMATIC = (".auto.tfvars", ".auto.tfvars.json")


def automatic(paths: Iterable[str]) -> tuple[str, ...]:
    """The variable files of one folder that Terraform loads by itself, those that win last."""
    every = tuple(paths)
    first = [path for name in _MAIN for path in every if posixpath.basename(path) == name]
    return (*first, *sorted(path for path in every if path.endswith(_AUTOMATIC)))


def values(
    paths: Iterable[str], sources: Sources, scope: Scope, faults: list[Unreadable]
) -> Iterator[tuple[str, str, Value]]:
    """Each variable that the files set: the file, the name, the value."""
    for path in paths:
        file = sources.read(path)
        if isinstance(file, Unreadable):
            faults.append(file)
            continue
        found = _of_json(file, scope, faults) if path.endswith(".json") else None
        for name, value in (found if found is not None else _of_text(file, scope, faults)).items():
            yield path, name, value


def _of_text(file: SourceFile, scope: Scope, faults: list[Unreadable]) -> Mapping[str, Value]:
    body = parse_body(file)
    faults.extend(body.faults)
    return {name: evaluate(at.expr, scope) for name, at in body.attributes.items()}


def _of_json(file: SourceFile, scope: Scope, faults: list[Unreadable]) -> Mapping[str, Value]:
    found = parsed(file)
    if isinstance(found, Unreadable):
        faults.append(found)
        return {}
    entries = found.entries.items()
    return {name: evaluate(expression(value, templates=False), scope) for name, value in entries}


def unselected(
    paths: Iterable[str], roots: Iterable[str], selected: Iterable[str]
) -> tuple[str, ...]:
    """The variable files in or below root modules that nothing loads: one per environment, say.

    What Terraform loads by itself is loaded for the folder that it lies in, whichever that is.
    """
    chosen, folders = set(selected), set(roots)
    return tuple(
        path
        for path in sorted(paths)
        if path.endswith(ENDINGS)
        and path not in chosen
        and not path.endswith(_AUTOMATIC)
        and posixpath.basename(path) not in _MAIN
        and any(folder in folders for folder in _above(path))
    )


def _above(path: str) -> Iterator[str]:
    """The folder of a file, and those above it."""
    while path not in {"", "/", "."}:
        path = posixpath.dirname(path)
        yield path or "."


def said(files: tuple[str, ...]) -> str:
    """The sentence that a report says of files that nothing selects."""
    shown = ", ".join(f"`{path}`" for path in files[:3])
    more = f" and {len(files) - 3:,} more" if len(files) > 3 else ""
    be = "is" if len(files) == 1 else "are"
    return f"{shown}{more} {be} not read: choose with --var-file"
