"""The checks that ran, as the rules of a SARIF run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rootlint import __version__
from rootlint.check import AnyCheck
from rootlint.finding import Severity
from rootlint.packs import BUILT_IN
from rootlint.registry import page

_LONGEST = 1024  # what GitHub keeps of a description
_SECURITY_SEVERITY = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.NOTE: "1.0",
}
INFORMATION = "https://github.com/rootlint/rootlint"
_OURS = {BUILT_IN, "rootlint"}


def tool(checks: Iterable[AnyCheck]) -> dict[str, Any]:
    """The tool with its rules; each pack of others is an extension with its own."""
    packs: dict[str, list[AnyCheck]] = {}
    for check in checks:
        packs.setdefault(pack(check), []).append(check)
    driver: dict[str, Any] = {
        "name": "rootlint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": INFORMATION,
        "rules": [_rule(check) for check in packs.pop("", ())],
    }
    extensions = [
        {"name": name, "rules": [_rule(check) for check in packs[name]]} for name in sorted(packs)
    ]
    return {"driver": driver, **({"extensions": extensions} if extensions else {})}


def references(checks: Iterable[AnyCheck]) -> dict[str, dict[str, Any]]:
    """How a result names its rule, by the name of the check."""
    counts: dict[str, int] = {}
    found: dict[str, tuple[str, int]] = {}
    for check in checks:
        owner = pack(check)
        found[check.name] = (owner, counts.get(owner, 0))
        counts[owner] = counts.get(owner, 0) + 1
    others = sorted(set(counts) - {""})
    return {name: _reference(name, *place, others) for name, place in found.items()}


def _reference(name: str, owner: str, index: int, others: list[str]) -> dict[str, Any]:
    if not owner:
        return {"ruleId": name, "ruleIndex": index}
    component = {"name": owner, "index": others.index(owner)}
    return {"rule": {"id": name, "index": index, "toolComponent": component}}


def pack(check: AnyCheck) -> str:
    """The package that a check comes from; "" for ours."""
    name = check.run.__module__.partition(".")[0]
    return "" if name in _OURS else name


def sentence(text: str) -> str:
    """A message of ours as a sentence: with a capital and a full stop; names keep their case."""
    ending = "" if text.endswith((".", "?", "!")) else "."
    first, _, _ = text.partition(" ")
    named = not first.rstrip(",.:").isalpha()
    return f"{text if named else text[:1].upper() + text[1:]}{ending}"


def _rule(check: AnyCheck) -> dict[str, Any]:
    body, _, fix = check.doc.partition("## Fix")
    why = body.partition("\n")[2].strip() or check.title
    text = f"{why}\n\nFix: {fix.strip()}"
    tags = ["security", "aws", check.group.value]
    tags += [f"{control.standard} {control.id}" for control in check.controls]
    return {
        "id": check.name,
        "name": "".join(part.capitalize() for part in check.name.split("-")),
        "shortDescription": {"text": _cut(sentence(check.title))},
        "fullDescription": {"text": _cut(why)},
        "help": {"text": text, "markdown": page(check) or check.doc},
        **({"helpUri": check.refs[0]} if check.refs else {}),
        "defaultConfiguration": {"level": check.severity.level},
        "properties": {
            "tags": tags[:20],
            "precision": "very-high",
            "security-severity": _SECURITY_SEVERITY[check.severity],
        },
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
