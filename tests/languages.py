"""Which language can express what: the classes of the model that its vocabulary makes, and their fields."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import rootlint.check
from rootlint.check import AnyCheck

ROOT = Path(__file__).parents[1] / "rootlint"
LANGUAGES = ("terraform", "cloudformation")
# What a helper for both languages makes for whoever calls it.
MADE_BY = {"access_policy": "AccessPolicy"}
# The account of a trail is a member that the code makes: a provider names it, a stack set gives a number.
ONLY_IN = {"trail-tampering-not-denied": ("terraform",)}
# A check that turns on one field of its subject: a language that never gives it cannot express the fault.
NEEDS = {
    "centralized-root-access-not-enabled": "Organization.trusted_services",
    "scp-policy-type-disabled": "Organization.policy_types",
}


def expressed_in(check: AnyCheck) -> tuple[str, ...]:
    """The languages in which the fault of a check can be declared."""
    subject = check.subject
    kinds = subject if isinstance(subject, tuple) else (subject,)
    names = {kind.__name__ for kind in kinds}
    needed = NEEDS.get(check.name)
    return tuple(
        language
        for language in ONLY_IN.get(check.name, LANGUAGES)
        if names & declared_by(language) and (not needed or needed in declared_by(language))
    )


@cache
def declared_by(language: str) -> frozenset[str]:
    """`Class` for each class that a language's vocabulary makes, `Class.field` for what it gives it."""
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
            name = MADE_BY.get(node.func.id, node.func.id)
            yield name
            yield from (f"{name}.{field}" for field in _fields(name, node))


def _fields(name: str, call: ast.Call) -> Iterator[str]:
    made = getattr(rootlint.check, name, None)
    if inspect.isclass(made):
        yield from tuple(inspect.signature(made).parameters)[: len(call.args)]
    yield from (keyword.arg for keyword in call.keywords if keyword.arg)
