"""Which language can express what: the classes of the model that its reader makes."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rootlint.check import AnyCheck

ROOT = Path(__file__).parents[1] / "rootlint"
LANGUAGES = ("terraform", "cloudformation")
# What a helper for both languages makes for whoever calls it.
MADE_BY = {"access_policy": "AccessPolicy"}


def expressed_in(check: AnyCheck) -> tuple[str, ...]:
    """The languages in which something can be declared that the check asks about."""
    subject = check.subject
    kinds = subject if isinstance(subject, tuple) else (subject,)
    names = {kind.__name__ for kind in kinds}
    return tuple(language for language in LANGUAGES if names & declared_by(language))


@cache
def declared_by(language: str) -> frozenset[str]:
    """The classes of the model of which a language's vocabulary makes objects."""
    files = (ROOT / language / "vocabulary").rglob("*.py")
    return frozenset(name for file in files for name in _made(ast.parse(file.read_text())))


def _made(module: ast.Module) -> Iterator[str]:
    nodes = tuple(ast.walk(module))
    imports = (node for node in nodes if isinstance(node, ast.ImportFrom))
    ours = {
        name.name
        for node in imports
        if (node.module or "").startswith(("rootlint.model", "rootlint.embedded"))
        for name in node.names
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
            yield MADE_BY.get(node.func.id, node.func.id)
